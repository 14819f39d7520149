import type { Metadata } from 'next';
import { ObjectionLines } from '@/components/objections/objection-lines';
import { Line, Lines } from '@/components/ui/lines';
import { EmptyState } from '@/components/ui/message';
import { PageHead, Section } from '@/components/ui/page-head';
import { requireSeat } from '@/lib/auth/actor';
import { listHouseholdObjections, listObjectable } from '@/lib/objections/reads';
import { sayThing } from '@/lib/objections/rules';
import { dayOf, now } from '@/lib/platform/clock';
import { db } from '@/lib/platform/db';

export const metadata: Metadata = { title: '我家的异议' };

/** The household's objections with their clocks, and what it may still object to. */
export default async function Objections() {
  const actor = await requireSeat('resident');
  const today = dayOf(now());
  const [lines, objectable] = await Promise.all([
    listHouseholdObjections(db(), actor.resident),
    listObjectable(db(), actor.resident, today),
  ]);
  return (
    <>
      <PageHead
        title="我家的异议"
        lead="觉得不对就提，由没经手的人来定，限期有结果。"
        back={{ href: '/me', label: '我家' }}
      />
      {lines.length === 0 ? (
        <EmptyState title="没有提过异议">退回的申报、扣分、公示的台账、榜单，觉得不对都可以提。</EmptyState>
      ) : (
        <ObjectionLines
          label="我家的异议"
          lines={lines}
          today={today}
          hrefOf={(id) => `/me/objections/${id}`}
        />
      )}
      {objectable.length > 0 ? (
        <Section title="可以提异议的" id="may">
          <Lines label="可以提异议的">
            {objectable.map((one) => (
              <Line
                key={one.id}
                href={`/me/objections/new?kind=${one.kind}&subject=${one.id}`}
                title={sayThing(one.kind, one.title)}
                meta={one.note}
              />
            ))}
          </Lines>
        </Section>
      ) : null}
    </>
  );
}
