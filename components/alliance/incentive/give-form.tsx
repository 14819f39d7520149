import { EvidencePart } from '@/components/photos/evidence-part';
import { PhotoForm } from '@/components/photos/photo-form';
import { Button } from '@/components/ui/button';
import { ChoiceField } from '@/components/ui/choice-field';
import { CommandForm } from '@/components/ui/command-form';
import { DateField, NumberField, TextAreaField, TextField } from '@/components/ui/field';
import type { FormReturn } from '@/components/ui/form-return';
import { INCENTIVE_KINDS, KIND_WORDS } from '@/lib/alliance/incentive/rules';
import { INCENTIVE_NOTE_MOST, INCENTIVE_TITLE_MOST } from '@/lib/alliance/incentive/schema';
import { shopPhotoDoor } from '@/lib/alliance/photo/types';
import type { Day } from '@/lib/platform/clock';

const PHOTOS = 'incentive-photo';

/** What a member receives: which kind, when, how much, with the paper it stands on. Works without JavaScript. */
export function GiveForm({
  command,
  page,
  merchantId,
  today,
  photos,
  form,
  token,
}: {
  command: 'give-incentive' | 'give-township-incentive';
  /** of the list: /desk/alliance/incentives */
  page: string;
  merchantId: string;
  today: Day;
  photos: string[];
  form: FormReturn | null;
  token: string;
}) {
  const here = `${page}/new?merchant=${merchantId}${photos.map((photo) => `&photo=${photo}`).join('')}`;
  const door = shopPhotoDoor('DOCUMENT', merchantId);
  return (
    <>
      <PhotoForm id={PHOTOS} back={here} seat={door} token={token} />
      <CommandForm
        name={command}
        back={here}
        next={`${page}/{subject}?ok=${command}`}
        fixed={{ merchantId }}
        form={form}
        token={token}
        className="deed-form"
        label="记一项激励"
      >
        <EvidencePart
          label="文件照片"
          hint="决定、协议、收据拍一张。只有这家店和村镇干部看得到。"
          photos={photos}
          most={1}
          here={here}
          formId={PHOTOS}
          seat={door}
          form={form}
        />
        <ChoiceField
          name="kind"
          label="是哪一种"
          options={INCENTIVE_KINDS.map((kind) => ({
            value: kind,
            label: KIND_WORDS[kind].name,
            note: KIND_WORDS[kind].note,
          }))}
          form={form}
        />
        <TextField
          name="title"
          label="叫什么"
          hint="荣誉必填，印在证书上，比如“诚信商户”。"
          optional
          maxLength={INCENTIVE_TITLE_MOST}
          autoComplete="off"
          form={form}
        />
        <NumberField
          name="amount"
          label="金额"
          hint="减租、减税、补贴才填，一共多少元。"
          unit="元"
          decimals
          optional
          maxLength={11}
          form={form}
        />
        <DateField name="fromDay" label="从哪天起" defaultValue={today} form={form} />
        <DateField name="untilDay" label="到哪天为止" hint="当天还算。不填就是长期。" optional form={form} />
        <TextAreaField
          name="note"
          label="说明"
          hint="只有这家店和村镇干部看得到。"
          optional
          maxLength={INCENTIVE_NOTE_MOST}
          form={form}
        />
        <div className="form-act">
          <Button kind="primary" wide>
            记下
          </Button>
        </div>
      </CommandForm>
    </>
  );
}
