import type { ReactNode } from 'react';
import { frameOf } from '@/app/frame-facts';
import { DeskFrame } from '@/components/frame/office-frames';
import { FormPlace } from '@/components/ui/form-place';
import { requireSeat } from '@/lib/auth/actor';
import { hasDeskRole } from '@/lib/auth/seats';
import { countTasks } from '@/lib/deductions/queue/reads';
import { countWaiting } from '@/lib/deeds/waiting/reads';
import { countDeskLists } from '@/lib/lists/desk/reads';
import { countOpen } from '@/lib/objections/reads';
import { dayOf, now } from '@/lib/platform/clock';
import { db } from '@/lib/platform/db';

/** The village office's pages. Their forms say of which village: another tab may have gone on to another desk. */
export default async function DeskLayout({ children }: { children: ReactNode }) {
  const actor = await requireSeat('desk');
  const { villageId } = actor.desk;
  const today = dayOf(now());
  const [facts, waiting, deductions, objections, lists] = await Promise.all([
    frameOf(actor, 'desk'),
    countWaiting(db(), villageId),
    countTasks(db(), villageId, today),
    countOpen(db(), villageId, today),
    countDeskLists(db(), villageId),
  ]);
  // what somebody of the office has to do; days that run are nobody's task
  const { WAIT: _wait, ANSWERING: _answering, NONE: _none, ...toDo } = deductions;
  const listsWaiting =
    (hasDeskRole(actor, 'SUPERVISOR') ? lists.drafts : 0) +
    (hasDeskRole(actor, 'SECRETARY') ? lists.checked : 0);
  const village = `/v/${facts.villageCode}`;
  return (
    <DeskFrame
      {...facts}
      width={facts.current.startsWith('/desk/deeds') ? 'bleed' : 'wide'}
      nav={[
        { href: '/desk', label: '今天' },
        { href: '/desk/deeds', label: '核实善行', count: waiting.deeds },
        { href: '/desk/events', label: '活动' },
        { href: '/desk/log-deed', label: '代村民记' },
        {
          href: '/desk/deductions',
          label: '扣分',
          count: Object.values(toDo).reduce((sum, count) => sum + count, 0),
        },
        { href: '/desk/objections', label: '异议', count: objections.open },
        { href: '/desk/people', label: '户和人' },
        { href: '/desk/lists', label: '红黑榜', count: listsWaiting },
        { href: '/desk/periods', label: '结算期' },
        { href: '/desk/rewards', label: '奖励' },
        { href: '/desk/alliance', label: '商社联盟' },
        { href: '/desk/rulebook', label: '积分细则' },
        { href: `${village}/ranking`, label: '排行' },
        { href: `${village}/ledger`, label: '台账' },
        { href: '/desk/log', label: '操作记录' },
        { href: '/account', label: '我的账号' },
      ]}
    >
      <FormPlace fields={{ _desk: villageId }}>{children}</FormPlace>
    </DeskFrame>
  );
}
