import { Button } from '@/components/ui/button';
import { Chips } from '@/components/ui/tabs';
import { DECIDED_WORDS, writeDecidedFilter } from '@/lib/deeds/decided/rules';
import type { DecidedChoices, DecidedFilter, DecidedState } from '@/lib/deeds/decided/types';

/** The address of the decided deeds as filtered. */
export function decidedHref(filter: DecidedFilter): string {
  const query = writeDecidedFilter(filter);
  return query ? `/desk/deeds/done?${query}` : '/desk/deeds/done';
}

/** Whose decisions, what became of them, which item and month. Plain links and a plain form. */
export function DecidedFilters({ filter, choices }: { filter: DecidedFilter; choices: DecidedChoices }) {
  const { state, byPersonId, ...rest } = filter;
  const mine = byPersonId ? { byPersonId } : {};
  const states = Object.entries(DECIDED_WORDS) as [DecidedState, string][];
  return (
    <>
      <Chips
        label="办成什么"
        items={[
          { href: decidedHref({ ...rest, ...mine }), label: '全部', current: !state },
          ...states.map(([one, label]) => ({
            href: decidedHref({ ...rest, ...mine, state: one }),
            label,
            current: state === one,
          })),
        ]}
      />
      <form method="get" action="/desk/deeds/done" className="desk-filter">
        {state ? <input type="hidden" name="state" value={state.toLowerCase()} /> : null}
        <Choice
          name="who"
          label="谁办的"
          all="所有人"
          of={[{ value: 'me', label: '我办的' }]}
          chosen={byPersonId ? 'me' : ''}
        />
        <Choice
          name="item"
          label="项目"
          all="全部项目"
          of={choices.items.map((one) => ({ value: one.code, label: one.name }))}
          chosen={rest.itemCode ?? ''}
        />
        <Choice
          name="month"
          label="哪个月"
          all="全部月份"
          of={choices.months.map((month) => ({
            value: month,
            label: `${month.slice(0, 4)}年${Number(month.slice(5))}月`,
          }))}
          chosen={rest.month ?? ''}
        />
        <Button>筛选</Button>
      </form>
    </>
  );
}

function Choice({
  name,
  label,
  all,
  of,
  chosen,
}: {
  name: string;
  label: string;
  all: string;
  of: { value: string; label: string }[];
  chosen: string;
}) {
  return (
    <div className="field">
      <label className="field-label" htmlFor={`done-${name}`}>
        {label}
      </label>
      <select className="input" id={`done-${name}`} name={name} defaultValue={chosen}>
        <option value="">{all}</option>
        {of.map((one) => (
          <option key={one.value} value={one.value}>
            {one.label}
          </option>
        ))}
      </select>
    </div>
  );
}
