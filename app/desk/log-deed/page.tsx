import type { Metadata } from 'next';
import { notFound } from 'next/navigation';
import { ItemChoice } from '@/components/desk/item-choice';
import { RecordForm } from '@/components/desk/record-form';
import { Line, Lines } from '@/components/ui/lines';
import { EmptyState, Notice } from '@/components/ui/message';
import { PageHead } from '@/components/ui/page-head';
import { SearchField } from '@/components/ui/search-field';
import { requireSeat } from '@/lib/auth/actor';
import { findPeople, findPersonLine } from '@/lib/deeds/event/people/reads';
import { canRecordDeeds } from '@/lib/deeds/policy';
import { findDeedCall } from '@/lib/deeds/queue/reads';
import { findDeedAgeMost } from '@/lib/deeds/shelf/reads';
import { addDays, dayOf, now } from '@/lib/platform/clock';
import { db } from '@/lib/platform/db';
import { readFormReturn } from '@/lib/platform/form-return';
import { isId } from '@/lib/platform/ids';
import { formToken } from '@/lib/platform/origin';
import { findItemByCode, findVersionInForce, listCategories } from '@/lib/rulebook/reads';
import { isDeduction, searchItems } from '@/lib/rulebook/rules';

export const metadata: Metadata = { title: '代村民记' };

type Query = Record<string, string | string[] | undefined>;

const textOf = (value: string | string[] | undefined) =>
  typeof value === 'string' ? value.trim().slice(0, 40) : '';

/** For a resident without a phone, in three steps: who, which item, the form. */
export default async function LogDeed({ searchParams }: { searchParams: Promise<Query> }) {
  const actor = await requireSeat('desk');
  if (canRecordDeeds(actor) !== true) notFound();
  const { villageId } = actor.desk;
  const query = await searchParams;
  const at = now();
  const today = dayOf(at);
  const who = typeof query.for === 'string' ? await findPersonLine(db(), villageId, query.for) : null;
  if (query.for !== undefined && !who) notFound();
  if (!who) return <ChoosePerson query={query} villageId={villageId} />;

  const version = await findVersionInForce(db(), villageId, today);
  const name = `${who.householdCode} ${who.name}`;
  const start = `/desk/log-deed?for=${who.residentId}`;
  if (!version) return <EmptyState title="本村的积分细则还没有定">通过细则以后就可以记好事。</EmptyState>;
  const code = textOf(query.item);
  if (!code) {
    const typed = textOf(query.q);
    const categories = (await listCategories(db(), villageId, version.id)).map((category) => ({
      ...category,
      items: category.items.filter((item) => !isDeduction(item)),
    }));
    const items = categories.flatMap((category) =>
      category.items.map((item) => ({ ...item, category: category.name })),
    );
    return (
      <>
        <PageHead
          title="选做的是哪一项"
          lead={`给 ${name} 记`}
          back={{ href: '/desk/log-deed', label: '换一个人' }}
        />
        <SearchField
          action="/desk/log-deed"
          label="找一项，写汉字、拼音或者拼音头一个字母"
          placeholder="找：打扫、dasao、ds"
          value={typed}
          keep={{ for: who.residentId }}
        />
        <ItemChoice
          categories={categories}
          found={typed ? searchItems(items, typed) : null}
          typed={typed}
          hrefOf={(one) => `${start}&item=${encodeURIComponent(one)}`}
        />
      </>
    );
  }
  const [item, ageDaysMost, form] = await Promise.all([
    findItemByCode(db(), villageId, version.id, code),
    findDeedAgeMost(db(), villageId),
    readFormReturn(actor.sessionId, query.r, at),
  ]);
  if (!item || isDeduction(item)) notFound();
  const photos = [query.photo].flat().filter(isId);
  return (
    <>
      <PageHead title={item.name} lead={`给 ${name} 记`} back={{ href: start, label: '换一项' }} />
      <RecordForm
        item={item}
        who={who}
        today={today}
        oldest={addDays(today, -ageDaysMost)}
        ageDaysMost={ageDaysMost}
        isOther={query.day === 'other'}
        href={`${start}&item=${encodeURIComponent(item.code)}`}
        photos={photos}
        token={formToken(actor.sessionId, at)}
        form={form}
      />
    </>
  );
}

async function ChoosePerson({ query, villageId }: { query: Query; villageId: string }) {
  const typed = textOf(query.q);
  const [people, done] = await Promise.all([
    typed ? findPeople(db(), villageId, typed) : [],
    typeof query.done === 'string' ? findDeedCall(db(), villageId, query.done) : null,
  ]);
  return (
    <>
      <PageHead title="代村民记" lead="没有手机的村民做了好事，帮他记下来" />
      {done ? <Notice title={`记好了：${done}`}>等核分员核实。接着可以再记一件。</Notice> : null}
      <SearchField
        action="/desk/log-deed"
        label="找人，写户号、姓名、拼音或者拼音头一个字母"
        placeholder="找人：03-017、陈、chen、cjg"
        value={typed}
      />
      {!typed ? (
        <p className="field-hint mt-3">写户号、姓名、拼音都行，如 03-017、陈、chen、cjg。</p>
      ) : people.length === 0 ? (
        <EmptyState title={`没有找到“${typed}”`}>换个写法试试，户号、姓名、拼音头一个字母都行。</EmptyState>
      ) : (
        <Lines label="找到的人">
          {people.map((one) => (
            <Line
              key={one.residentId}
              href={`/desk/log-deed?for=${one.residentId}`}
              title={one.name}
              meta={`${one.householdCode} · ${one.groupName}`}
              state={one.hasPhone ? '自己有手机' : null}
            />
          ))}
        </Lines>
      )}
    </>
  );
}
