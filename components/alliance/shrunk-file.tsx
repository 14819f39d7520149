'use client';

import { preparePhoto } from '@/lib/photos/shrink';

/** A file field of a plain form; with JavaScript the chosen photo is made small before it is sent. */
export function ShrunkFile({ id, name, describedBy }: { id: string; name: string; describedBy: string }) {
  const shrink = async (input: HTMLInputElement) => {
    const [file] = input.files ?? [];
    if (!file) return;
    try {
      const { blob } = await preparePhoto(file);
      // Chosen again meanwhile, or already small.
      if (input.files?.[0] !== file || blob === file) return;
      const chosen = new DataTransfer();
      chosen.items.add(new File([blob], 'photo.jpg', { type: 'image/jpeg' }));
      input.files = chosen.files;
    } catch {
      // goes as it is
    }
  };
  return (
    <input
      type="file"
      id={id}
      name={name}
      accept="image/jpeg,image/png,image/webp"
      aria-describedby={describedBy}
      className="input"
      onChange={(event) => void shrink(event.currentTarget)}
    />
  );
}
