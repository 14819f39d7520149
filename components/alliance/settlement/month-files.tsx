import { Button } from '@/components/ui/button';
import { SelectField } from '@/components/ui/field';
import { sayMonth } from '@/lib/ledger/rules';

/** Which month to take home, as a workbook or as CSV. A plain GET form. */
export function MonthFiles({ action, months }: { action: string; months: string[] }) {
  if (months.length === 0) return null;
  return (
    <form method="get" action={action} className="narrow" aria-label="下载一个月的结算单">
      <SelectField
        name="month"
        label="哪个月"
        options={months.map((month) => ({ value: month, label: sayMonth(month) }))}
      />
      <div className="acts">
        <Button kind="outline" name="as" value="xlsx">
          下载 Excel 表
        </Button>
        <Button kind="quiet" name="as" value="csv">
          下载 CSV
        </Button>
      </div>
    </form>
  );
}
