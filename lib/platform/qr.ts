import { encode } from 'uqr';
import { QR_QUIET } from './qr-quiet';

// QR codes as bare geometry: whoever draws one (a page, a poster, a picture) brings its own size and ink.

export interface QrCode {
  /** modules of a side, without the quiet zone, which is 4 modules wide */
  modules: number;
  /** the dark modules as an SVG path, one unit a module, without the quiet zone */
  path: string;
}

export { QR_QUIET };

/** The code of a text: level M, which bears a seventh of it being torn off or dirty. The same text, the same code. */
export function qrCode(text: string): QrCode {
  const { size, data } = encode(text, { ecc: 'M', border: 0 });
  let path = '';
  data.forEach((row, y) => {
    for (let x = 0; x < size; ) {
      if (!row[x]) {
        x++;
        continue;
      }
      let end = x;
      while (row[end]) end++;
      path += `M${x} ${y}h${end - x}v1h-${end - x}z`;
      x = end;
    }
  });
  return { modules: size, path };
}

/** The code as an SVG element with its quiet zone; `title` is what a screen reader says. */
export function qrSvg(text: string, title: string): string {
  const { modules, path } = qrCode(text);
  const side = modules + 2 * QR_QUIET;
  const escaped = title.replace(/[&<>"]/g, (sign) => `&#${sign.charCodeAt(0)};`);
  return (
    `<svg class="qr" viewBox="-${QR_QUIET} -${QR_QUIET} ${side} ${side}" shape-rendering="crispEdges" role="img" ` +
    `aria-label="${escaped}"><path fill="#fff" d="M-${QR_QUIET}-${QR_QUIET}h${side}v${side}h-${side}z"/>` +
    `<path d="${path}"/></svg>`
  );
}
