import { FieldError } from '@/components/ui/field';
import type { FormReturn } from '@/components/ui/form-return';
import { photoAddress } from '@/lib/photos/types';
import type { PhotoRule } from '@/lib/rulebook/types';

const LABELS: Record<PhotoRule, string> = { REQUIRED: '拍照片', OPTIONAL: '拍照片', NONE: '拍照片' };
const HINTS: Record<PhotoRule, string> = {
  REQUIRED: '这一项要有现场照片，拍清楚做了什么就行，不用拍到人脸',
  OPTIONAL: '有照片核得快，拍清楚做了什么就行，不用拍到人脸',
  NONE: '这一项不用照片，有也可以放',
};

/** The photos of the deed form. */
export function PhotoPart({
  rule,
  photos,
  here,
  token,
  error,
  refusal,
}: {
  rule: PhotoRule;
  photos: string[];
  here: string;
  token: string;
  error: string | undefined;
  refusal: FormReturn | null;
}) {
  return (
    <fieldset className="field" id="f-photos">
      <legend className="field-label">{LABELS[rule]}</legend>
      <div className="field-hint">{HINTS[rule]}</div>
      {photos.map((id) => (
        <span key={id}>
          <input type="hidden" name="photos[]" value={id} />
          <img src={photoAddress(id, 'small')} alt="" />
        </span>
      ))}
      <FieldError id="f-photos-error" error={error ?? refusal?.refusal.sentence} />
      <input type="hidden" form="none" value={here + token} />
    </fieldset>
  );
}
