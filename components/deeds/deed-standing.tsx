import { Message } from '@/components/ui/message';
import type { DeedDetail } from '@/lib/deeds/own/types';

/** Where a deed stands, in one message: what that means for the household and what it can do. */
export function DeedStanding({ deed }: { deed: DeedDetail }) {
  switch (deed.state) {
    case 'SUBMITTED':
      return (
        <Message tone="look" title="等核实">
          核分员看过就记分，通过后按细则记 {deed.asked} 分。您不用再做什么。
        </Message>
      );
    case 'AWAITING_SECOND':
      return (
        <Message tone="look" title="等第二位核分员">
          一位核分员已经看过。这一件分值高，要两个人核实，您不用再做什么。
        </Message>
      );
    case 'APPROVED':
      return (
        <Message tone="done" title={`通过了，荣誉分 +${deed.honour ?? 0}，可兑积分 +${deed.spendable ?? 0}`}>
          {deed.capSays ? `${deed.capSays}。` : '已经记进全村台账。'}
        </Message>
      );
    case 'RETURNED':
      return (
        <Message tone="stop" title={`退回了：${deed.reason}`}>
          一分没扣。照着原因补好，点下面的“再报一次”，填过的都在。
        </Message>
      );
    case 'WITHDRAWN':
      return <Message title="撤回了">核分员不再看这一件。想再报，点下面的“再报一次”，填过的都在。</Message>;
  }
}
