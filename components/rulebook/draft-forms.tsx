import { Button } from '@/components/ui/button';
import { ChoiceField } from '@/components/ui/choice-field';
import { CommandForm } from '@/components/ui/command-form';
import { DateField, TextAreaField, TextField } from '@/components/ui/field';
import type { FormReturn } from '@/components/ui/form-return';
import { PRESET_NAMES, PRESET_WORDS } from '@/lib/regions/types';
import { PRESET_KEYS } from '@/lib/rulebook/draft/schema';
import { HEARING_DAYS_LEAST } from '@/lib/rulebook/hearing/rules';

// The short forms of a draft's life. `form` is given to the form that was refused and to no other.

interface Common {
  form: FormReturn | null;
  token: string;
}

/** Begins a draft: from the version in force or from one of the three presets. */
export function DraftForm({
  inForce,
  form,
  token,
}: Common & { inForce: { id: string; number: number } | null }) {
  const presets = PRESET_KEYS.map((key) => ({
    value: key as string,
    label: `样板：${PRESET_NAMES[key]}`,
    note: PRESET_WORDS[key],
  }));
  const own = inForce
    ? [
        {
          value: inForce.id,
          label: `照现行的第 ${inForce.number} 版改`,
          note: '项目、规定、村规民约都带过来',
        },
      ]
    : [];
  return (
    <CommandForm
      name="draft-rulebook"
      back="/desk/rulebook?edit=draft"
      next="/desk/rulebook/draft"
      form={form}
      token={token}
      label="起草新一版"
    >
      <ChoiceField
        name="from"
        label="从哪里起草"
        options={[...own, ...presets]}
        defaultValue={inForce?.id ?? 'RED_BLACK'}
        form={form}
      />
      <Button kind="primary">起草</Button>
    </CommandForm>
  );
}

/** Opens the hearing until a day. */
export function HearingForm({
  versionId,
  base,
  usual,
  least,
  form,
  token,
}: Common & { versionId: string; base: string; usual: string; least: string }) {
  return (
    <CommandForm
      name="open-hearing"
      back={`${base}?edit=hearing`}
      next={base}
      fixed={{ versionId }}
      form={form}
      token={token}
      label="公开听取意见"
    >
      <DateField
        name="until"
        label="听取意见到哪一天为止"
        hint={`至少 ${HEARING_DAYS_LEAST} 天。公开以后一个字也不能改，要改就退回起草。`}
        min={least}
        defaultValue={usual}
        form={form}
      />
      <Button kind="primary">公开草案，听取意见</Button>
    </CommandForm>
  );
}

/** Takes a draft back from its hearing. */
export function TakeBackForm({ versionId, base, form, token }: Common & { versionId: string; base: string }) {
  return (
    <CommandForm
      name="take-back-draft"
      back={`${base}?edit=back`}
      next={base}
      fixed={{ versionId }}
      form={form}
      token={token}
      label="退回起草"
    >
      <p className="soft">退回以后可以再改；改好要重新公开听一次。大家已经说的都留着，并会告诉各户。</p>
      <Button kind="danger">退回起草</Button>
    </CommandForm>
  );
}

/** Gives a draft up; of one that was heard with the reason. */
export function DropForm({
  versionId,
  base,
  wasHeard,
  form,
  token,
}: Common & { versionId: string; base: string; wasHeard: boolean }) {
  return (
    <CommandForm
      name="drop-rulebook"
      back={`${base}?edit=drop`}
      next="/desk/rulebook"
      fixed={{ versionId }}
      form={form}
      token={token}
      label="放弃草案"
    >
      {wasHeard ? (
        <TextAreaField
          name="why"
          label="为什么不办了"
          hint="会告诉各户。大家说过的话和表决结果都留着。"
          rows={2}
          maxLength={200}
          form={form}
        />
      ) : (
        <p className="soft">还没有公开过，放弃以后什么都不留。</p>
      )}
      <Button kind="danger">放弃这份草案</Button>
    </CommandForm>
  );
}

/** Puts the draft to the vote until a moment. */
export function OpenBallotForm({
  versionId,
  page,
  closesOn,
  form,
  token,
}: Common & { versionId: string; page: string; closesOn: string }) {
  return (
    <CommandForm
      name="open-ballot"
      back={page}
      next={page}
      fixed={{ versionId }}
      form={form}
      token={token}
      label="发起表决"
    >
      <div className="field-pair">
        <DateField name="closesOn" label="截止的日子" defaultValue={closesOn} form={form} />
        <TextField name="closesTime" label="截止的钟点" type="time" defaultValue="18:00" form={form} />
      </div>
      <p className="soft">发起以后时间不能改，草案也不能再退回去改。</p>
      <Button kind="primary">发起表决</Button>
    </CommandForm>
  );
}

/** The township's number, where it came after the adoption. */
export function FilingForm({ versionId, base, form, token }: Common & { versionId: string; base: string }) {
  return (
    <CommandForm
      name="record-filing"
      back={`${base}?edit=filing`}
      next={base}
      fixed={{ versionId }}
      form={form}
      token={token}
      label="登记备案号"
    >
      <TextField name="filingNumber" label="镇里的备案号" hint="登记以后不能改" maxLength={40} form={form} />
      <Button kind="outline">登记</Button>
    </CommandForm>
  );
}
