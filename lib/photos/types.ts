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

/** An earlier photo of the same scene, and the deed it proved. */
export interface SeenBefore {
  photoId: string;
  earlierPhotoId: string;
  deedId: string;
  /** the deed's business day */
  deedOn: Date;
  householdId: string;
  householdCode: string;
  itemName: string;
  /** bits of 64 in which the two differ; 0 is the same picture */
  distance: number;
}

/** Addresses of a photo's two sizes. */
export function photoAddress(id: string, size: 'small' | 'large'): string {
  return `/api/photos/${id}?size=${size}`;
}
