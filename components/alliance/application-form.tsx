import { Button } from '@/components/ui/button';
import { CheckField } from '@/components/ui/choice-field';
import { FieldError, SelectField, TextField } from '@/components/ui/field';
import { type FormReturn, fieldError } from '@/components/ui/form-return';
import { Refusal } from '@/components/ui/message';
import {
  ADDRESS_MOST,
  HOURS_MOST,
  KIND_MOST,
  MERCHANT_NAME_MOST,
  PERSON_NAME_MOST,
} from '@/lib/alliance/merchant/schema';
import { newId } from '@/lib/platform/ids';
import { ShrunkFile } from './shrunk-file';

/** What a shopkeeper fills in to join, with a picture of the front in the same form. Works without JavaScript. */
export function ApplicationForm({
  townships,
  form,
  token,
}: {
  townships: { id: string; name: string; districtName: string }[];
  form: FormReturn | null;
  token: string;
}) {
  const several = new Set(townships.map((one) => one.districtName)).size > 1;
  const aboutPhoto = form?.refusal.code.startsWith('PHOTO');
  const photoError = aboutPhoto
    ? `${form?.refusal.sentence}${form?.refusal.next}`
    : fieldError(form, 'photo');
  return (
    <form method="post" action="/api/shop-applications" encType="multipart/form-data" aria-label="申请入盟">
      <input type="hidden" name="_id" value={newId()} />
      <input type="hidden" name="_token" value={token} />
      {form ? <Refusal refusal={form.refusal} /> : null}
      <TextField
        name="name"
        label="店名"
        hint="招牌上怎么写就怎么填。"
        maxLength={MERCHANT_NAME_MOST}
        form={form}
      />
      <TextField
        name="kind"
        label="做哪一行"
        hint="比如：日用百货、小吃、理发、修电器。"
        maxLength={KIND_MOST}
        form={form}
      />
      <SelectField
        name="townshipId"
        label="店在哪个镇、街道"
        empty="请选择"
        options={townships.map((one) => ({
          value: one.id,
          label: several ? `${one.districtName} ${one.name}` : one.name,
        }))}
        form={form}
      />
      <TextField name="address" label="地址" hint="比如：老街 18 号。" maxLength={ADDRESS_MOST} form={form} />
      <TextField
        name="openingHours"
        label="什么时候开门"
        hint="比如：7:30—20:00，赶场天全天。"
        maxLength={HOURS_MOST}
        form={form}
        optional
      />
      <TextField
        name="contactName"
        label="店主姓名"
        maxLength={PERSON_NAME_MOST}
        autoComplete="name"
        form={form}
      />
      <TextField
        name="contactPhone"
        label="店主手机号"
        hint="镇上打这个号码找您；通过以后，用它登录。别人看不到。"
        type="tel"
        inputMode="tel"
        autoComplete="tel"
        form={form}
      />
      <div className="field">
        <label className="field-label" htmlFor="f-photo">
          门头照片<small>选填</small>
        </label>
        <div className="field-hint" id="f-photo-hint">
          站在街上拍一张，看得见招牌。不要拍到人脸。
          {form ? '刚才选的照片要重新选一次。' : ''}
        </div>
        <ShrunkFile
          id="f-photo"
          name="photo"
          describedBy={photoError ? 'f-photo-hint f-photo-error' : 'f-photo-hint'}
        />
        <FieldError id="f-photo-error" error={photoError} />
      </div>
      <CheckField
        name="isCharity"
        label="我们是公益组织"
        hint="只提供便民服务和志愿服务，不卖东西，村里也不付钱。"
        form={form}
      />
      <div className="form-act">
        <Button kind="primary" wide>
          交申请
        </Button>
      </div>
    </form>
  );
}
