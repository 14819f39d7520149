import { LinkButton } from '@/components/ui/button';
import { Message } from '@/components/ui/message';
import type { ShopStanding } from '@/lib/alliance/statistics/types';

/** Why a shop takes no points now, and what to do about it; nothing where it does and nothing waits. */
export function StandingMessage({ standing, township }: { standing: ShopStanding; township: string }) {
  const { state, villages, offered } = standing;
  if (state === 'SUSPENDED') {
    return (
      <Message tone="stop" title="本店现在停收积分">
        {`${township}把本店停了一段时间。以前收的积分照样结算。问原因、要恢复，请找${township}。`}
      </Message>
    );
  }
  if (state === 'APPLIED') {
    return (
      <Message tone="look" title="入盟还没有批下来">
        {`${township}批了以后，村里会发协议过来。急的话可以去问一声。`}
      </Message>
    );
  }
  if (state === 'REJECTED' || state === 'LEFT') {
    return (
      <Message tone="look" title={state === 'LEFT' ? '本店已经退出商社联盟' : '入盟没有通过'}>
        {`以前的账还在，都能查。想再加入，请找${township}。`}
      </Message>
    );
  }
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
        请找附近的村委会，村书记在系统里发出协议，您在这里点同意就行。
      </Message>
    );
  }
  return null;
}
