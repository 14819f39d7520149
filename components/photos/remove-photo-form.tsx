import { Button } from '@/components/ui/button';
import { CommandForm } from '@/components/ui/command-form';

/** Deletes one's own photo that proves nothing any more, for good. */
export function RemovePhotoForm({
  photoId,
  place,
  back,
  token,
}: {
  photoId: string;
  /** which of the page's photos, from 1 */
  place: number;
  /** the page it is shown on */
  back: string;
  token: string;
}) {
  return (
    <CommandForm
      name="remove-photo"
      back={back}
      next={back}
      token={token}
      fixed={{ photoId }}
      label={`第 ${place} 张照片`}
    >
      <Button kind="danger">删掉第 {place} 张</Button>
    </CommandForm>
  );
}
