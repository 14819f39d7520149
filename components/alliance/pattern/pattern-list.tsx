import type { FormReturn } from '@/components/ui/form-return';
import { EmptyState } from '@/components/ui/message';
import { Section } from '@/components/ui/page-head';
import type { PatternFinding, PatternLookView } from '@/lib/alliance/pattern/types';
import type { Day } from '@/lib/platform/clock';
import { Finding } from './finding';
import { Looks } from './looks';

/** What this page is and is not, said before anything else. */
export const PATTERNS_LEAD =
  '系统按笔数数出来的，只给人看一眼：不会停谁的店，不会扣谁的分，也不会告诉别人。有没有事，由人去问、由人来定。';

/** What is worth a look now, and what was looked at before. */
export function PatternList({
  findings,
  looks,
  seat,
  back,
  today,
  form,
  token,
}: {
  findings: PatternFinding[];
  looks: PatternLookView[];
  seat: 'desk' | 'office';
  back: string;
  today: Day;
  form: FormReturn | null;
  token: string;
}) {
  return (
    <>
      {findings.length === 0 ? (
        <EmptyState title="没有要看的">近 30 天的买卖都平常，或者都看过了。</EmptyState>
      ) : (
        <ul className="patterns" aria-label="要看一眼的">
          {findings.map((finding) => (
            <Finding key={finding.key} finding={finding} seat={seat} back={back} form={form} token={token} />
          ))}
        </ul>
      )}
      {looks.length > 0 ? (
        <Section title="看过的" id="looks">
          <Looks looks={looks} today={today} isOffice={seat === 'office'} />
        </Section>
      ) : null}
    </>
  );
}
