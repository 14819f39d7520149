export interface Choice {
  href: string;
  label: string;
  current?: boolean;
  count?: number;
}

function Tab({ href, label, current, count }: Choice) {
  return (
    <a className="tab" href={href} aria-current={current ? 'page' : undefined}>
      <span>
        {label}
        {count === undefined ? null : ` ${count}`}
      </span>
    </a>
  );
}

/** Which list is looked at; `end` stands at the right: 户 个人 … 本季 今年 历年. Plain links. */
export function Tabs({ label, items, end }: { label: string; items: Choice[]; end?: Choice[] }) {
  return (
    <nav className="tabs" aria-label={label}>
      <div className="tabs-start">
        {items.map((item) => (
          <Tab key={item.href} {...item} />
        ))}
      </div>
      {end ? (
        <div className="tabs-end">
          {end.map((item) => (
            <Tab key={item.href} {...item} />
          ))}
        </div>
      ) : null}
    </nav>
  );
}

/** Which part of the list: filters as links; the chosen one is filled with ink. */
export function Chips({ label, items }: { label: string; items: Choice[] }) {
  return (
    <nav aria-label={label}>
      <ul className="chips">
        {items.map(({ href, label: words, current, count }) => (
          <li key={href}>
            <a className="chip" href={href} aria-current={current ? 'true' : undefined}>
              {words}
              {count === undefined ? null : ` ${count}`}
            </a>
          </li>
        ))}
      </ul>
    </nav>
  );
}
