import { LinkButton } from './button';
import { Icon } from './icon';

/** Leads to newer and older lines, thirty at a time; nothing at all when everything is on one page. */
export function Pager({
  newer,
  older,
  note,
  words = ['较新的', '较早的'],
}: {
  newer?: string | null;
  older?: string | null;
  /** where one is: 第 31—60 条 */
  note?: string;
  words?: [string, string];
}) {
  if (!newer && !older) return null;
  return (
    <nav className="pager" aria-label="翻页">
      {newer ? (
        <LinkButton href={newer} rel="prev">
          <Icon name="left" />
          {words[0]}
        </LinkButton>
      ) : null}
      {older ? (
        <LinkButton href={older} rel="next">
          {words[1]}
          <Icon name="right" />
        </LinkButton>
      ) : null}
      {note ? <span className="pager-note">{note}</span> : null}
    </nav>
  );
}
