import { PhotoForm } from '@/components/photos/photo-form';
import { PhotoInput } from '@/components/photos/photo-input';
import { Button } from '@/components/ui/button';
import { ChoiceField } from '@/components/ui/choice-field';
import { CommandForm } from '@/components/ui/command-form';
import { Disclosure } from '@/components/ui/disclosure';
import { DateField, FieldError, SelectField, TextField } from '@/components/ui/field';
import { type FormReturn, fieldError } from '@/components/ui/form-return';
import { CHECK_NOTE_MOST, CHECK_PHOTOS_MOST, KEEPER_MOST, PLACE_NAME_MOST } from '@/lib/lists/place/schema';
import { PLACE_KIND_NAMES, PLACE_SCALE, type PlaceKind, type PlaceView } from '@/lib/lists/place/types';
import type { Day } from '@/lib/platform/clock';

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
  const early = form && !mine && !('name' in form.entered) && !('placeId' in form.entered) ? form : null;
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
