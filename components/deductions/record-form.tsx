import { EvidencePart } from '@/components/photos/evidence-part';
import { PhotoForm } from '@/components/photos/photo-form';
import { Button } from '@/components/ui/button';
import { CommandForm } from '@/components/ui/command-form';
import { DateField, SelectField, TextAreaField, TextField } from '@/components/ui/field';
import type { FormReturn } from '@/components/ui/form-return';
import { FACTS_MOST, SEEN_BY_MOST } from '@/lib/deductions/schema';
import type { Day } from '@/lib/platform/clock';
import type { ItemView } from '@/lib/rulebook/types';

/** What was seen, when, by whom, with the evidence: in words that the household will read too. */
export function RecordForm({
  item,
  householdId,
  adults,
  today,
  oldest,
  href,
  photos,
  seenBy,
  token,
  form,
}: {
  item: ItemView;
  householdId: string;
  /** grown-ups of the household; minors are never named */
  adults: { id: string; name: string }[];
  today: Day;
  oldest: Day;
  href: string;
  photos: string[];
  seenBy: string;
  token: string;
  form: FormReturn | null;
}) {
  const here = `${href}${photos.map((photo) => `&photo=${photo}`).join('')}`;
  return (
    <>
      <PhotoForm id="seen-photos" back={here} seat="desk" token={token} />
      <CommandForm
        name="record-deduction"
        back={here}
        next="/desk/deductions/{subject}"
        token={token}
        fixed={{ itemId: item.id, householdId }}
        form={form}
        className="deed-form"
      >
        <EvidencePart
          hint={`要的证据：${item.evidence}。拍事不拍人，不要拍到孩子`}
          required={item.photo === 'REQUIRED'}
          photos={photos}
          here={here}
          formId="seen-photos"
          seat="desk"
          form={form}
        />
        <DateField
          name="seenOn"
          label="哪天看到的"
          defaultValue={today}
          min={oldest}
          max={today}
          form={form}
        />
        <TextField
          name="seenBy"
          label="谁看到的"
          hint="写清楚是谁，两个人更好，例如：巡查组李秀珍、何立新"
          defaultValue={seenBy}
          maxLength={SEEN_BY_MOST}
          form={form}
        />
        <TextAreaField
          name="facts"
          label="看到了什么"
          hint="在哪里，是什么样。只写事，不评人：这户看得到"
          rows={3}
          maxLength={FACTS_MOST}
          form={form}
        />
        {adults.length > 1 ? (
          <SelectField
            name="residentId"
            label="谁做的"
            hint="不清楚就不选，记在户上"
            optional
            empty="不清楚"
            form={form}
            options={adults.map((one) => ({ value: one.id, label: one.name }))}
          />
        ) : null}
        <Button kind="primary" wide>
          {item.warnFirst ? '记下来，去送提醒' : '记下来'}
        </Button>
        <p className="field-hint">
          {item.warnFirst
            ? '还没有扣分：先送提醒，改好了就不扣。'
            : '还没有扣分：要两个人定，还要给这户申辩。'}
        </p>
      </CommandForm>
    </>
  );
}
