import { Button } from '@/components/ui/button';
import { CommandForm } from '@/components/ui/command-form';
import { Disclosure } from '@/components/ui/disclosure';
import type { FormReturn } from '@/components/ui/form-return';
import { Line, Lines } from '@/components/ui/lines';
import { sayYuan } from '@/lib/alliance/settlement/rules';
import type { UnstatedView } from '@/lib/alliance/settlement/types';

/** What is in no statement yet, each with the way to state it now. */
export function Unstated({
  rows,
  by,
  command,
  page,
  nextOf,
  form,
  token,
}: {
  rows: UnstatedView[];
  by: 'MERCHANT' | 'VILLAGE';
  /** null: only to look at */
  command: 'make-statement' | 'make-statement-as-shop' | null;
  page: string;
  nextOf: (row: UnstatedView) => string;
  form: FormReturn | null;
  token: string;
}) {
  const nameOf = (row: UnstatedView) => (by === 'MERCHANT' ? row.merchantName : row.villageName);
  /** Two shops may have one name; what is heard tells them apart. */
  const labelOf = (row: UnstatedView, index: number) =>
    rows.filter((one) => nameOf(one) === nameOf(row)).length > 1
      ? `第 ${index + 1} 行${nameOf(row)}现在就结一次`
      : `${nameOf(row)}现在就结一次`;
  return (
    <Lines label="还没结的">
      {rows.map((row, index) => (
        <Line
          key={`${row.villageId}${row.merchantId}`}
          title={nameOf(row)}
          figure={`${sayYuan(row.fen)} 元`}
          meta={`${row.points.toLocaleString('zh-CN')} 分，${row.lines} 笔`}
        >
          {command ? (
            // a statement is not taken back: what it will hold is said before
            <Disclosure
              title={
                <>
                  现在就结一次<span className="said">，{nameOf(row)}</span>
                </>
              }
              open={rows.length === 1 && form !== null}
            >
              <CommandForm
                name={command}
                back={page}
                next={nextOf(row)}
                fixed={by === 'MERCHANT' ? { merchantId: row.merchantId } : { villageId: row.villageId }}
                form={rows.length === 1 ? form : null}
                token={token}
                className="form-act"
                label={labelOf(row, index)}
              >
                <p className="act-note">
                  {`到现在为止的 ${row.lines} 笔，${sayYuan(row.fen)} 元，做成结算单；其中有上个月的，上个月单独一张。做了就不能收回。`}
                </p>
                <Button kind="outline">做结算单</Button>
              </CommandForm>
            </Disclosure>
          ) : null}
        </Line>
      ))}
    </Lines>
  );
}
