import { LinkButton } from '@/components/ui/button';
import { Message } from '@/components/ui/message';
import type { ShopStanding } from '@/lib/alliance/statistics/types';

/** What an admitted shop has yet to do before it takes points; nothing where it takes some and nothing waits. */
export function TermsMessage({ standing }: { standing: ShopStanding }) {
  const { state, villages, offered } = standing;
  // of one that is suspended or gone the frame says so
  if (state !== 'ADMITTED') return null;
  if (offered.length > 0) {
    return (
      <Message tone="look" title={`${offered.join('、')}发来了协议，等您看`}>
        <p>看清楚怎么结算、一次最多收多少，同意了才开始收积分。</p>
        <LinkButton kind="outline" href="/shop/terms">
          看协议
        </LinkButton>
      </Message>
    );
  }
  if (villages.length === 0) {
    return (
      <Message tone="look" title="还没有和村里签协议，收不了积分">
        请找附近的村委会。村书记在系统里发出协议，您在这里点同意就行。
      </Message>
    );
  }
  return null;
}
