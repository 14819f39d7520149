import { Section } from '@/components/ui/page-head';
import type { Change, ItemDifference, RulebookDifference } from '@/lib/rulebook/difference';

/** What a draft changes against the version in force, side by side; on a phone one under another. Printable. */
export function DifferenceView({ difference }: { difference: RulebookDifference }) {
  const { added, removed, changed, settings, covenant, isDifferent } = difference;
  if (!isDifferent) return <p className="list-note">和现行的一模一样，一个字没有改。</p>;
  const hasCovenant = covenant.some((line) => line.kind !== 'SAME');
  return (
    <>
      {changed.length > 0 ? (
        <Section title={`改了的 ${changed.length} 项`} id="changed">
          {changed.map((item) => (
            <article className="difference" key={item.code}>
              <h3>
                {item.name}
                <small>{item.category}</small>
              </h3>
              <Changes changes={item.changes} />
            </article>
          ))}
        </Section>
      ) : null}
      <ItemList title="新加的" id="added" mark="加" items={added} />
      <ItemList title="删去的" id="removed" mark="删" items={removed} />
      {settings.length > 0 ? (
        <Section title={`改了的规定 ${settings.length} 条`} id="settings-changed">
          <Changes changes={settings} />
        </Section>
      ) : null}
      {hasCovenant ? (
        <Section title="村规民约" id="covenant-changed">
          <ul className="covenant-lines">
            {covenant.map(({ kind, line }, index) => (
              // Lines may repeat; their place is their name.
              <li key={String(index)} className={`covenant-${kind.toLowerCase()}`}>
                {kind === 'SAME' ? null : <b>{kind === 'ADDED' ? '加' : '删'}</b>}
                {kind === 'REMOVED' ? <del>{line}</del> : kind === 'ADDED' ? <ins>{line}</ins> : line}
              </li>
            ))}
          </ul>
        </Section>
      ) : null}
    </>
  );
}

function Changes({ changes }: { changes: Change[] }) {
  return (
    <dl className="changes">
      {changes.map(({ what, before, after }) => (
        <div key={what}>
          <dt>{what}</dt>
          <dd>
            <small>现在</small>
            <del>{before}</del>
          </dd>
          <dd>
            <small>草案</small>
            <ins>{after}</ins>
          </dd>
        </div>
      ))}
    </dl>
  );
}

function ItemList({
  title,
  id,
  mark,
  items,
}: {
  title: string;
  id: string;
  mark: string;
  items: ItemDifference[];
}) {
  if (items.length === 0) return null;
  return (
    <Section title={`${title} ${items.length} 项`} id={id}>
      <ul className="difference-items">
        {items.map((item) => (
          <li key={item.code}>
            <b>{mark}</b>
            <span>
              {item.name}
              <small>
                {item.category} · {item.rule}
              </small>
            </span>
          </li>
        ))}
      </ul>
    </Section>
  );
}
