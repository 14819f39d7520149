import sharp from 'sharp';
import { dayOf, timeOf } from '@/lib/platform/clock';
import type { Random } from './random';
import { drawScene, type SceneKind } from './scenes';

// Photos as a phone writes them: JPEG with camera, time and place in their metadata, which the program must read the
// time from and then drop.

/** Which scene shows an item; the rest is shown in the yard. */
const SCENES: readonly (readonly [RegExp, readonly SceneKind[]])[] = [
  [/^PUBLIC_CLEAN-01/, ['road']],
  [/^PUBLIC_CLEAN-02/, ['square']],
  [/^PUBLIC_CLEAN-03/, ['river']],
  [/^(WASTE|FIVE_CLEAN-01)/, ['bins', 'road', 'field']],
  [/^FIVE_CLEAN/, ['yard', 'field', 'river']],
  [/^(CIVIC|LEARNING|CUSTOMS)/, ['hall']],
  [/^(VOLUNTEER|FAMILY)/, ['visit', 'square']],
  [/^SAFETY/, ['night', 'road']],
  [/^AGRI_ECO-02/, ['trees']],
  [/^(AGRI_ECO|STUDY_TOUR)/, ['field']],
  [/^PUBLIC_GOOD/, ['road', 'square']],
];

export interface PhotoWanted {
  itemCode: string;
  takenAt: Date;
  /** compressed again, as a photo that went round in a chat group */
  worn?: boolean;
}

/** Draws the photo of an item. */
export async function takePhoto(wanted: PhotoWanted, random: Random): Promise<Buffer> {
  const kinds = SCENES.find(([pattern]) => pattern.test(wanted.itemCode))?.[1] ?? (['yard'] as const);
  const scene = drawScene(random.pick(kinds), random);
  return withCamera(Buffer.from(scene.svg), wanted, random);
}

/** Gives a picture the metadata of a phone that took it. */
async function withCamera(picture: Buffer, { takenAt, worn }: PhotoWanted, random: Random): Promise<Buffer> {
  const stamp = `${dayOf(takenAt).replaceAll('-', ':')} ${timeOf(takenAt)}:${String(random.whole(0, 59)).padStart(2, '0')}`;
  // Somewhere in the fictional district; it must never be seen again.
  const seconds = random.whole(0, 5999);
  return sharp(picture)
    .jpeg({ quality: worn ? 62 : 84 })
    .withExif({
      IFD0: {
        Make: 'Demo',
        Model: random.pick(['Phone A1', 'Phone B2', 'Phone C3']),
        Software: 'Camera 3.1',
        DateTime: stamp,
      },
      IFD2: { DateTimeOriginal: stamp, OffsetTimeOriginal: '+08:00' },
      IFD3: {
        GPSLatitudeRef: 'N',
        GPSLatitude: `30/1 12/1 ${seconds}/100`,
        GPSLongitudeRef: 'E',
        GPSLongitude: `105/1 6/1 ${seconds}/100`,
      },
    })
    .toBuffer();
}
