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

/** Addresses of a photo's two sizes. */
export function photoAddress(id: string, size: 'small' | 'large'): string {
  return `/api/photos/${id}?size=${size}`;
}
