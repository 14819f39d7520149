import type { Metadata } from 'next';
import { notFound } from 'next/navigation';
import { PATTERNS_LEAD, PatternList } from '@/components/alliance/pattern/pattern-list';
import { Notice } from '@/components/ui/message';
import { PageHead } from '@/components/ui/page-head';
import { canLookAtTownshipPatterns } from '@/lib/alliance/pattern/policy';
import { listLooks, listPatterns } from '@/lib/alliance/pattern/reads';
import { requireSeat } from '@/lib/auth/actor';
import { dayOf, now } from '@/lib/platform/clock';
import { db } from '@/lib/platform/db';
import { readFormReturn } from '@/lib/platform/form-return';
import { formToken } from '@/lib/platform/origin';

export const metadata: Metadata = { title: '看一眼' };

const PAGE = '/office/alliance/patterns';

interface Props {
  searchParams: Promise<Record<string, string | string[] | undefined>>;
}

/** What is worth a look at a township's shops: the shop and how often, and no household. Two queries. */
export default async function TownshipPatterns({ searchParams }: Props) {
  const actor = await requireSeat('office');
  if (canLookAtTownshipPatterns(actor) !== true) notFound();
  const scope = { townshipId: actor.office.id };
  const query = await searchParams;
  const at = now();
  const today = dayOf(at);
  const [findings, looks, form] = await Promise.all([
    listPatterns(db(), scope, today),
    listLooks(db(), scope),
    readFormReturn(actor.sessionId, query.r, at),
  ]);
  return (
    <div className="narrow">
      <PageHead title="看一眼" lead={PATTERNS_LEAD} back={{ href: '/office/alliance', label: '商社联盟' }} />
      {query.ok === 'mark-township-pattern-seen' ? (
        <Notice title="记下了：看过了。以后又有新的，会再出现。" />
      ) : null}
      <p className="soft">镇上只看到店和次数，看不到是哪一户。要问户里的事，请村里去问。</p>
      <PatternList
        findings={findings}
        looks={looks}
        seat="office"
        back={PAGE}
        today={today}
        form={form}
        token={formToken(actor.sessionId, at)}
      />
    </div>
  );
}
