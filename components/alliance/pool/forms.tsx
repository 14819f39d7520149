import { Button } from '@/components/ui/button';
import { ChoiceField } from '@/components/ui/choice-field';
import { CommandForm } from '@/components/ui/command-form';
import { DateField, TextField } from '@/components/ui/field';
import type { FormReturn } from '@/components/ui/form-return';
import { POOL_SOURCES, SOURCE_NAMES } from '@/lib/alliance/pool/rules';
import { POOL_NOTE_MOST, STOP_WHY_MOST } from '@/lib/alliance/pool/schema';

// The forms of the pool and its brakes, one on a page at a time; each works without JavaScript. `page` is where a
// refusal leads, `next` where success does.

interface Common {
  form: FormReturn | null;
  token: string;
  page: string;
  next: string;
}

function YuanField({
  label,
  hint,
  optional,
  form,
  defaultValue,
}: {
  label: string;
  hint: string;
  optional?: boolean;
  form: FormReturn | null;
  defaultValue?: string;
}) {
  return (
    <TextField
      name="yuan"
      label={label}
      hint={hint}
      unit="元"
      inputMode="decimal"
      autoComplete="off"
      maxLength={16}
      className="input-number"
      {...(optional ? { optional } : {})}
      {...(defaultValue === undefined ? {} : { defaultValue })}
      form={form}
    />
  );
}

/** Money that was put in. */
export function RecordEntryForm({ today, form, token, page, next }: Common & { today: string }) {
  return (
    <CommandForm
      name="record-pool-entry"
      back={page}
      next={next}
      form={form}
      token={token}
      label="记一笔进账"
    >
      <YuanField label="多少钱" hint="比如 20000 或者 1250.50。" form={form} />
      <ChoiceField
        name="source"
        label="从哪里来"
        options={POOL_SOURCES.map((value) => ({ value, label: SOURCE_NAMES[value] }))}
        inline
        form={form}
      />
      <DateField name="onDay" label="哪一天到的" max={today} defaultValue={today} form={form} />
      <TextField
        name="note"
        label="说明"
        hint="大家都看得到，比如：县里拨的积分制奖补。"
        maxLength={POOL_NOTE_MOST}
        autoComplete="off"
        form={form}
      />
      <Button kind="primary">记下这一笔</Button>
    </CommandForm>
  );
}

/** Takes one entry back. */
export function CorrectEntryForm({ entryId, form, token, page, next }: Common & { entryId: string }) {
  return (
    <CommandForm
      name="correct-pool-entry"
      back={page}
      next={next}
      fixed={{ entryId }}
      form={form}
      token={token}
      label="更正这一笔"
    >
      <TextField
        name="reason"
        label="为什么更正"
        hint="会记一笔相反的数，两笔都留着。数目写错的，更正以后再记一笔对的。"
        maxLength={POOL_NOTE_MOST}
        autoComplete="off"
        form={form}
      />
      <Button kind="danger">更正这一笔</Button>
    </CommandForm>
  );
}

/** The least that must be free. */
export function LeastForm({ least, form, token, page, next }: Common & { least: string }) {
  return (
    <CommandForm name="set-pool-least" back={page} next={next} form={form} token={token} label="定下限">
      <YuanField
        label="付掉欠商户的，至少要剩"
        hint="低于它，商户不能上新的兑换品，已经上架的照常。不设就留空。"
        optional
        defaultValue={least}
        form={form}
      />
      <Button kind="outline">定下来</Button>
    </CommandForm>
  );
}

/** Stops all taking of points, or lifts the stop. */
export function StopForm({ isStopped, form, token, page, next }: Common & { isStopped: boolean }) {
  if (isStopped) {
    return (
      <CommandForm name="resume-alliance" back={page} next={next} form={form} token={token} label="恢复兑换">
        <Button kind="done">恢复兑换</Button>
      </CommandForm>
    );
  }
  return (
    <CommandForm name="stop-alliance" back={page} next={next} form={form} token={token} label="停止兑换">
      <TextField
        name="reason"
        label="为什么停"
        hint="村民和店里都看得到。各户的积分一分不少。"
        maxLength={STOP_WHY_MOST}
        autoComplete="off"
        form={form}
      />
      <Button kind="danger">全村停止兑换</Button>
    </CommandForm>
  );
}
