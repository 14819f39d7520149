import { Button } from '@/components/ui/button';
import { Disclosure } from '@/components/ui/disclosure';
import { Chips } from '@/components/ui/tabs';
import { countFolded, writeQueueFilter } from '@/lib/deeds/queue/rules';
import type { Counted, QueueCounts, QueueFilter, QueueShow } from '@/lib/deeds/queue/types';

/** The address of the queue as filtered. */
export function queueHref(filter: QueueFilter, path = '/desk/deeds'): string {
  const query = writeQueueFilter(filter);
  return query ? `${path}?${query}` : path;
}

/** Which part of the queue: the chips one often needs, the rest folded away. Plain links and a plain form. */
export function QueueFilters({ filter, counts }: { filter: QueueFilter; counts: QueueCounts }) {
  const { show: _show, ...rest } = filter;
  const chip = (label: string, count: number, show?: QueueShow) => ({
    href: queueHref({ ...rest, ...(show ? { show } : {}) }),
    label,
    count,
    current: filter.show === show && (show !== undefined || countFolded(filter) === 0),
  });
  const folded = countFolded(filter);
  return (
    <>
      <div className="queue-head">
        <Chips
          label="看哪些"
          items={[
            { ...chip('全部', counts.all), href: '/desk/deeds' },
            chip('有提醒', counts.warned, 'WARNED'),
            chip('活动', counts.event, 'EVENT'),
            ...(counts.second > 0 || filter.show === 'SECOND'
              ? [chip('等第二人', counts.second, 'SECOND')]
              : []),
          ]}
        />
      </div>
      <div className="queue-fold">
        <Disclosure title="更多筛选" note={folded > 0 ? `已选 ${folded} 项` : undefined} open={folded > 0}>
          <form method="get" action="/desk/deeds">
            {filter.show ? <input type="hidden" name="show" value={filter.show.toLowerCase()} /> : null}
            <Choice name="item" label="项目" all="全部项目" of={counts.items} chosen={filter.itemCode} />
            <Choice name="group" label="小组" all="全部小组" of={counts.groups} chosen={filter.groupId} />
            <Choice name="channel" label="怎么来的" all="不限" of={counts.channels} chosen={filter.channel} />
            <Choice
              name="waited"
              label="等了多久"
              all="不限"
              of={counts.waited}
              chosen={filter.waitedDays ? String(filter.waitedDays) : undefined}
            />
            <Button kind="outline" wide>
              筛选
            </Button>
          </form>
        </Disclosure>
      </div>
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
  of: Counted[];
  chosen: string | undefined;
}) {
  return (
    <div className="field">
      <label className="field-label" htmlFor={`queue-${name}`}>
        {label}
      </label>
      <select className="input" id={`queue-${name}`} name={name} defaultValue={chosen ?? ''}>
        <option value="">{all}</option>
        {of.map((one) => (
          <option key={one.key} value={one.key}>
            {`${one.name}（${one.count}）`}
          </option>
        ))}
      </select>
    </div>
  );
}
