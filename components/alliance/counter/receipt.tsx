import type { ReactNode } from 'react';
import { Icon } from '@/components/ui/icon';

/**
 * What both phones show of a redemption, readable at arm's length: points, what for, what became of it, and the four
 * digits to compare.
 */
export function Receipt({
  who,
  points,
  what,
  verdict,
  tone = 'done',
  receipt,
  notes = [],
}: {
  /** the shop, or the household's code */
  who: ReactNode;
  points: number;
  what: string;
  /** 收到了, 付好了, 撤销了 */
  verdict: string;
  tone?: 'done' | 'wait' | 'off';
  receipt: string;
  /** sentences below it; what is empty is left out */
  notes?: (string | false | undefined)[];
}) {
  const said = notes.filter((one): one is string => Boolean(one));
  return (
    <div className="receipt">
      <p className="receipt-who">{who}</p>
      <p className="receipt-points">
        <b>{points}</b> 分
      </p>
      <p className="receipt-what">{what}</p>
      <p className={`receipt-verdict receipt-${tone}`}>
        <Icon name={tone === 'done' ? 'check' : tone === 'wait' ? 'clock' : 'off'} />
        {verdict}
      </p>
      {receipt ? (
        <p className="receipt-number">
          <span>尾号，两边要一样</span>
          <b>{receipt}</b>
        </p>
      ) : null}
      {said.length > 0 ? (
        <div className="receipt-note">
          {said.map((one) => (
            <p key={one}>{one}</p>
          ))}
        </div>
      ) : null}
    </div>
  );
}
