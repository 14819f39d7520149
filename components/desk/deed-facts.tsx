import { Facts } from '@/components/ui/figures';
import { Message } from '@/components/ui/message';
import { CHANNEL_NAMES } from '@/lib/deeds/queue/rules';
import { DECISION_WORDS } from '@/lib/deeds/review/rules';
import type { DeedReview, SeenBefore } from '@/lib/deeds/review/types';
import { sayCapNote } from '@/lib/deeds/rules';
import type { DeedState } from '@/lib/deeds/types';
import { type Day, sayDay } from '@/lib/platform/clock';
import { maskName } from '@/lib/residents/rules';
import { asksQuantity, describeItem, sayPhoto } from '@/lib/rulebook/rules';
import { sayMoment } from './words';

const STATE_WORDS: Record<DeedState, string> = {
  SUBMITTED: '等核实',
  AWAITING_SECOND: '等第二人',
  APPROVED: '通过',
  RETURNED: '退回',
  WITHDRAWN: '撤回',
};

const LEFT_WORDS = { MONTH: '本月还可', QUARTER: '本季还可', YEAR: '今年还可' } as const;

/** What is said of a deed beside its photos: the rule, what is left, what came before, what to look at twice. */
export function DeedFacts({
  deed,
  today,
  hrefOf,
  heading: Heading = 'h1',
}: {
  deed: DeedReview;
  today: Day;
  hrefOf: (id: string) => string;
  heading?: 'h1' | 'h2';
}) {
  const { item, household } = deed;
  const day = deed.deedOn as Day;
  return (
    <div className="deed-facts">
      <Heading>
        {item.name}
        <br />
        {household.code} {household.call}
      </Heading>
      <p className="deed-who">
        {maskName(deed.resident.name)} · {sayMoment(deed.submittedAt, today)} 记
        {deed.channel === 'SELF' ? null : `（${CHANNEL_NAMES[deed.channel]}）`}
      </p>
      <Warnings deed={deed} today={today} hrefOf={hrefOf} />
      <Facts
        items={[
          ['细则', `${describeItem(item)}；凭证：${item.evidence}，${sayPhoto(item.photo)}`],
          [LEFT_WORDS[item.capPer], deed.decided ? null : <Left key="left" deed={deed} />],
          ['哪天做的', sayDay(day, today)],
          ['数量', asksQuantity(item) ? `${deed.quantity} ${item.unitName}` : null],
          ['级别', deed.scaleStep ? `${deed.scaleStep.name}，${deed.scaleStep.points} 分` : null],
          [deed.metric?.name ?? '', deed.metric ? `${deed.metric.value} ${deed.metric.unit}` : null],
          ['备注', deed.note],
          [
            '活动',
            deed.event ? (
              <a key="event" href={`/desk/deeds/event/${deed.event.id}`}>
                {deed.event.name}
                {deed.event.open > 1 ? `（${deed.event.open} 件等核实，可一起批）` : ''}
              </a>
            ) : null,
          ],
          ['谁记的', deed.channel === 'SELF' ? null : maskName(deed.reporter.name)],
          [
            '近三次',
            deed.earlier.length > 0
              ? deed.earlier.map((one) => (
                  <a key={one.id} href={hrefOf(one.id)}>
                    {sayDay(one.deedOn as Day, today)} {STATE_WORDS[one.state]}
                  </a>
                ))
              : '这家头一回记这个项目',
          ],
        ]}
      />
      {deed.history.length > 0 ? <History deed={deed} today={today} /> : null}
    </div>
  );
}

function Left({ deed }: { deed: DeedReview }) {
  const { itemLeft, monthLeft, budgetLeft } = deed.caps;
  return (
    <>
      {itemLeft} 分{monthLeft === null ? null : `；这家可兑还能加 ${monthLeft} 分`}
      {budgetLeft === null ? null : `；本季预算还有 ${budgetLeft} 分`}
    </>
  );
}

/** What to look at twice, each in a sentence with where to look. */
function Warnings({ deed, today, hrefOf }: { deed: DeedReview; today: Day; hrefOf: (id: string) => string }) {
  const said: React.ReactNode[] = [];
  deed.photos.forEach((photo, index) => {
    const which = deed.photos.length > 1 ? `第 ${index + 1} 张照片` : '照片';
    const [seen] = photo.seen;
    if (seen) {
      said.push(
        <>
          {which}和{saySeen(seen, today)}
          {seen.bits === 0 ? '的一样' : '的很像'}，<a href={hrefOf(seen.deedId)}>点开比一比</a>
        </>,
      );
    }
    const days = photo.daysBefore ?? 0;
    if (deed.warnings.includes('TAKEN_BEFORE') && days > 0 && photo.takenAt) {
      said.push(`${which}是做事前 ${days} 天拍的`);
    }
    if (deed.warnings.includes('TAKEN_AFTER') && days < 0) said.push(`${which}是做事后 ${-days} 天拍的`);
  });
  if (deed.warnings.includes('MANY_IN_A_DAY')) {
    said.push(`这家${sayDay(deed.deedOn as Day, today)}一天记了 ${deed.sameDay} 件`);
  }
  if (deed.warnings.includes('LAST_DAY')) said.push('在能记的最后一天才记');
  if (said.length === 0) return null;
  return (
    <Message tone="look">
      {said.map((one, index) => (
        // The list is fixed by the deed; a position is its name.
        <p key={String(index)}>{one}</p>
      ))}
    </Message>
  );
}

function saySeen(seen: SeenBefore, today: Day): string {
  const state = seen.state === 'WITHDRAWN' ? '（已撤回）' : '';
  return `${seen.householdCode} ${sayDay(seen.deedOn as Day, today)}“${seen.itemName}”${state}那次`;
}

/** What was decided about it, by whom and when. */
function History({ deed, today }: { deed: DeedReview; today: Day }) {
  const { decided } = deed;
  return (
    <>
      <h3>经过</h3>
      <ol className="history">
        {deed.history.map((one) => (
          <li key={`${one.kind}-${one.at.getTime()}`}>
            {DECISION_WORDS[one.kind]}
            {one.reason ? `：${one.reason}` : null}
            <small>
              {one.person} · {sayMoment(one.at, today)}
            </small>
          </li>
        ))}
      </ol>
      {decided?.capNote ? (
        <p>{sayCapNote(decided.capNote, decided.asked, decided.honour ?? 0, decided.points ?? 0)}</p>
      ) : null}
    </>
  );
}
