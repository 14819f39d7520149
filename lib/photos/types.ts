/** A photo as the verifier sees it listed: where its two sizes are, and when it was taken. */
export interface PhotoView {
  id: string;
  /** of the large size, in pixels */
  width: number;
  height: number;
  takenAt: Date | null;
  /** the phone said when it was taken; the file itself no longer could */
  takenClaimed: boolean;
  uploadedAt: Date;
}

/** Where photos are sent and shown: as evidence of a household or an office, or at another address. */
export type PhotoDoor = 'resident' | 'desk' | { upload: string; shown: string };

/** Address to which a door's photos are sent. */
export function uploadAddress(door: PhotoDoor): string {
  return typeof door === 'string' ? `/api/photos?seat=${door}` : door.upload;
}

/** Addresses of a photo's two sizes. */
export function photoAddress(id: string, size: 'small' | 'large', door: PhotoDoor = 'resident'): string {
  return `${typeof door === 'string' ? '/api/photos' : door.shown}/${id}?size=${size}`;
}
