import type { ReactNode } from 'react';
import { frameOf } from '@/app/frame-facts';
import { DeskFrame } from '@/components/frame/office-frames';
import { requireSeat } from '@/lib/auth/actor';
import { countWaiting } from '@/lib/deeds/waiting/reads';
import { db } from '@/lib/platform/db';

/** The village office's pages. */
export default async function DeskLayout({ children }: { children: ReactNode }) {
  const actor = await requireSeat('desk');
  const [facts, waiting] = await Promise.all([
    frameOf(actor, 'desk'),
    countWaiting(db(), actor.desk.villageId),
  ]);
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
        { href: '/desk/people', label: '户和人' },
        { href: '/desk/rulebook', label: '积分细则' },
        { href: `${village}/ranking`, label: '排行' },
        { href: `${village}/ledger`, label: '台账' },
        { href: '/desk/log', label: '操作记录' },
        { href: '/account', label: '我的账号' },
      ]}
    >
      {children}
    </DeskFrame>
  );
}
