import { Button } from '@/components/ui/button';
import { CommandForm } from '@/components/ui/command-form';
import { NumberField, SelectField } from '@/components/ui/field';
import type { FormReturn } from '@/components/ui/form-return';
import type { TermsView } from '@/lib/alliance/terms/types';

/** Terms to sign; what was agreed before is filled in. */
export function TermsForm({
  merchantId,
  isCharity,
  before,
  groups,
  form,
  token,
}: {
  merchantId: string;
  isCharity: boolean;
  before: TermsView | null;
  groups: { id: string; name: string }[];
  form: FormReturn | null;
  token: string;
}) {
  const page = `/desk/alliance/${merchantId}`;
  return (
    <CommandForm
      name="sign-terms"
      back={`${page}?edit=terms`}
      next={page}
      fixed={{ merchantId }}
      form={form}
      token={token}
      label="拟协议"
    >
      {isCharity ? (
        <p className="act-note">公益组织只做服务，村里不付钱，协议里不写价。</p>
      ) : (
        <NumberField
          name="yuan"
          label="店里收 1 分，村里付多少钱"
          hint="一般是 1 元。这是村里和店里的结算价，不是积分的价钱，对村民只说几分。"
          unit="元"
          decimals
          defaultValue={before ? before.referenceFen / 100 : 1}
          form={form}
        />
      )}
      <NumberField
        name="settlementDay"
        label="每月几日前付上个月的"
        hint="填 1 到 28。"
        unit="日"
        maxLength={2}
        defaultValue={before?.settlementDay ?? 10}
        form={form}
      />
      <NumberField
        name="onceMost"
        label="一次最多收多少分"
        hint="不填就是不限。"
        unit="分"
        defaultValue={before?.onceMost ?? ''}
        form={form}
        optional
      />
      <NumberField
        name="householdMonthMost"
        label="一户一个月最多收多少分"
        hint="不填就是不限。"
        unit="分"
        defaultValue={before?.householdMonthMost ?? ''}
        form={form}
        optional
      />
      <NumberField
        name="freeMost"
        label="多少分以内，村民不用再确认"
        hint="超过这个数，要村民在自己手机上点一下。填 0 就是每一笔都要确认。"
        unit="分"
        defaultValue={before?.freeMost ?? 20}
        form={form}
      />
      <SelectField
        name="nearGroupId"
        label="店离哪个组最近"
        hint="村民找店的时候，近的排在前面。"
        empty="说不好"
        options={groups.map((group) => ({ value: group.id, label: group.name }))}
        defaultValue={before?.nearGroupId ?? ''}
        form={form}
        optional
      />
      <div className="form-act">
        <Button kind="primary">签好，送给店里</Button>
      </div>
    </CommandForm>
  );
}
