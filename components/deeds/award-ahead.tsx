'use client';

import { useEffect, useRef, useState } from 'react';
import { PERIOD_NOW, sayAwardAhead } from '@/lib/deeds/shelf/rules';

type Policy = Parameters<typeof sayAwardAhead>[2];

/**
 * What the deed would give and what the cap leaves; follows quantity, step and person where there is JavaScript, and
 * stands for the first choice where there is none.
 */
export function AwardAhead({
  points,
  steps,
  cap,
  per,
  policy,
  used,
  first,
}: {
  /** a unit */
  points: number;
  /** points of the scale's steps by id; empty without a scale */
  steps: Record<string, number>;
  cap: number;
  per: keyof typeof PERIOD_NOW;
  policy: Policy;
  /** of the cap, by resident; under '' the household's where that is what counts */
  used: Record<string, number>;
  /** what the form begins with */
  first: { who: string; quantity: number; step: string | null };
}) {
  const mark = useRef<HTMLParagraphElement>(null);
  const [now, setNow] = useState(first);

  useEffect(() => {
    const form = mark.current?.closest('form');
    if (!form) return;
    const follow = () => {
      const data = new FormData(form);
      const quantity = Number(String(data.get('quantity') ?? '1').normalize('NFKC'));
      setNow({
        who: String(data.get('residentId') ?? ''),
        quantity: Number.isInteger(quantity) && quantity > 0 ? quantity : 1,
        step: data.has('scaleStepId') ? String(data.get('scaleStepId')) : null,
      });
    };
    follow();
    form.addEventListener('input', follow);
    return () => form.removeEventListener('input', follow);
  }, []);

  const hasScale = Object.keys(steps).length > 0;
  const asked = hasScale ? (now.step ? (steps[now.step] ?? 0) : 0) : points * now.quantity;
  const left = cap - (used[now.who] ?? used[''] ?? 0);
  return (
    <p className="award-ahead" ref={mark} aria-live="polite">
      {hasScale && !now.step
        ? '选了是哪一级，就知道记多少分。'
        : `${sayAwardAhead({ asked, left }, PERIOD_NOW[per], policy)}。`}
    </p>
  );
}
