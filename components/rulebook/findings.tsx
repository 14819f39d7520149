import { type Finding, sayPlace } from '@/lib/rulebook/validate';

/** What keeps a draft from its hearing, one by one, each with the way to mend it. */
export function Findings({ findings, base }: { findings: Finding[]; base?: string }) {
  return (
    <ol className="findings">
      {findings.map((finding, index) => {
        const href = base ? hrefOf(base, finding) : null;
        return (
          // Two findings of one place may say the same; the position tells them apart.
          <li key={String(index)}>
            <h3>
              {href ? <a href={href}>{sayPlace(finding.place)}</a> : sayPlace(finding.place)}
              <span>{finding.what}</span>
            </h3>
            <p>{finding.why}</p>
            <p>
              <b>怎么改：</b>
              {finding.mend}
            </p>
          </li>
        );
      })}
    </ol>
  );
}

function hrefOf(base: string, { place }: Finding): string | null {
  if (place.part === 'ITEM') return `${base}/items/${place.code}`;
  if (place.part === 'CATEGORY') return `${base}/categories/${place.code}`;
  if (place.part === 'SETTINGS') return `${base}/settings`;
  if (place.part === 'COVENANT') return `${base}/covenant`;
  return null;
}
