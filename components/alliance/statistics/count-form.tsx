import { Button } from '@/components/ui/button';
import { CommandForm } from '@/components/ui/command-form';
import { NumberField } from '@/components/ui/field';
import { enteredText, type FormReturn } from '@/components/ui/form-return';
import type { OtherSales } from '@/lib/alliance/statistics/types';
import { type Day, sayDay } from '@/lib/platform/clock';

/** A day's sales without points, typed by the shop itself; typed again, the number is put right. */
function CountForm({
  day,
  today,
  counted,
  pointSales,
  form,
  token,
}: {
  day: Day;
  today: Day;
  counted: number | null;
  /** sales with points of that day, said beside; undefined where not known here */
  pointSales?: number;
  form: FormReturn | null;
  token: string;
}) {
  const said = sayDay(day, today);
  return (
    <CommandForm
      name="count-other-sales"
      back={`/shop?day=${day}`}
      next="/shop?ok=count-other-sales"
      fixed={{ day }}
      form={form}
      token={token}
      className="count-form"
      label={`${said}别的买卖`}
    >
      <NumberField
        name="otherSales"
        label={`${said}别的买卖有几笔`}
        hint={
          pointSales === undefined
            ? '只算没用积分的。'
            : `只算没用积分的；用积分的 ${pointSales} 笔，系统已经数了。`
        }
        unit="笔"
        maxLength={6}
        defaultValue={counted ?? undefined}
        form={form}
      />
      <Button kind="outline">{counted === null ? '记下' : '改一下'}</Button>
    </CommandForm>
  );
}

/** One day's form at a time: today's, or yesterday's behind a link, so that one hand finds it. */
export function OtherSalesPart({
  chosen,
  days,
  today,
  counted,
  todaySales,
  form,
  token,
}: {
  chosen: Day;
  /** that may be typed: today, yesterday */
  days: Day[];
  today: Day;
  counted: OtherSales[];
  todaySales: number;
  form: FormReturn | null;
  token: string;
}) {
  const refused = enteredText(form, 'day') === chosen ? form : null;
  const other = days.find((day) => day !== chosen);
  const countOf = (day: Day) => counted.find((one) => one.day === day)?.otherSales ?? null;
  return (
    <>
      <CountForm
        key={chosen}
        day={chosen}
        today={today}
        counted={countOf(chosen)}
        {...(chosen === today ? { pointSales: todaySales } : {})}
        form={refused}
        token={token}
      />
      {other ? (
        <p className="more">
          <a href={other === today ? '/shop#other-sales' : `/shop?day=${other}#other-sales`}>
            {countOf(other) === null
              ? `记${sayDay(other, today)}的`
              : `${sayDay(other, today)}记的是 ${countOf(other)} 笔，改一下`}
          </a>
        </p>
      ) : null}
    </>
  );
}
