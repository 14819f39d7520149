import { PhotoInput } from '@/components/photos/photo-input';
import { FieldError } from '@/components/ui/field';
import type { FormReturn } from '@/components/ui/form-return';
import { PHOTOS_MOST } from '@/lib/deeds/schema';
import type { PhotoDoor } from '@/lib/photos/types';
import type { PhotoRule } from '@/lib/rulebook/types';

const HINTS: Record<PhotoRule, string> = {
  REQUIRED: '这一项要有现场照片。拍清楚做了什么就行，不用拍到人脸',
  OPTIONAL: '有照片核得快。拍清楚做了什么就行，不用拍到人脸',
  NONE: '这一项不用照片，有也可以放',
};

/** The photos of a deed's form, the household's or the office's; `formId` is the PhotoForm beside it. */
export function PhotoPart({
  rule,
  photos,
  here,
  formId,
  seat,
  error,
  refusal,
}: {
  rule: PhotoRule;
  photos: string[];
  /** this page's address, with the photos in it */
  here: string;
  formId: string;
  seat: PhotoDoor;
  error: string | undefined;
  /** why a photo that was just sent was not taken */
  refusal: FormReturn | null;
}) {
  const said = error ?? (refusal ? `${refusal.refusal.sentence}${refusal.refusal.next}` : undefined);
  return (
    <fieldset className="field" id="f-photos" aria-describedby={said ? 'f-photos-error' : undefined}>
      <legend className="field-label">照片{rule === 'REQUIRED' ? null : <small>选填</small>}</legend>
      <div className="field-hint">{HINTS[rule]}</div>
      <PhotoInput photos={photos} most={PHOTOS_MOST} seat={seat} formId={formId} here={here} />
      <FieldError id="f-photos-error" error={said} />
    </fieldset>
  );
}
