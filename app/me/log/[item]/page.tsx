import type { Metadata } from 'next';
import { notFound } from 'next/navigation';
import { DeedForm } from '@/components/deeds/deed-form';
import { FavouriteForm } from '@/components/deeds/favourite-form';
import { Message, Refusal } from '@/components/ui/message';
import { PageHead } from '@/components/ui/page-head';
import { requireSeat } from '@/lib/auth/actor';
import { findHouseholdDeed } from '@/lib/deeds/own/reads';
import { findDeedAgeMost, findItemShelf, findItemUse, listMembers } from '@/lib/deeds/shelf/reads';
import { addDays, dayOf, now } from '@/lib/platform/clock';
import { db } from '@/lib/platform/db';
import { readFormReturn } from '@/lib/platform/form-return';
import { formToken } from '@/lib/platform/origin';
import { findItemByCode, findVersionInForce } from '@/lib/rulebook/reads';
import { describeItem, isDeduction } from '@/lib/rulebook/rules';
import { prefillOf } from './prefill';

export const metadata: Metadata = { title: '记一件好事' };

interface Props {
  params: Promise<{ item: string }>;
  searchParams: Promise<Record<string, string | string[] | undefined>>;
}

/** The form of one item: photos first, everything else has an answer already. Nine queries, twelve when again. */
export default async function LogDeed({ params, searchParams }: Props) {
  const actor = await requireSeat('resident');
  const { villageId, residentId } = actor.resident;
  const [{ item: code }, query] = await Promise.all([params, searchParams]);
  const at = now();
  const today = dayOf(at);
  const version = await findVersionInForce(db(), villageId, today);
  const item = version ? await findItemByCode(db(), villageId, version.id, decodeURIComponent(code)) : null;
  if (!version || !item || isDeduction(item)) notFound();

  const [use, members, ageDaysMost, shelf, form, again] = await Promise.all([
    findItemUse(db(), actor.resident, item, today),
    listMembers(db(), actor.resident, residentId),
    findDeedAgeMost(db(), villageId),
    findItemShelf(db(), actor.resident),
    readFormReturn(actor.sessionId, query.r, at),
    findHouseholdDeed(db(), actor.resident, String(query.again ?? ''), actor.personId),
  ]);
  const start = prefillOf({
    query,
    form,
    again,
    item,
    today,
    ageDaysMost,
    self: residentId,
    members: members.map((one) => one.id),
  });
  const token = formToken(actor.sessionId, at);
  const href = `/me/log/${encodeURIComponent(item.code)}`;
  const isStarred = shelf.favourites.includes(item.code);
  // Refused before the form was sent: a photo, or the star.
  const early = form && !('residentId' in form.entered) ? form : null;

  return (
    <>
      <PageHead title={item.name} lead={describeItem(item)} back={{ href: '/me/log', label: '换一项' }}>
        <FavouriteForm code={item.code} isStarred={isStarred} back={href} token={token} />
      </PageHead>
      {again && again.state === 'RETURNED' ? (
        <Message tone="look" title={`上次退回的原因：${again.reason}`}>
          照着补好再送。上次填的都在下面。
        </Message>
      ) : null}
      {early && early.refusal.field !== 'photo' ? <Refusal refusal={early.refusal} /> : null}
      <DeedForm
        item={item}
        start={start}
        members={members}
        self={residentId}
        use={use}
        policy={version.capPolicy}
        today={today}
        oldest={addDays(today, -ageDaysMost)}
        ageDaysMost={ageDaysMost}
        isOther={query.day === 'other'}
        href={href}
        token={token}
        form={early ? null : form}
        photoRefusal={early?.refusal.field === 'photo' ? early : null}
      />
    </>
  );
}
