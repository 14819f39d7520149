import { Button } from '@/components/ui/button';
import { CommandForm } from '@/components/ui/command-form';
import { FieldError, NumberField } from '@/components/ui/field';
import { enteredList, type FormReturn, fieldError } from '@/components/ui/form-return';
import { HALL_LEAST } from '@/lib/rulebook/ballot/schema';
import type { RollLine } from '@/lib/rulebook/ballot/types';

/**
 * The papers of the hall: who put one in, by group, and how many say what. Two separate things in one form, so that
 * nothing joins them.
 */
export function HallForm({
  ballotId,
  page,
  roll,
  form,
  token,
}: {
  ballotId: string;
  page: string;
  roll: RollLine[];
  form: FormReturn | null;
  token: string;
}) {
  const ticked = new Set(enteredList(form, 'voters'));
  const groups = [...new Set(roll.map((line) => line.groupName))].map((name) => ({
    name,
    lines: roll.filter((line) => line.groupName === name),
  }));
  const error = fieldError(form, 'voters');
  return (
    <CommandForm
      name="enter-hall-votes"
      back={`${page}?hall=1`}
      next={page}
      fixed={{ ballotId }}
      form={form}
      token={token}
      label="录入会场的票"
    >
      <fieldset className="field" aria-describedby={error ? 'f-voters-error' : undefined}>
        <legend className="field-label">一、谁在会场投了票</legend>
        <div className="field-hint">
          发票以前先看这张名单：写着“已投”的不能再发。一次至少 {HALL_LEAST}{' '}
          张，少了看数目就知道是谁投的。录入以后，系统会告诉勾上的每一户。
        </div>
        {groups.map((group) => (
          <div className="roll-group" key={group.name}>
            <h3>{group.name}</h3>
            <ul>
              {group.lines.map((line) => (
                <li key={line.id}>
                  {line.hasVoted ? (
                    <span className="roll-voted">
                      {line.householdCode} {line.name}
                      <small>已投</small>
                    </span>
                  ) : (
                    <label>
                      <input
                        type="checkbox"
                        name="voters[]"
                        value={line.id}
                        defaultChecked={ticked.has(line.id)}
                      />
                      <span>
                        {line.householdCode} {line.name}
                      </span>
                    </label>
                  )}
                </li>
              ))}
            </ul>
          </div>
        ))}
        <FieldError id="f-voters-error" error={error} />
      </fieldset>
      <p className="field-label">二、会场的票一共多少</p>
      <div className="field-hint mb-4">三样加起来，要和上面勾的一样多。</div>
      <div className="field-pair">
        <NumberField name="hallFor" label="赞成" unit="票" form={form} />
        <NumberField name="hallAgainst" label="反对" unit="票" form={form} />
        <NumberField name="hallAbstained" label="弃权" unit="票" form={form} />
      </div>
      <Button kind="primary">录入会场的票</Button>
    </CommandForm>
  );
}
