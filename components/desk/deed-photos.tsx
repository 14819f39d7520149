import { Icon } from '@/components/ui/icon';
import { TAKEN_BEFORE_DAYS } from '@/lib/deeds/queue/rules';
import type { PhotoEvidence } from '@/lib/deeds/review/types';
import { photoAddress } from '@/lib/photos/types';
import type { Day } from '@/lib/platform/clock';
import type { PhotoRule } from '@/lib/rulebook/types';
import { sayMoment } from './words';

/** When a photo was taken, as far as it says. */
function sayTaken(photo: PhotoEvidence, today: Day): { text: string; odd: boolean } {
  if (!photo.takenAt) return { text: '不知何时拍的', odd: false };
  const days = photo.daysBefore ?? 0;
  const odd = days > TAKEN_BEFORE_DAYS || days < 0;
  const claimed = photo.takenClaimed ? '（手机报的）' : '';
  return { text: `拍于${sayMoment(photo.takenAt, today)}${claimed}`, odd };
}

/**
 * The photos of a deed, one at a time, as large as there is room; a tap opens the file itself. Swiping, the arrows and
 * the links turn them; `id` keeps two strips on one page apart.
 */
export function DeedPhotos({
  photos,
  today,
  about,
  rule,
  lazy,
}: {
  photos: PhotoEvidence[];
  today: Day;
  /** what is on them, for those who don't see */
  about: string;
  rule: PhotoRule;
  /** the strip may never be seen: load only when it is */
  lazy?: boolean;
}) {
  if (photos.length === 0) {
    return (
      <div className="shots-none">
        <Icon name="photo" />
        <p>{rule === 'NONE' ? '这个项目不用照片，看别的凭证' : '没有附照片，看别的凭证'}</p>
      </div>
    );
  }
  const many = photos.length > 1;
  return (
    <div className="shots">
      <section
        className="shots-strip"
        aria-label={`照片 ${photos.length} 张`}
        tabIndex={many ? 0 : undefined}
      >
        {photos.map((photo, index) => {
          const taken = sayTaken(photo, today);
          return (
            <figure className="shot" id={`photo-${index + 1}`} key={photo.id}>
              <a className="shot-open" href={photoAddress(photo.id, 'large')} target="_blank" rel="noopener">
                <img
                  src={photoAddress(photo.id, 'large')}
                  alt={`${about}，第 ${index + 1} 张，共 ${photos.length} 张`}
                  width={photo.width}
                  height={photo.height}
                  loading={lazy || index > 0 ? 'lazy' : 'eager'}
                  decoding="async"
                />
              </a>
              <figcaption>
                {many ? `${index + 1} / ${photos.length} · ` : null}
                {taken.odd ? <b>{taken.text}</b> : taken.text}
              </figcaption>
              {many ? (
                <span className="shot-steps">
                  {index > 0 ? (
                    <a href={`#photo-${index}`}>
                      <Icon name="left" label="上一张照片" />
                    </a>
                  ) : null}
                  {index + 1 < photos.length ? (
                    <a href={`#photo-${index + 2}`}>
                      <Icon name="right" label="下一张照片" />
                    </a>
                  ) : null}
                </span>
              ) : null}
            </figure>
          );
        })}
      </section>
    </div>
  );
}
