import { Button } from '@/components/ui/button';
import { ChoiceField } from '@/components/ui/choice-field';
import { CommandForm } from '@/components/ui/command-form';
import type { FormReturn } from '@/components/ui/form-return';
import type { VoteUnit } from '@/lib/rulebook/types';

/** A vote from the phone. */
export function VoteForm({
  ballotId,
  unit,
  form,
  token,
}: {
  ballotId: string;
  unit: VoteUnit;
  form: FormReturn | null;
  token: string;
}) {
  return (
    <CommandForm
      name="cast-vote"
      back="/me/ballot"
      next="/me/ballot"
      fixed={{ ballotId }}
      form={form}
      token={token}
      label="投票"
    >
      <ChoiceField
        name="vote"
        label="新细则，您的意见是"
        options={[
          { value: 'FOR', label: '赞成' },
          { value: 'AGAINST', label: '反对' },
          { value: 'ABSTAIN', label: '弃权' },
        ]}
        form={form}
      />
      <p className="field-hint mb-4">
        {unit === 'HOUSEHOLD' ? '一户一票，家里商量好再投。' : '一人一票。'}
        投了不能改。谁投了什么，谁也查不到。
      </p>
      <Button kind="primary" wide>
        投票
      </Button>
    </CommandForm>
  );
}
