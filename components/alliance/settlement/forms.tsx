import { EvidencePart } from '@/components/photos/evidence-part';
import { PhotoForm } from '@/components/photos/photo-form';
import { Button } from '@/components/ui/button';
import { ChoiceField } from '@/components/ui/choice-field';
import { CommandForm } from '@/components/ui/command-form';
import { DateField, TextAreaField, TextField } from '@/components/ui/field';
import type { FormReturn } from '@/components/ui/form-return';
import { shopPhotoDoor } from '@/lib/alliance/photo/types';
import { CHANNEL_NAMES, MONEY_CHANNELS } from '@/lib/alliance/settlement/rules';
import { LINE_WORDS_MOST, REFERENCE_MOST } from '@/lib/alliance/settlement/schema';

// The forms of a settlement; each works without JavaScript.

export interface Common {
  form: FormReturn | null;
  token: string;
  /** address of this page, where a refusal leads */
  page: string;
  next: string;
}

/** One sentence of one side: what is wrong with a line, an answer, that the money has not come. */
export function WordsForm({
  command,
  fixed,
  name,
  label,
  hint,
  act,
  most = LINE_WORDS_MOST,
  before,
  kind = 'outline',
  form,
  token,
  page,
  next,
}: Common & {
  command: string;
  fixed: Record<string, string>;
  /** of the field */
  name: string;
  label: string;
  hint: string;
  /** on the button */
  act: string;
  most?: number;
  /** what was said, when it is said otherwise */
  before?: string;
  kind?: 'outline' | 'danger' | 'primary';
}) {
  return (
    <CommandForm
      name={command}
      back={page}
      next={next}
      fixed={fixed}
      form={form}
      token={token}
      className="narrow"
      label={act}
    >
      <TextAreaField
        name={name}
        label={label}
        hint={hint}
        maxLength={most}
        rows={2}
        {...(before ? { defaultValue: before } : {})}
        form={form}
      />
      <Button kind={kind}>{act}</Button>
    </CommandForm>
  );
}

const SAID = {
  PAID: { day: '哪一天付的', channel: '怎么付的', slip: '回单或者收条的照片' },
  BACK: { day: '哪一天退的', channel: '怎么退的', slip: '收条的照片' },
  OFFSET: { day: '哪一天说好的', channel: '', slip: '' },
} as const;

/** What the village says of the money it has paid, or was handed back: the day, how, the reference, the slip. */
export function PaymentForm({
  command,
  fixed,
  merchantId,
  first,
  today,
  photos,
  way,
  act,
  why,
  before,
  form,
  token,
  page,
  next,
}: Common & {
  command: 'record-payment' | 'correct-payment';
  fixed: Record<string, string | number | readonly string[]>;
  merchantId: string;
  /** the first day on which it can have been */
  first: string;
  today: string;
  photos: string[];
  /** OFFSET: what was owed each way comes to nothing */
  way: keyof typeof SAID;
  act: string;
  /** asks why it is corrected */
  why?: boolean;
  /** what it was, when it is corrected */
  before?: { paidOn: string; channel: string; reference: string };
}) {
  const isMoney = way !== 'OFFSET';
  const door = shopPhotoDoor('SLIP', merchantId);
  const here = `${page}${page.includes('?') ? '&' : '?'}${photos.map((photo) => `photo=${photo}`).join('&')}`;
  return (
    <>
      {isMoney ? <PhotoForm id="slip-photo" back={here} seat={door} token={token} /> : null}
      <CommandForm name={command} back={here} next={next} fixed={fixed} form={form} token={token} label={act}>
        <DateField
          name="paidOn"
          label={SAID[way].day}
          min={first}
          max={today}
          defaultValue={before?.paidOn ?? today}
          form={form}
        />
        {isMoney ? (
          <>
            <ChoiceField
              name="channel"
              label={SAID[way].channel}
              options={MONEY_CHANNELS.map((value) => ({ value, label: CHANNEL_NAMES[value] }))}
              {...(before ? { defaultValue: before.channel } : {})}
              form={form}
            />
            <TextField
              name="reference"
              label="凭证号"
              hint="回单上的流水号、收条编号。不要填银行卡号。"
              maxLength={REFERENCE_MOST}
              autoComplete="off"
              optional
              {...(before ? { defaultValue: before.reference } : {})}
              form={form}
            />
            <EvidencePart
              label={SAID[way].slip}
              hint="商户和村里办事的人看得到，别人看不到。"
              photos={photos}
              here={here}
              formId="slip-photo"
              seat={door}
              most={1}
              form={form}
            />
          </>
        ) : null}
        {why ? (
          <TextField
            name="reason"
            label="为什么改"
            hint="原来记的那一笔也留着，商户看得到。"
            maxLength={LINE_WORDS_MOST}
            autoComplete="off"
            form={form}
          />
        ) : null}
        <Button kind="primary">{act}</Button>
      </CommandForm>
    </>
  );
}
