import { STARS_MOST, sayStars } from '@/lib/rewards/star/rules';

const STAR = 'M12 2.6l2.8 6.3 6.8.7-5.1 4.6 1.5 6.7-6-3.5-6 3.5 1.5-6.7L2.4 9.6l6.8-.7z';

/** Stars as a picture beside their word: filled for those reached, outlined for the rest. */
export function Stars({ stars, word = true }: { stars: number; word?: boolean }) {
  return (
    <span className="stars">
      <svg viewBox={`0 0 ${STARS_MOST * 24} 24`} aria-hidden="true" focusable="false">
        {Array.from({ length: STARS_MOST }, (_, index) => (
          <path
            // Five places, always the same.
            key={String(index)}
            className={index < stars ? 'star-reached' : 'star-open'}
            transform={`translate(${index * 24} 0)`}
            d={STAR}
          />
        ))}
      </svg>
      {word ? <b>{sayStars(stars)}</b> : <span className="said">{sayStars(stars)}</span>}
    </span>
  );
}
