import { classNames } from './class-names';

/**
 * A bar of `value` out of `max` (both not negative). Decoration: the number must stand beside it as text. Drawn as
 * SVG because a width in a style attribute would need a hole in the content security policy.
 */
export function Bar({
  value,
  max,
  tone = 'red',
}: {
  value: number;
  max: number;
  tone?: 'red' | 'pine' | 'ink';
}) {
  const share = max > 0 ? Math.min(100, Math.max(0, (value / max) * 100)) : 0;
  return (
    <svg className={classNames('bar', `bar-${tone}`)} aria-hidden="true" focusable="false">
      <rect className="bar-ground" width="100%" height="100%" />
      <rect className="bar-value" width={`${Math.round(share * 10) / 10}%`} height="100%" />
    </svg>
  );
}
