import { Message } from '@/components/ui/message';
import { sayYearEnd } from '@/lib/periods/rules';
import type { BoardNotices, OwnYearEnd } from '@/lib/periods/types';
import { type Day, sayDay, sayQuarter } from '@/lib/platform/clock';

/** What everyone is told: the quarter in publicity, and what becomes of points at the year's end. */
export function PeriodNotices({
  notices,
  village,
  today,
  own,
}: {
  notices: BoardNotices;
  /** /v/qingzhu */
  village: string;
  today: Day;
  /** the reader's household, on its own page */
  own?: OwnYearEnd | null;
}) {
  if (notices.publicity.length === 0 && notices.years.length === 0) return null;
  return (
    <div className="notices">
      {notices.publicity.map(({ code, until }) => (
        <Message key={code} title={`${sayQuarter(code)}的积分正在公示`}>
          <p>
            到 {sayDay(until as Day, today)}为止。记错了、记漏了，都可以提异议。
            <a href={`${village}/periods/${code}`}>看公示</a>
          </p>
        </Message>
      ))}
      {notices.years.map((year) => (
        <Message key={year.year} title={`${year.year} 年末，积分这样办`}>
          <p>
            {sayYearEnd(year)}。{sayDay(year.dueOn as Day, today)}起办理，荣誉分和名次不变。
          </p>
          {own?.year === year.year ? <p>{sayOwn(own)}</p> : null}
        </Message>
      ))}
    </div>
  );
}

/** 您家现有 43 分，年底后保留 40 分，3 分清零。 */
function sayOwn({ points, kept }: OwnYearEnd) {
  if (points === 0) return '您家现在没有可兑积分。';
  return (
    <>
      您家现有 <b>{points} 分</b>，年底后保留 <b>{kept} 分</b>
      {points > kept ? `，${points - kept} 分清零，可以先用掉` : ''}。
    </>
  );
}
