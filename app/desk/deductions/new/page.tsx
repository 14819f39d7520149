import type { Metadata } from 'next';
import { notFound } from 'next/navigation';
import { HouseholdLines } from '@/components/deductions/household-lines';
import { RecordForm } from '@/components/deductions/record-form';
import { Line, Lines } from '@/components/ui/lines';
import { EmptyState, Message } from '@/components/ui/message';
import { PageHead } from '@/components/ui/page-head';
import { SearchField } from '@/components/ui/search-field';
import { requireSeat } from '@/lib/auth/actor';
import { canRecordDeductions } from '@/lib/deductions/policy';
import { findHouseholdLine, findHouseholds, listAdults } from '@/lib/deductions/subject/reads';
import { findDeedAgeMost } from '@/lib/deeds/shelf/reads';
import { addDays, dayOf, now } from '@/lib/platform/clock';
import { db } from '@/lib/platform/db';
import { readFormReturn } from '@/lib/platform/form-return';
import { isId } from '@/lib/platform/ids';
import { formToken } from '@/lib/platform/origin';
import { findItemByCode, findVersionInForce, listCategories } from '@/lib/rulebook/reads';
import { describeItem, isDeduction } from '@/lib/rulebook/rules';

export const metadata: Metadata = { title: '记一件要提醒或扣分的事' };

type Query = Record<string, string | string[] | undefined>;

const textOf = (value: string | string[] | undefined) =>
  typeof value === 'string' ? value.trim().slice(0, 40) : '';

/** In three steps: which household, which item, what was seen. Nothing is taken by it. */
export default async function NewDeduction({ searchParams }: { searchParams: Promise<Query> }) {
  const actor = await requireSeat('desk');
  if (canRecordDeductions(actor) !== true) notFound();
  const { villageId } = actor.desk;
  const query = await searchParams;
  const at = now();
  const today = dayOf(at);
  const household = query.for === undefined ? null : await findHouseholdLine(db(), villageId, query.for);
  if (query.for !== undefined && !household) notFound();
  if (!household) {
    const typed = textOf(query.q);
    const found = typed ? await findHouseholds(db(), villageId, typed) : [];
    return (
      <>
        <PageHead
          title="记一件"
          lead="先找是哪一户。记下来不等于扣分。"
          back={{ href: '/desk/deductions', label: '扣分' }}
        />
        <SearchField
          action="/desk/deductions/new"
          label="找户，写户号、姓名、拼音或者拼音头一个字母"
          placeholder="找：01-003、陈、chen、cjg"
          value={typed}
        />
        <HouseholdLines typed={typed} found={found} hrefOf={(id) => `/desk/deductions/new?for=${id}`} />
      </>
    );
  }
  const who = `${household.code} ${household.headName}`;
  const start = `/desk/deductions/new?for=${household.id}`;
  const version = await findVersionInForce(db(), villageId, today);
  if (!version) return <EmptyState title="本村的积分细则还没有定">通过细则以后才能记。</EmptyState>;
  if (household.isExempt) {
    return (
      <>
        <PageHead title={who} back={{ href: '/desk/deductions/new', label: '换一户' }} />
        <Message tone="look" title="这户按规定不扣分">
          五保、失能、无人在家的户不提醒、不扣分。有困难的，请帮办员上门帮一把。
        </Message>
      </>
    );
  }
  const code = textOf(query.item);
  if (!code) {
    const items = (await listCategories(db(), villageId, version.id)).flatMap((one) => one.items);
    return (
      <>
        <PageHead
          title="是哪一项"
          lead={`${who} · 只能按细则里写明的扣分项目`}
          back={{ href: '/desk/deductions/new', label: '换一户' }}
        />
        <Lines label="扣分项目">
          {items.filter(isDeduction).map((item) => (
            <Line
              key={item.id}
              href={`${start}&item=${encodeURIComponent(item.code)}`}
              title={item.name}
              figure={`−${-item.points}`}
              meta={item.warnFirst ? '先提醒，过了期限没改才扣' : '不用先提醒'}
              note={`要的证据：${item.evidence}`}
            />
          ))}
        </Lines>
      </>
    );
  }
  const [item, ageDaysMost, adults, form] = await Promise.all([
    findItemByCode(db(), villageId, version.id, code),
    findDeedAgeMost(db(), villageId),
    listAdults(db(), villageId, household.id, today),
    readFormReturn(actor.sessionId, query.r, at),
  ]);
  if (!item || !isDeduction(item)) notFound();
  return (
    <>
      <PageHead
        title={item.name}
        lead={`${who} · ${describeItem(item)}`}
        back={{ href: start, label: '换一项' }}
      />
      <RecordForm
        item={item}
        householdId={household.id}
        adults={adults}
        today={today}
        oldest={addDays(today, -ageDaysMost)}
        href={`${start}&item=${encodeURIComponent(item.code)}`}
        photos={[query.photo].flat().filter(isId)}
        seenBy={actor.name}
        token={formToken(actor.sessionId, at)}
        form={form}
      />
    </>
  );
}
