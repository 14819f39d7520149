import type { Metadata } from 'next';
import { notFound } from 'next/navigation';
import { EventForm } from '@/components/desk/event-form';
import { Button } from '@/components/ui/button';
import { EmptyState, Message } from '@/components/ui/message';
import { PageHead } from '@/components/ui/page-head';
import { requireSeat } from '@/lib/auth/actor';
import { listGroups, listPeople, PEOPLE_MOST } from '@/lib/deeds/event/people/reads';
import { canRecordDeeds } from '@/lib/deeds/policy';
import { findDeedAgeMost } from '@/lib/deeds/shelf/reads';
import { addDays, dayOf, now } from '@/lib/platform/clock';
import { db } from '@/lib/platform/db';
import { readFormReturn } from '@/lib/platform/form-return';
import { isId } from '@/lib/platform/ids';
import { formToken } from '@/lib/platform/origin';
import { findVersionInForce, listCategories } from '@/lib/rulebook/reads';
import { isDeduction } from '@/lib/rulebook/rules';
import type { CategoryView } from '@/lib/rulebook/types';

export const metadata: Metadata = { title: '登记一次活动' };

/** A village with more people first says which groups were there. */
const ALL_AT_ONCE_MOST = 600;

type Query = Record<string, string | string[] | undefined>;

const listOf = (value: string | string[] | undefined) =>
  value === undefined ? [] : Array.isArray(value) ? value : [value];

/** An event sheet: what it was, when, and who was there. Seven queries. */
export default async function NewEvent({ searchParams }: { searchParams: Promise<Query> }) {
  const actor = await requireSeat('desk');
  if (canRecordDeeds(actor) !== true) notFound();
  const { villageId } = actor.desk;
  const query = await searchParams;
  const at = now();
  const today = dayOf(at);
  const [version, groups, form, ageDaysMost] = await Promise.all([
    findVersionInForce(db(), villageId, today),
    listGroups(db(), villageId),
    readFormReturn(actor.sessionId, query.r, at),
    findDeedAgeMost(db(), villageId),
  ]);
  const head = <PageHead title="登记一次活动" back={{ href: '/desk/events', label: '活动' }} />;
  if (!version) {
    return (
      <>
        {head}
        <EmptyState title="本村的积分细则还没有定">村民会议通过细则以后，就可以在这里登记。</EmptyState>
      </>
    );
  }
  const chosen = listOf(query.g)
    .map(Number)
    .filter((number) => groups.some((group) => group.number === number));
  const everyone = groups.reduce((sum, group) => sum + group.people, 0);
  if (everyone > ALL_AT_ONCE_MOST && chosen.length === 0) {
    return (
      <>
        {head}
        <form method="get" action="/desk/events/new">
          <fieldset className="field">
            <legend className="field-label">哪些组有人到场</legend>
            <div className="choices">
              {groups.map((group) => (
                <label className="choice" key={group.number}>
                  <input type="checkbox" name="g" value={group.number} />
                  <span>{group.name}</span>
                  <small>{group.people} 人</small>
                </label>
              ))}
            </div>
          </fieldset>
          <Button kind="primary" wide>
            接着勾人
          </Button>
        </form>
      </>
    );
  }
  const [people, categories] = await Promise.all([
    listPeople(db(), villageId, chosen),
    listCategories(db(), villageId, version.id),
  ]);
  const photos = listOf(query.photo).filter(isId);
  const back = new URLSearchParams();
  for (const number of chosen) back.append('g', String(number));
  for (const photo of photos) back.append('photo', photo);
  return (
    <>
      {head}
      {people.length >= PEOPLE_MOST ? (
        <Message tone="look">人太多，只列了前 {PEOPLE_MOST} 位，请少选几个组。</Message>
      ) : null}
      <EventForm
        people={people}
        categories={categories.map(creditable).filter((category) => category.items.length > 0)}
        today={today}
        oldest={addDays(today, -ageDaysMost)}
        here={back.size > 0 ? `/desk/events/new?${back}` : '/desk/events/new'}
        photos={photos}
        token={formToken(actor.sessionId, at)}
        form={form}
      />
    </>
  );
}

/** Items that a sheet can credit: no deductions, and none whose step must be chosen for each person. */
function creditable(category: CategoryView): CategoryView {
  return {
    ...category,
    items: category.items.filter((item) => !isDeduction(item) && item.scale.length === 0),
  };
}
