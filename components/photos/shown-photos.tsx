import { Photo, PhotoGrid } from '@/components/ui/photo';
import { type PhotoView, photoAddress } from '@/lib/photos/types';

/** Photos that prove something, as thumbnails that open. Nothing when there are none. */
export function ShownPhotos({ photos, what }: { photos: readonly PhotoView[] | undefined; what: string }) {
  if (!photos || photos.length === 0) return null;
  return (
    <PhotoGrid>
      {photos.map((photo, index) => (
        <Photo
          key={photo.id}
          src={photoAddress(photo.id, 'small')}
          large={photoAddress(photo.id, 'large')}
          alt={`${what}，第 ${index + 1} 张，点开看大图`}
        />
      ))}
    </PhotoGrid>
  );
}
