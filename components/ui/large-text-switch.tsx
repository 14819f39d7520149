/**
 * Switches between standard and large text; remembered in a cookie by POST /api/text-size, so it works without
 * JavaScript. Which of the two buttons is shown follows from html[data-text], by CSS: no cookie is read here.
 */
export function LargeTextSwitch() {
  return (
    <form method="post" action="/api/text-size" className="text-size-form no-print">
      <button type="submit" name="text" value="large" className="text-size text-size-large">
        大字<span className="said">，把字放大</span>
      </button>
      <button type="submit" name="text" value="standard" className="text-size text-size-standard">
        标准<span className="said">字号，把字变回原来大小</span>
      </button>
    </form>
  );
}
