import { FieldError } from '@/components/ui/field';
import type { FormReturn } from '@/components/ui/form-return';
import { enteredList, fieldError } from '@/components/ui/form-return';
import type { PhotoDoor } from '@/lib/photos/types';
import { isId } from '@/lib/platform/ids';
import { PhotoInput } from './photo-input';

const PHOTOS_MOST = 6;

/**
 * The photos of any form that takes some; `formId` is the PhotoForm beside it. A refusal about photos is shown here,
 * whether it came when a photo was sent or when the whole form was.
 */
export function EvidencePart({
  label = '照片',
  hint,
  required,
  photos,
  here,
  formId,
  seat,
  most = PHOTOS_MOST,
  form,
}: {
  label?: string;
  hint: string;
  required?: boolean;
  photos: string[];
  /** this page's address, with the photos in it */
  here: string;
  formId: string;
  seat: PhotoDoor;
  /** how many at most; six unless told */
  most?: number;
  form: FormReturn | null;
}) {
  const aboutPhotos = form?.refusal.code.startsWith('PHOTO') || form?.refusal.field === 'photo';
  const said =
    fieldError(form, 'photos') ??
    (aboutPhotos && form ? `${form.refusal.sentence}${form.refusal.next}` : undefined);
  // a form that comes back refused brings its photos along
  const shown = [...new Set([...photos, ...(enteredList(form, 'photos') ?? []).filter(isId)])].slice(0, most);
  return (
    <fieldset className="field" id="f-photos" aria-describedby={said ? 'f-photos-error' : undefined}>
      <legend className="field-label">
        {label}
        {required ? null : <small>选填</small>}
      </legend>
      <div className="field-hint">{hint}</div>
      <PhotoInput photos={shown} most={most} seat={seat} formId={formId} here={here} />
      <FieldError id="f-photos-error" error={said} />
    </fieldset>
  );
}
