import { PlaceFields } from '@/components/ui/form-place';
import { type PhotoDoor, uploadAddress } from '@/lib/photos/types';
import { newId } from '@/lib/platform/ids';

/**
 * The form that takes photos in without JavaScript. It stands beside the form they belong to (forms don't nest); its
 * controls, drawn by `PhotoInput`, name it by `id`. Leads back to `back` with `photo=<id>…`, or with the refusal.
 */
export function PhotoForm({
  id,
  back,
  token,
  seat,
}: {
  id: string;
  back: string;
  token: string;
  /** whose photos they are: the household's, the office's, or where else they go */
  seat: PhotoDoor;
}) {
  return (
    <form id={id} method="post" action={uploadAddress(seat)} encType="multipart/form-data">
      <input type="hidden" name="_id" value={newId()} />
      <input type="hidden" name="_back" value={back} />
      <input type="hidden" name="_token" value={token} />
      <PlaceFields />
    </form>
  );
}
