import { DayField } from '@/components/deeds/day-field';
import { PhotoPart } from '@/components/deeds/photo-part';
import { PhotoForm } from '@/components/photos/photo-form';
import { Button } from '@/components/ui/button';
import { ChoiceField } from '@/components/ui/choice-field';
import { CommandForm } from '@/components/ui/command-form';
import { NumberField, TextAreaField } from '@/components/ui/field';
import { enteredText, type FormReturn, fieldError } from '@/components/ui/form-return';
import type { PersonLine } from '@/lib/deeds/event/types';
import { quickDays } from '@/lib/deeds/own/rules';
import { METRIC_MOST, NOTE_MOST } from '@/lib/deeds/schema';
import type { Day } from '@/lib/platform/clock';
import { asksQuantity, describeItem, quantityMost, signedPoints } from '@/lib/rulebook/rules';
import type { ItemView } from '@/lib/rulebook/types';

/** The form of a deed that the office writes down for someone; the same fields as the resident's own. */
export function RecordForm({
  item,
  who,
  today,
  oldest,
  ageDaysMost,
  isOther,
  href,
  photos,
  token,
  form,
}: {
  item: ItemView;
  who: PersonLine;
  today: Day;
  oldest: Day;
  ageDaysMost: number;
  isOther: boolean;
  href: string;
  photos: string[];
  token: string;
  form: FormReturn | null;
}) {
  const here = `${href}${photos.map((photo) => `&photo=${photo}`).join('')}`;
  // Refused before the form was sent: a photo.
  const early = form && !('residentId' in form.entered) ? form : null;
  const sent = early ? null : form;
  const most = quantityMost(item);
  const aboutPhotos = sent?.refusal.code.startsWith('PHOTO') ? sent.refusal.sentence : undefined;
  return (
    <>
      <PhotoForm id="record-photos" back={here} seat="desk" token={token} />
      <CommandForm
        name="record-deed"
        back={here}
        next="/desk/log-deed?done={subject}"
        token={token}
        fixed={{ itemId: item.id, residentId: who.residentId }}
        form={sent}
      >
        <p className="field-hint mb-4">{describeItem(item)}</p>
        <PhotoPart
          seat="desk"
          rule={item.photo}
          photos={photos}
          here={here}
          formId="record-photos"
          error={fieldError(sent, 'photos') ?? aboutPhotos}
          refusal={early}
        />
        {item.scale.length > 0 ? (
          <ChoiceField
            name="scaleStepId"
            label="是哪一级"
            hint="按证书或证明上写的选"
            form={sent}
            options={item.scale.map((step) => ({
              value: step.id,
              label: step.name,
              note: `${signedPoints(step.points)} 分`,
            }))}
          />
        ) : null}
        {asksQuantity(item) ? (
          <NumberField
            name="quantity"
            label={`做了几${item.unitName}`}
            hint={`1 到 ${most}`}
            unit={item.unitName}
            form={sent}
            defaultValue="1"
          />
        ) : null}
        <DayField
          quick={isOther ? [] : quickDays(today, ageDaysMost)}
          chosen={enteredText(sent, 'deedOn') ?? today}
          least={oldest}
          most={today}
          otherHref={`${here}&day=other`}
          error={fieldError(sent, 'deedOn')}
        />
        {item.metricName ? (
          <NumberField
            name="metricValue"
            label={item.metricName}
            unit={item.metricUnit ?? ''}
            decimals
            optional
            hint={`不清楚可以不填，不影响记分；最多 ${METRIC_MOST}`}
            form={sent}
          />
        ) : null}
        <TextAreaField
          name="note"
          label="说明"
          hint="在哪里、谁看见的，核分员看得更明白"
          optional
          rows={2}
          maxLength={NOTE_MOST}
          form={sent}
        />
        <Button kind="primary" wide>
          记下来，送去核实
        </Button>
      </CommandForm>
    </>
  );
}
