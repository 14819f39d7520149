import { StatusText } from '@/components/ui/status-text';
import { dayOf, now, sayDay, timeOf } from '@/lib/platform/clock';
import { hearingLastDay } from '@/lib/rulebook/hearing/rules';
import type { VersionView } from '@/lib/rulebook/types';

/** Where a version stands on a day, in a word. */
export function VersionState({ version, today }: { version: VersionView; today: string }) {
  const { state, effectiveFrom, effectiveUntil } = version;
  if (state === 'DRAFT') return <StatusText state="wait">起草中</StatusText>;
  if (state === 'HEARING') return <StatusText state="wait">听取意见、表决</StatusText>;
  if (state === 'DROPPED') return <StatusText state="off">放弃了</StatusText>;
  if (effectiveFrom && effectiveFrom > today) return <StatusText state="wait">通过了，还没施行</StatusText>;
  if (effectiveUntil && effectiveUntil < today) return <StatusText state="off">已换下</StatusText>;
  return <StatusText state="ok">现行</StatusText>;
}

/** A moment as it is said: 12月5日 18:00. */
export function sayMoment(at: Date): string {
  return `${sayDay(dayOf(at), dayOf(now()))} ${timeOf(at)}`;
}

/** Until when a draft is heard: 到 12月1日为止, or that it is over. */
export function sayHearing(until: Date, at: Date): string {
  const last = sayDay(hearingLastDay(until), dayOf(at));
  return at < until ? `听取意见到${last}为止` : `听取意见已在${last}截止`;
}

const STEPS = ['起草', '听取意见', '表决', '开会决议', '施行'] as const;
export type Step = (typeof STEPS)[number];

/** The way of a draft, with the step where it stands. */
export function DraftSteps({ at }: { at: Step }) {
  const place = STEPS.indexOf(at);
  return (
    <ol className="draft-steps" aria-label="办到哪一步">
      {STEPS.map((step, index) => (
        <li
          key={step}
          className={index < place ? 'done' : undefined}
          aria-current={index === place ? 'step' : undefined}
        >
          <span>{index + 1}</span>
          {step}
        </li>
      ))}
    </ol>
  );
}
