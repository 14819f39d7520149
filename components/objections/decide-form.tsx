import { Button } from '@/components/ui/button';
import { ChoiceField } from '@/components/ui/choice-field';
import { CommandForm } from '@/components/ui/command-form';
import { TextAreaField } from '@/components/ui/field';
import type { FormReturn } from '@/components/ui/form-return';
import { UPHELD_MEANS } from '@/lib/objections/rules';
import { REASON_MOST } from '@/lib/objections/schema';
import type { ObjectionView } from '@/lib/objections/types';

/** Upheld or rejected, with the reason that both sides read. */
export function DecideForm({
  objection,
  href,
  token,
  form,
}: {
  objection: ObjectionView;
  href: string;
  token: string;
  form: FormReturn | null;
}) {
  return (
    <CommandForm
      name="decide-objection"
      back={href}
      next={href}
      token={token}
      fixed={{ objectionId: objection.id }}
      form={form}
    >
      <ChoiceField
        name="outcome"
        label="怎么定"
        form={form}
        options={[
          { value: 'UPHELD', label: '成立', note: UPHELD_MEANS[objection.kind] },
          { value: 'REJECTED', label: '不成立', note: '原来的决定照旧' },
        ]}
      />
      <TextAreaField
        name="reason"
        label="理由"
        hint="两边都看得到，写清楚看了什么、问了谁"
        rows={3}
        maxLength={REASON_MOST}
        form={form}
      />
      <Button kind="primary" wide>
        定下来
      </Button>
    </CommandForm>
  );
}
