import type { Metadata } from 'next';
import { notFound } from 'next/navigation';
import { PATTERNS_LEAD, PatternList } from '@/components/alliance/pattern/pattern-list';
import { Button } from '@/components/ui/button';
import { CommandForm } from '@/components/ui/command-form';
import { Notice, Refusal } from '@/components/ui/message';
import { PageHead } from '@/components/ui/page-head';
import { canLookAtPatterns } from '@/lib/alliance/pattern/policy';
import { listLooks, listOpened, listPatterns, PATTERNS_OPEN_MINUTES } from '@/lib/alliance/pattern/reads';
import { requireSeat } from '@/lib/auth/actor';
import { dayOf, now } from '@/lib/platform/clock';
import { db } from '@/lib/platform/db';
import { readFormReturn } from '@/lib/platform/form-return';
import { formToken } from '@/lib/platform/origin';

export const metadata: Metadata = { title: '看一眼' };

const PAGE = '/desk/alliance/patterns';

interface Props {
  searchParams: Promise<Record<string, string | string[] | undefined>>;
}

/**
 * What is worth a look in the village's alliance. How households spend is private, so it is opened by a command that
 * keeps who looked, and shows only households for which that is kept. Four queries.
 */
export default async function Patterns({ searchParams }: Props) {
  const actor = await requireSeat('desk');
  if (canLookAtPatterns(actor) !== true) notFound();
  const { villageId } = actor.desk;
  const query = await searchParams;
  const at = now();
  const today = dayOf(at);
  const [opened, form] = await Promise.all([
    listOpened(db(), villageId, actor.personId, at),
    readFormReturn(actor.sessionId, query.r, at),
  ]);
  const token = formToken(actor.sessionId, at);
  const head = (
    <PageHead title="看一眼" lead={PATTERNS_LEAD} back={{ href: '/desk/alliance', label: '商社联盟' }} />
  );
  if (!opened.has(villageId)) {
    return (
      <div className="narrow">
        {head}
        {form ? <Refusal refusal={form.refusal} /> : null}
        <CommandForm name="open-patterns" back={PAGE} next={PAGE} token={token} label="打开">
          <p className="act-note">
            里面有户号和用积分的次数。打开会留下记录：谁在什么时候看了哪几户，那几户自己也查得到。
          </p>
          <Button kind="primary">打开看</Button>
        </CommandForm>
      </div>
    );
  }
  const [findings, looks] = await Promise.all([
    listPatterns(db(), { villageId }, today),
    listLooks(db(), { villageId }),
  ]);
  return (
    <div className="narrow">
      {head}
      {query.ok === 'mark-pattern-seen' ? <Notice title="记下了：看过了。以后又有新的，会再出现。" /> : null}
      <p className="soft">这次查看已经记下，{PATTERNS_OPEN_MINUTES} 分钟后自动关上。</p>
      <PatternList
        findings={findings.filter((one) => !one.household || opened.has(one.household.id))}
        looks={looks}
        seat="desk"
        back={PAGE}
        today={today}
        form={form}
        token={token}
      />
    </div>
  );
}
