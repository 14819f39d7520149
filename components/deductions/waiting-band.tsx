import { Message } from '@/components/ui/message';
import { sayDaysLeft } from '@/lib/deductions/rules';
import type { Day } from '@/lib/platform/clock';

/** On a household's home: what it may still mend or answer, each with its days. Nothing when nothing waits. */
export function WaitingBand({
  waiting,
  today,
}: {
  waiting: { id: string; state: 'WARNED' | 'NOTICED'; itemName: string; until: Day | null; points: number }[];
  today: Day;
}) {
  return waiting.map((one) => (
    <Message
      key={one.id}
      tone="look"
      title={
        one.state === 'WARNED' ? `村里有一份提醒：${one.itemName}` : `拟扣 ${one.points} 分：${one.itemName}`
      }
    >
      <p>
        {one.state === 'WARNED' ? '改好了就不扣分' : '还没有扣，您可以说说情况'}
        {one.until ? `，${sayDaysLeft(one.until, today)}` : ''}。
        <a className="band-link" href={`/me/deductions/${one.id}`}>
          点开看
        </a>
      </p>
    </Message>
  ));
}
