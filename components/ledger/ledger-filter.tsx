import { Button } from '@/components/ui/button';
import { sayMonth } from '@/lib/ledger/rules';

/** Which month and which item: a plain form, works without JavaScript. */
export function LedgerFilter({
  action,
  months,
  items,
  month,
  item,
}: {
  action: string;
  /** newest first */
  months: string[];
  items: { code: string; name: string }[];
  month: string | null;
  item: string | null;
}) {
  return (
    <search className="no-print">
      <form method="get" action={action} className="ledger-filter">
        <select className="input" name="month" defaultValue={month ?? ''} aria-label="月份">
          <option value="">全部月份</option>
          {months.map((one) => (
            <option key={one} value={one}>
              {sayMonth(one)}
            </option>
          ))}
        </select>
        <select className="input" name="item" defaultValue={item ?? ''} aria-label="项目">
          <option value="">全部项目</option>
          {items.map((one) => (
            <option key={one.code} value={one.code}>
              {one.name}
            </option>
          ))}
        </select>
        <Button>查看</Button>
      </form>
    </search>
  );
}
