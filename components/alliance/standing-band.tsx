import { Message } from '@/components/ui/message';
import type { MerchantStanding } from '@/lib/alliance/merchant/types';

/** What its people must know of a shop before anything else: that it is suspended or gone. Nothing when all is well. */
export function StandingBand({ standing }: { standing: MerchantStanding }) {
  if (standing.state === 'SUSPENDED') {
    return (
      <Message tone="look" title={`${standing.townshipName}暂停了本店收积分。`}>
        {`原因：${standing.why}。已经收下的照样结算；协议和兑换品都还在，恢复以后接着用。有话请找${standing.townshipName}说。`}
      </Message>
    );
  }
  if (standing.state === 'LEFT') {
    return (
      <Message tone="plain" title="本店已经退出商社联盟。">
        以前的协议和结算单都还能看，不能再收积分。
      </Message>
    );
  }
  return null;
}
