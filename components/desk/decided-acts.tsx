import { LinkButton } from '@/components/ui/button';
import type { FormReturn } from '@/components/ui/form-return';
import { Message, Refusal } from '@/components/ui/message';
import type { DeedReview } from '@/lib/deeds/review/types';
import type { Day } from '@/lib/platform/clock';
import { sayMoment } from './words';

const DONE_WORDS = { APPROVED: '通过了', RETURNED: '退回了', WITHDRAWN: '撤回了' } as const;

/** Below a deed that needs no decision any more: what became of it, its ledger line, and how to go on. */
export function DecidedActs({
  deed,
  today,
  next,
  ledger,
  form,
}: {
  deed: DeedReview;
  today: Day;
  next: string | null;
  /** its line in the public ledger */
  ledger: string | null;
  form: FormReturn | null;
}) {
  const { decided, state } = deed;
  const tone = state === 'APPROVED' ? 'done' : 'plain';
  const verb = state in DONE_WORDS ? DONE_WORDS[state as keyof typeof DONE_WORDS] : '';
  return (
    <div className="deed-acts">
      {form ? <Refusal refusal={form.refusal} /> : null}
      {decided ? (
        <Message
          tone={tone}
          title={`${decided.by} ${sayMoment(decided.at, today)} ${verb}${
            state === 'APPROVED' && decided.honour !== null ? `，+${decided.honour} 分` : ''
          }`}
        >
          {decided.reason}
        </Message>
      ) : null}
      <div className="deed-acts-row">
        {ledger ? <LinkButton href={ledger}>看台账这一笔</LinkButton> : null}
        {next ? (
          <LinkButton className="grow" kind="done" href={next} kbd="J">
            下一件等核实的
          </LinkButton>
        ) : (
          <LinkButton className="grow" href="/desk/deeds">
            回到等核实的
          </LinkButton>
        )}
      </div>
    </div>
  );
}
