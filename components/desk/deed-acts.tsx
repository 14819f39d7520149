import type { ReactNode } from 'react';
import { Button, LinkButton } from '@/components/ui/button';
import { CommandForm } from '@/components/ui/command-form';
import type { FormReturn } from '@/components/ui/form-return';
import { enteredText } from '@/components/ui/form-return';
import { Message, Refusal } from '@/components/ui/message';
import { sayApproval } from '@/lib/deeds/review/rules';
import type { DeedReview } from '@/lib/deeds/review/types';
import { sayCapNote } from '@/lib/deeds/rules';
import { REASON_MOST } from '@/lib/deeds/schema';
import { COMMON_RETURN_REASONS } from '@/lib/deeds/types';

/** Why something can't be done, as the catalogue says it: what happened, and how to go on. */
export interface Said {
  sentence: string;
  next: string;
}

export interface ActsProps {
  deed: DeedReview;
  /** this page */
  here: string;
  /** the page a decision leads to */
  onward: string;
  next: string | null;
  previous: string | null;
  form: FormReturn | null;
  /** why this person can't decide at all: role or recusal; null when they can */
  refusal: Said | null;
  /** why approving would be refused now (a cap, the budget); null when it wouldn't */
  hindered: Said | null;
  /** the reason stands before the button: a first approver may still return */
  mayReturn: boolean;
}

/**
 * The acts of an open deed. What keeps the person from one stands above the buttons, never behind them. The keys on
 * the buttons are those of DeskKeys.
 */
export function DeedActs(props: ActsProps) {
  const { deed, here, onward, form, refusal, hindered, mayReturn } = props;
  const fixed = { deedId: deed.id };
  const refused = form?.refusal ?? null;
  const isOwnWords = refused?.field === 'reason' || refused?.fields?.reason !== undefined;
  return (
    <div className="deed-acts">
      {refused && !isOwnWords ? <Refusal refusal={refused} /> : null}
      {!refused && refusal ? (
        <Message tone="look" title={refusal.sentence}>
          {refusal.next}
        </Message>
      ) : null}
      {!refused && !refusal && hindered ? (
        <Message tone="look" title={hindered.sentence}>
          {hindered.next}
        </Message>
      ) : null}
      {!refusal && !hindered ? <Cut deed={deed} /> : null}
      <div className="deed-acts-row">
        {mayReturn ? (
          <details className="give-back" open={isOwnWords}>
            <summary className="btn btn-danger" aria-keyshortcuts="R">
              退回
              <span className="key" aria-hidden="true">
                R
              </span>
            </summary>
            <div className="give-back-panel">
              <CommandForm
                name="return-deed"
                back={here}
                next={onward}
                fixed={fixed}
                label="退回，点一个原因"
              >
                <div className="reasons">
                  {COMMON_RETURN_REASONS.map((reason, index) => (
                    <Button kind="quiet" key={reason} name="reason" value={reason} kbd={String(index + 1)}>
                      {reason}
                    </Button>
                  ))}
                </div>
              </CommandForm>
              <CommandForm
                name="return-deed"
                back={here}
                next={onward}
                fixed={fixed}
                label="退回，自己写原因"
              >
                <div className="own-words">
                  <label htmlFor="own-reason" aria-keyshortcuts="0">
                    自己写{' '}
                    <span className="key" aria-hidden="true">
                      0
                    </span>
                    <input
                      className="input"
                      id="own-reason"
                      name="reason"
                      required
                      minLength={2}
                      maxLength={REASON_MOST}
                      defaultValue={isOwnWords ? enteredText(form, 'reason') : undefined}
                      aria-invalid={isOwnWords ? true : undefined}
                      aria-describedby={isOwnWords ? 'own-reason-error' : undefined}
                      placeholder="让人家知道怎么补"
                      autoComplete="off"
                    />
                  </label>
                  <Button kind="danger">退回</Button>
                </div>
                {isOwnWords && refused ? (
                  <p className="field-error" id="own-reason-error">
                    {refused.fields?.reason ?? refused.sentence}
                  </p>
                ) : null}
              </CommandForm>
            </div>
          </details>
        ) : null}
        {refusal ? null : hindered ? (
          <Button kind="done" className="grow" disabled>
            {sayApproval(deed.award)}
          </Button>
        ) : (
          <CommandForm name="approve-deed" back={here} next={onward} fixed={fixed} className="grow">
            <Button kind="done" wide kbd="A">
              {sayApproval(deed.award)}
            </Button>
          </CommandForm>
        )}
        {refusal && props.next ? (
          <LinkButton className="grow" href={props.next} kbd="J">
            看下一件
          </LinkButton>
        ) : null}
      </div>
      <DeedSteps next={refusal ? null : props.next} previous={props.previous} />
    </div>
  );
}

function Cut({ deed }: { deed: DeedReview }): ReactNode {
  const { award } = deed;
  if (award.kind === 'FIRST') {
    return (
      <Message tone="look">
        <p>这件 {award.asked} 分，要两个人核实。您通过后，还要另一位核分员看过才记分。</p>
      </Message>
    );
  }
  if (award.kind !== 'AWARD' || award.cutBy.length === 0) return null;
  return (
    <Message tone="look">
      <p>{sayCapNote(award.cutBy.join(','), award.asked, award.honour, award.points)}</p>
    </Message>
  );
}

/** To the next deed and back, by links that carry their keys. */
export function DeedSteps({ next, previous }: { next: string | null; previous: string | null }) {
  if (!next && !previous) return null;
  return (
    <nav className="deed-steps" aria-label="换一件">
      {previous ? (
        <a href={previous} aria-keyshortcuts="K" rel="prev">
          上一件
          <span className="key" aria-hidden="true">
            K
          </span>
        </a>
      ) : (
        <span />
      )}
      {next ? (
        <a href={next} aria-keyshortcuts="J" rel="next">
          下一件
          <span className="key" aria-hidden="true">
            J
          </span>
        </a>
      ) : null}
    </nav>
  );
}
