import { MemberName } from '@/components/alliance/charity-mark';
import { Button } from '@/components/ui/button';
import { CommandForm } from '@/components/ui/command-form';
import { Disclosure } from '@/components/ui/disclosure';
import { TextField } from '@/components/ui/field';
import { enteredText, type FormReturn } from '@/components/ui/form-return';
import { PATTERN_WORDS, sayNumbers } from '@/lib/alliance/pattern/rules';
import { PATTERN_NOTE_MOST } from '@/lib/alliance/pattern/schema';
import type { PatternFinding } from '@/lib/alliance/pattern/types';

/** One pattern worth a look: whose, the numbers, what else it may well be, and the way to say that one has looked. */
export function Finding({
  finding,
  seat,
  back,
  form,
  token,
}: {
  finding: PatternFinding;
  seat: 'desk' | 'office';
  /** of the page */
  back: string;
  form: FormReturn | null;
  token: string;
}) {
  const { kind, merchantId, villageId, household } = finding;
  const words = PATTERN_WORDS[kind];
  const isRefused =
    enteredText(form, 'kind') === kind &&
    enteredText(form, 'merchantId') === merchantId &&
    (enteredText(form, 'householdId') ?? '') === (seat === 'desk' ? (household?.id ?? '') : '');
  return (
    <li className="pattern print-whole">
      <h2>{words.title}</h2>
      <p className="pattern-who">
        <MemberName name={finding.merchantName} isCharity={finding.isCharity} />
        {household ? ` · 户号 ${household.code}` : ''}
        {seat === 'office' ? ` · ${finding.villageName}` : ''}
      </p>
      <p>{sayNumbers(finding)}</p>
      <p className="pattern-innocent">{words.innocent}</p>
      <p className="pattern-word">这不是结论，只是请看一眼。</p>
      <Disclosure title="看过了" open={isRefused}>
        <CommandForm
          name={seat === 'desk' ? 'mark-pattern-seen' : 'mark-township-pattern-seen'}
          back={back}
          next={back}
          fixed={{
            kind,
            merchantId,
            ...(seat === 'desk' ? { householdId: household?.id ?? '' } : { villageId }),
          }}
          form={isRefused ? form : null}
          token={token}
          label={`看过了：${words.title}`}
        >
          <TextField
            name="note"
            label="看下来是怎么回事"
            hint="写事，不评人。涉及的户导出自家资料时看得到。"
            optional
            maxLength={PATTERN_NOTE_MOST}
            autoComplete="off"
            form={isRefused ? form : null}
          />
          <Button kind="outline">记下：看过了</Button>
        </CommandForm>
      </Disclosure>
    </li>
  );
}
