import { sayQuarter } from '@/lib/platform/clock';
import type { OwnHonours } from '@/lib/rewards/household/types';
import { Stars } from './stars';

/** On a household's home: its stars, plaques and vouchers in one line that leads to them; nothing where there are none. */
export function OwnHonoursLine({ honours }: { honours: OwnHonours }) {
  const { star, plaques, vouchers } = honours;
  if (!star && plaques === 0 && vouchers === 0) return null;
  return (
    <a className="cheer" href="/me/rewards">
      <span>
        {star ? (
          <>
            {sayQuarter(star.quarter)} <Stars stars={star.stars} />
          </>
        ) : (
          '我家的奖励'
        )}
      </span>
      <span>
        {[
          plaques > 0 ? '红榜之家' : '',
          vouchers > 0 ? `代金券 ${vouchers} 张` : '',
          plaques + vouchers === 0 ? '看奖励' : '',
        ]
          .filter(Boolean)
          .join('，')}
      </span>
    </a>
  );
}
