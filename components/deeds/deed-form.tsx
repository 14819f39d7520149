import { PhotoForm } from '@/components/photos/photo-form';
import { ChoiceField } from '@/components/ui/choice-field';
import { CommandForm } from '@/components/ui/command-form';
import { Disclosure } from '@/components/ui/disclosure';
import { NumberField, TextAreaField } from '@/components/ui/field';
import { type FormReturn, fieldError } from '@/components/ui/form-return';
import { quickDays } from '@/lib/deeds/own/rules';
import { METRIC_MOST, NOTE_MOST } from '@/lib/deeds/schema';
import { PERIOD_NOW } from '@/lib/deeds/shelf/rules';
import type { ItemUse, MemberView } from '@/lib/deeds/shelf/types';
import type { Day } from '@/lib/platform/clock';
import { asksQuantity, quantityMost, signedPoints } from '@/lib/rulebook/rules';
import type { CapPolicy, ItemView } from '@/lib/rulebook/types';
import { AwardAhead } from './award-ahead';
import { DayField } from './day-field';
import { PhotoPart } from './photo-part';
import { SendDeed } from './send-deed';

/** Up to this many units are a tap each; more are typed. */
const TAPPED_MOST = 10;

const PHOTO_FORM = 'photo-form';

export interface DeedStart {
  photos: string[];
  day: Day;
  who: string;
  quantity: number;
  step: string | null;
  metric: string;
  note: string;
}

/**
 * The form of a deed. Everything but a required photo (and the step of a scale) has an answer already, so that a tap
 * on the photo and one on sending are enough.
 */
export function DeedForm({
  item,
  start,
  members,
  self,
  use,
  policy,
  today,
  oldest,
  ageDaysMost,
  isOther,
  href,
  token,
  form,
  photoRefusal,
}: {
  item: ItemView;
  start: DeedStart;
  members: MemberView[];
  /** the resident who writes */
  self: string;
  use: ItemUse;
  policy: CapPolicy;
  today: Day;
  oldest: Day;
  ageDaysMost: number;
  /** the calendar was asked for instead of the days one tap away */
  isOther: boolean;
  /** address of this page, without anything in its query */
  href: string;
  token: string;
  form: FormReturn | null;
  /** why the photo that was just sent was not taken */
  photoRefusal: FormReturn | null;
}) {
  const here = withPhotos(href, start.photos);
  const used = item.subject === 'PERSON' ? withoutHousehold(use.used) : { '': use.used[''] ?? 0 };
  const period = PERIOD_NOW[item.capPer];
  const leftOf = (member: MemberView) => {
    const left = item.capPoints - (used[member.id] ?? 0);
    return left > 0 ? `${period}还能记 ${left} 分` : `${period}已记满`;
  };
  const most = quantityMost(item);
  const isExtraOpen = Boolean(
    start.note || start.metric || fieldError(form, 'note') || fieldError(form, 'metricValue'),
  );

  return (
    <>
      <PhotoForm id={PHOTO_FORM} back={here} token={token} seat="resident" />
      <CommandForm
        name="submit-deed"
        back={here}
        next="/me/deeds/{subject}"
        token={token}
        fixed={{ itemId: item.id, ...(members.length > 1 ? {} : { residentId: self }) }}
        form={form}
        className="deed-form"
      >
        <PhotoPart
          seat="resident"
          rule={item.photo}
          photos={start.photos}
          here={here}
          formId={PHOTO_FORM}
          error={photoError(form)}
          refusal={photoRefusal}
        />
        {item.scale.length > 0 ? (
          <ChoiceField
            name="scaleStepId"
            label="是哪一级"
            hint="按证书或证明上写的选"
            form={form}
            {...(start.step ? { defaultValue: start.step } : {})}
            options={item.scale.map((step) => ({
              value: step.id,
              label: step.name,
              note: `${signedPoints(step.points)} 分`,
            }))}
          />
        ) : null}
        {!asksQuantity(item) ? null : most <= TAPPED_MOST ? (
          <ChoiceField
            name="quantity"
            label={`做了几${item.unitName}`}
            form={form}
            inline
            defaultValue={start.quantity}
            options={Array.from({ length: most }, (_, index) => ({
              value: String(index + 1),
              label: `${index + 1} ${item.unitName}`,
            }))}
          />
        ) : (
          <NumberField
            name="quantity"
            label={`做了几${item.unitName}`}
            unit={item.unitName}
            form={form}
            defaultValue={start.quantity}
          />
        )}
        <DayField
          quick={isOther ? [] : quickDays(today, ageDaysMost)}
          chosen={start.day}
          least={oldest}
          most={today}
          otherHref={withPhotos(`${href}?day=other`, start.photos)}
          error={fieldError(form, 'deedOn')}
        />
        {members.length > 1 ? (
          <ChoiceField
            name="residentId"
            label="谁做的"
            form={form}
            // what is left for each needs a line of its own
            inline={item.subject !== 'PERSON'}
            defaultValue={start.who}
            options={members.map((member) => ({
              value: member.id,
              label: member.id === self ? `我（${member.name}）` : member.name,
              ...(item.subject === 'PERSON' ? { note: leftOf(member) } : {}),
            }))}
          />
        ) : null}
        <Disclosure title={item.metricName ? '补充数量和说明' : '补充说明'} note="选填" open={isExtraOpen}>
          {item.metricName ? (
            <NumberField
              name="metricValue"
              label={item.metricName}
              {...(item.metricUnit ? { unit: item.metricUnit } : {})}
              decimals
              optional
              hint={`不清楚可以不填，不影响记分；最多 ${METRIC_MOST}`}
              form={form}
              defaultValue={start.metric}
            />
          ) : null}
          <TextAreaField
            name="note"
            label="还想说的"
            hint="在哪里、和谁一起，核分员看得更明白"
            optional
            rows={2}
            maxLength={NOTE_MOST}
            form={form}
            defaultValue={start.note}
          />
        </Disclosure>
        <AwardAhead
          points={item.points}
          steps={Object.fromEntries(item.scale.map((step) => [step.id, step.points]))}
          cap={item.capPoints}
          per={item.capPer}
          policy={policy}
          used={used}
          first={{ who: start.who, quantity: start.quantity, step: start.step }}
        />
        {use.waiting > 0 ? (
          <p className="field-hint">
            {period}已经报了 {use.waiting} 件这一项，还在等核实。
          </p>
        ) : null}
        <SendDeed owner={self} code={item.code} what={item.name} />
      </CommandForm>
      <p className="proof">细则要求的凭证：{item.evidence}</p>
    </>
  );
}

function withoutHousehold(used: Record<string, number>): Record<string, number> {
  return Object.fromEntries(Object.entries(used).filter(([who]) => who !== ''));
}

/** The refusal of photos stands beside them, whichever rule it came from. */
function photoError(form: FormReturn | null): string | undefined {
  if (!form) return undefined;
  const isAboutPhotos = form.refusal.code.startsWith('PHOTO') || form.refusal.code === 'TOO_MANY_PHOTOS';
  return fieldError(form, 'photos') ?? (isAboutPhotos ? form.refusal.sentence : undefined);
}

/** The address with these photos in it, which is how they are kept without JavaScript. */
function withPhotos(href: string, photos: string[]): string {
  const [path = '', query = ''] = href.split('?');
  const parts = new URLSearchParams(query);
  for (const photo of photos) parts.append('photo', photo);
  return parts.size > 0 ? `${path}?${parts}` : path;
}
