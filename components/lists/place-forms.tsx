import { PhotoForm } from '@/components/photos/photo-form';
import { PhotoInput } from '@/components/photos/photo-input';
import { Button, LinkButton } from '@/components/ui/button';
import { ChoiceField } from '@/components/ui/choice-field';
import { CommandForm } from '@/components/ui/command-form';
import { Disclosure } from '@/components/ui/disclosure';
import { DateField, FieldError, SelectField, TextAreaField, TextField } from '@/components/ui/field';
import { type FormReturn, fieldError } from '@/components/ui/form-return';
import {
  CHECK_NOTE_MOST,
  CHECK_PHOTOS_MOST,
  KEEPER_MOST,
  PLACE_NAME_MOST,
  VOID_REASON_MOST,
} from '@/lib/lists/place/schema';
import {
  PLACE_KIND_NAMES,
  PLACE_SCALE,
  type PlaceCheckView,
  type PlaceKind,
  type PlaceView,
  sayStep,
} from '@/lib/lists/place/types';
import { type Day, sayDay } from '@/lib/platform/clock';

/** One inspection: where, when, which step of the scale, with photos if there are any. */
export function CheckForm({
  places,
  today,
  photos,
  token,
  form,
}: {
  places: PlaceView[];
  today: Day;
  photos: string[];
  token: string;
  form: FormReturn | null;
}) {
  const here = `/desk/places${photos.length > 0 ? `?${photos.map((photo) => `photo=${photo}`).join('&')}` : ''}`;
  const mine = form && 'score' in form.entered ? form : null;
  // Refused before the form was sent: a photo.
  const early =
    form && !mine && !['name', 'placeId', 'checkId'].some((one) => one in form.entered) ? form : null;
  const said =
    fieldError(mine, 'photos') ?? (early ? `${early.refusal.sentence}${early.refusal.next}` : undefined);
  return (
    <>
      <PhotoForm id="check-photos" back={here} seat="desk" token={token} />
      <CommandForm
        name="record-place-check"
        back={here}
        next="/desk/places?ok=record-place-check"
        token={token}
        form={mine}
        className="place-form"
      >
        <SelectField
          name="placeId"
          label="哪个地段"
          empty="请选"
          options={places.map((place) => ({ value: place.id, label: place.name }))}
          form={mine}
        />
        <DateField name="checkedOn" label="哪天看的" defaultValue={today} max={today} form={mine} />
        <SelectField
          name="score"
          label="看到的样子"
          hint="按最接近的一档选"
          empty="请选"
          options={PLACE_SCALE.map((step) => ({
            value: String(step.score),
            label: `${step.score} 分 ${step.words}`,
          }))}
          form={mine}
        />
        <TextField name="note" label="说明" optional maxLength={CHECK_NOTE_MOST} form={mine} />
        <fieldset className="field" id="f-photos" aria-describedby={said ? 'f-photos-error' : undefined}>
          <legend className="field-label">
            照片<small>选填</small>
          </legend>
          <div className="field-hint">拍清楚路面、河面就行，不要拍到人。只有村里办事的人看得到</div>
          <PhotoInput
            photos={photos}
            most={CHECK_PHOTOS_MOST}
            seat="desk"
            formId="check-photos"
            here={here}
          />
          <FieldError id="f-photos-error" error={said} />
        </fieldset>
        <Button kind="primary">记下这次检查</Button>
      </CommandForm>
    </>
  );
}

/** Voiding an inspection that someone else recorded wrongly: which one, what follows, and why. */
export function VoidForm({
  place,
  check,
  today,
  token,
  form,
}: {
  place: PlaceView;
  check: PlaceCheckView;
  today: Day;
  token: string;
  form: FormReturn | null;
}) {
  return (
    <CommandForm
      name="void-place-check"
      back={`/desk/places?void=${check.id}`}
      next="/desk/places?ok=void-place-check"
      fixed={{ checkId: check.id }}
      token={token}
      form={form}
      className="place-form"
      label="作废一次检查"
    >
      <p className="form-lead">
        {place.name}，{sayDay(check.checkedOn, today)}，<b>{check.score} 分</b>{' '}
        {check.note || sayStep(check.score)}（{check.checkedBy}记的）
      </p>
      <p className="form-lead field-hint">
        作废以后留着给人看，打上横线，不再算分。靠它上榜的地段跟着改：正在公布的榜重新算，还没审核的草稿要重新起草。
      </p>
      <TextAreaField
        name="reason"
        label="为什么作废"
        hint="比如“记到别的路段上了”"
        rows={2}
        maxLength={VOID_REASON_MOST}
        form={form}
      />
      <p className="acts">
        <Button kind="danger">作废这次检查</Button>
        <LinkButton href="/desk/places">不作废，回去</LinkButton>
      </p>
    </CommandForm>
  );
}

/** A new place. */
export function AddPlacePart({ token, form }: { token: string; form: FormReturn | null }) {
  const mine = form && 'name' in form.entered ? form : null;
  return (
    <Disclosure title="登记一个地段" open={mine !== null}>
      <CommandForm
        name="add-place"
        back="/desk/places"
        next="/desk/places?ok=add-place"
        token={token}
        form={mine}
      >
        <ChoiceField
          name="kind"
          label="是哪一类"
          inline
          defaultValue="ROAD"
          options={(Object.keys(PLACE_KIND_NAMES) as PlaceKind[]).map((kind) => ({
            value: kind,
            label: PLACE_KIND_NAMES[kind],
          }))}
          form={mine}
        />
        <TextField
          name="name"
          label="叫什么"
          hint="从哪里到哪里，比如“桥头到老井”"
          maxLength={PLACE_NAME_MOST}
          form={mine}
        />
        <TextField
          name="keeper"
          label="谁管"
          hint="写小组或者岗位，不写人名，比如“一组”“公益性岗位”"
          optional
          maxLength={KEEPER_MOST}
          form={mine}
        />
        <Button>登记</Button>
      </CommandForm>
    </Disclosure>
  );
}
