import { Button } from '@/components/ui/button';
import { CheckField, ChoiceField } from '@/components/ui/choice-field';
import { CommandForm } from '@/components/ui/command-form';
import { FieldError, NumberField, SelectField, TextField } from '@/components/ui/field';
import { enteredList, type FormReturn, fieldError, focusIf, placeErrors } from '@/components/ui/form-return';
import { STEPS_MOST, UNIT_NAMES } from '@/lib/rulebook/draft/item/schema';
import type { ItemUnit, ItemView } from '@/lib/rulebook/types';
import { DEDUCTION_CAP_MOST, DEDUCTION_POINTS_MOST } from '@/lib/rulebook/validate';

const UNITS = (Object.keys(UNIT_NAMES) as ItemUnit[]).map((value) => ({
  value,
  label: `每${UNIT_NAMES[value]}`,
}));

/** One item of a draft: everything about it in one form, sent as one command. */
export function ItemForm({
  versionId,
  item,
  categories,
  category,
  back,
  next,
  token,
  form,
}: {
  versionId: string;
  /** null: a new one */
  item: ItemView | null;
  categories: { id: string; name: string }[];
  /** id of the category it stands in */
  category: string;
  back: string;
  next: string;
  token: string;
  form: FormReturn | null;
}) {
  const isDeduction = item !== null && item.points < 0;
  return (
    <CommandForm
      name="put-item"
      back={back}
      next={next}
      fixed={{ versionId, itemId: item?.id }}
      token={token}
      form={form}
      label={item ? `改“${item.name}”` : '加一项'}
      isCheckedHere={false}
    >
      <TextField name="name" label="项目名称" maxLength={60} defaultValue={item?.name} form={form} />
      <SelectField
        name="categoryId"
        label="类别"
        options={categories.map(({ id, name }) => ({ value: id, label: name }))}
        defaultValue={category}
        form={form}
      />
      <ChoiceField
        name="kind"
        label="加分还是扣分"
        hint={`扣分记在户上，一次最多扣 ${DEDUCTION_POINTS_MOST} 分，封顶最多 ${DEDUCTION_CAP_MOST} 分。`}
        inline
        options={[
          { value: 'AWARD', label: '加分' },
          { value: 'DEDUCTION', label: '扣分' },
        ]}
        defaultValue={isDeduction ? 'DEDUCTION' : 'AWARD'}
        form={form}
      />
      <div className="field-pair">
        <NumberField
          name="points"
          label="几分"
          unit="分"
          optional
          hint="有分级的不用填"
          defaultValue={item ? Math.abs(item.points) : undefined}
          form={form}
        />
        <SelectField
          name="unit"
          label="按什么算"
          options={UNITS}
          defaultValue={item?.unit ?? 'TIME'}
          form={form}
        />
        <TextField
          name="unitName"
          label="换个叫法"
          hint="比如“半天”“月评”"
          maxLength={6}
          optional
          defaultValue={item && item.unitName !== UNIT_NAMES[item.unit] ? item.unitName : undefined}
          form={form}
        />
      </div>
      <ChoiceField
        name="subject"
        label="记给谁"
        inline
        options={[
          { value: 'PERSON', label: '做事的人' },
          { value: 'HOUSEHOLD', label: '整户' },
        ]}
        defaultValue={item?.subject ?? 'PERSON'}
        form={form}
      />
      <div className="field-pair">
        <NumberField name="capPoints" label="最多几分" unit="分" defaultValue={item?.capPoints} form={form} />
        <SelectField
          name="capPer"
          label="多久算一轮"
          options={[
            { value: 'MONTH', label: '每月' },
            { value: 'QUARTER', label: '每季' },
            { value: 'YEAR', label: '每年' },
          ]}
          defaultValue={item?.capPer ?? 'MONTH'}
          form={form}
        />
      </div>
      <TextField
        name="evidence"
        label="凭什么认定"
        hint="照片、签到表、谁作证。只写凭证，不写处罚"
        maxLength={100}
        defaultValue={item?.evidence}
        form={form}
      />
      <ChoiceField
        name="photo"
        label="照片"
        inline
        options={[
          { value: 'REQUIRED', label: '要有' },
          { value: 'OPTIONAL', label: '可附' },
          { value: 'NONE', label: '不用' },
        ]}
        defaultValue={item?.photo ?? 'OPTIONAL'}
        form={form}
      />
      <ScaleFields item={item} form={form} />
      <div className="field-pair">
        <TextField
          name="metricName"
          label="另记一个数"
          hint="年底算成绩单用，比如“清扫米数”"
          maxLength={20}
          optional
          defaultValue={item?.metricName ?? undefined}
          form={form}
        />
        <TextField
          name="metricUnit"
          label="它的单位"
          hint="比如“米”"
          maxLength={6}
          optional
          defaultValue={item?.metricUnit ?? undefined}
          form={form}
        />
      </div>
      <CheckField
        name="warnFirst"
        label="先提醒，不改才扣"
        hint="只用在扣分上"
        defaultChecked={item?.warnFirst}
        form={form}
      />
      <CheckField
        name="restoredWhenRepaired"
        label="整改好了返还"
        hint="只用在扣分上"
        defaultChecked={item?.restoredWhenRepaired}
        form={form}
      />
      <Button kind="primary">{item ? '保存' : '加上这一项'}</Button>
    </CommandForm>
  );
}

/** A published scale: rows of a name and points, from low to high; empty rows are left out. */
function ScaleFields({ item, form }: { item: ItemView | null; form: FormReturn | null }) {
  const names = enteredList(form, 'stepName') ?? item?.scale.map((step) => step.name) ?? [];
  const points = enteredList(form, 'stepPoints') ?? item?.scale.map((step) => String(step.points)) ?? [];
  const rows = Math.min(STEPS_MOST, Math.max(3, names.length + 1, points.length + 1));
  const wrong = new Map([...placeErrors(form, 'stepName'), ...placeErrors(form, 'stepPoints')]);
  const whole = fieldError(form, 'stepPoints') ?? fieldError(form, 'stepName');
  const error =
    [whole, ...[...wrong].map(([index, said]) => `第 ${index + 1} 级：${said}`)].filter(Boolean).join('；') ||
    undefined;
  const firstWrong = error ? Math.min(...(wrong.size > 0 ? wrong.keys() : [0])) : null;
  const isWrong = (index: number) => wrong.has(index) || whole !== undefined || undefined;
  return (
    <fieldset className="field" id="f-stepPoints" aria-describedby={error ? 'f-stepPoints-error' : undefined}>
      <legend className="field-label">
        分级<small>选填</small>
      </legend>
      <div className="field-hint">
        同一件事分几档，从低到高写，比如村级 5、镇级 10。核分员照证书选，不能自己定分。
      </div>
      {Array.from({ length: rows }, (_, index) => (
        // A row is its place on the scale.
        <div className="scale-row" key={String(index)}>
          <input
            className="input"
            name="stepName[]"
            defaultValue={names[index] ?? ''}
            maxLength={20}
            aria-label={`第 ${index + 1} 级叫什么`}
            aria-invalid={isWrong(index)}
            {...focusIf(index === firstWrong ? error : undefined)}
          />
          <input
            className="input"
            name="stepPoints[]"
            defaultValue={points[index] ?? ''}
            inputMode="numeric"
            pattern="[0-9０-９]*"
            autoComplete="off"
            aria-label={`第 ${index + 1} 级几分`}
            aria-invalid={isWrong(index)}
          />
          <span className="input-unit">分</span>
        </div>
      ))}
      <FieldError id="f-stepPoints-error" error={error} />
    </fieldset>
  );
}
