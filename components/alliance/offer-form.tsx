import { EvidencePart } from '@/components/photos/evidence-part';
import { ChecksField, ChoiceField } from '@/components/ui/choice-field';
import { DateField, NumberField, TextAreaField, TextField } from '@/components/ui/field';
import type { FormReturn } from '@/components/ui/form-return';
import { mayOffer } from '@/lib/alliance/offer/rules';
import { OFFER_NOTE_MOST, OFFER_TITLE_MOST } from '@/lib/alliance/offer/schema';
import { CATEGORIES, CATEGORY_NAMES, type OfferFacts, type ShopVillage } from '@/lib/alliance/offer/types';
import { shopPhotoDoor } from '@/lib/alliance/photo/types';

/** The fields of an offer, for a new one and for changing one; the form around them is its page's. */
export function OfferFields({
  merchantId,
  offer,
  isCharity,
  villages,
  chosen,
  photos,
  here,
  photoForm,
  today,
  form,
  isNew,
}: {
  merchantId: string;
  offer: OfferFacts | null;
  isCharity: boolean;
  villages: ShopVillage[];
  /** villages it stands in, or is to */
  chosen: string[];
  photos: string[];
  /** this page's address with the photos in it */
  here: string;
  /** id of the PhotoForm beside the form */
  photoForm: string;
  today: string;
  form: FormReturn | null;
  isNew: boolean;
}) {
  return (
    <>
      <EvidencePart
        label="照片"
        hint="拍清楚是什么，不要拍到人脸。"
        photos={photos}
        here={here}
        formId={photoForm}
        seat={shopPhotoDoor('OFFER', merchantId)}
        most={1}
        form={form}
      />
      <ChoiceField
        name="category"
        label="哪一类"
        options={CATEGORIES.filter((each) => mayOffer(each, isCharity)).map((each) => ({
          value: each,
          label: CATEGORY_NAMES[each],
        }))}
        defaultValue={offer?.category}
        form={form}
        inline
      />
      <TextField
        name="title"
        label="叫什么"
        hint="写上分量，比如“食用油一桶（5 升）”“理发一次”。"
        maxLength={OFFER_TITLE_MOST}
        defaultValue={offer?.title}
        autoComplete="off"
        form={form}
      />
      <NumberField
        name="points"
        label="收几分"
        unit="分"
        maxLength={6}
        defaultValue={offer?.points}
        form={form}
      />
      {isNew ? (
        <NumberField
          name="stock"
          label="一共几件"
          hint="每个村各这么多，兑完自动停。不填就是不限。"
          unit="件"
          maxLength={6}
          form={form}
          optional
        />
      ) : null}
      <NumberField
        name="perHouseholdMonth"
        label="每户每月最多几次"
        hint="不填就是不限。"
        unit="次"
        maxLength={4}
        defaultValue={offer?.perHouseholdMonth ?? ''}
        form={form}
        optional
      />
      <TextAreaField
        name="note"
        label="说明"
        hint="村民要知道的，比如“提前一天打招呼”。"
        maxLength={OFFER_NOTE_MOST}
        defaultValue={offer?.note}
        rows={2}
        form={form}
        optional
      />
      <DateField name="validFrom" label="从哪天开始" defaultValue={offer?.validFrom ?? today} form={form} />
      <DateField
        name="validUntil"
        label="到哪天为止"
        hint="当天还能兑。不填就一直有。"
        defaultValue={offer?.validUntil ?? ''}
        form={form}
        optional
      />
      {isNew || villages.length > chosen.length ? (
        <ChecksField
          name="villages"
          label={isNew ? '给哪几个村' : '再给哪几个村'}
          hint="只有协议生效的村。"
          optional={!isNew}
          options={(isNew ? villages : villages.filter((village) => !chosen.includes(village.id))).map(
            (village) => ({
              value: village.id,
              label: village.name,
            }),
          )}
          chosen={isNew ? chosen : []}
          form={form}
        />
      ) : null}
    </>
  );
}
