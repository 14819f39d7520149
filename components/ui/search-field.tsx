import { Icon } from './icon';

/** A search by address (`?q=`), works without JavaScript. `keep` are other parts of the address to hold on to. */
export function SearchField({
  action,
  name = 'q',
  label,
  value,
  placeholder,
  keep = {},
}: {
  action: string;
  name?: string;
  label: string;
  value?: string;
  placeholder?: string;
  keep?: Record<string, string | undefined>;
}) {
  return (
    <search>
      <form className="search" method="get" action={action}>
        {Object.entries(keep).map(([key, kept]) =>
          kept ? <input key={key} type="hidden" name={key} value={kept} /> : null,
        )}
        <input
          className="input"
          type="search"
          name={name}
          defaultValue={value}
          placeholder={placeholder}
          aria-label={label}
          autoComplete="off"
          enterKeyHint="search"
        />
        <button type="submit" className="btn">
          <Icon name="search" label="查找" />
        </button>
      </form>
    </search>
  );
}
