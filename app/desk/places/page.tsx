import type { Metadata } from 'next';
import { PlaceEntry } from '@/components/lists/place-entry';
import { AddPlacePart, CheckForm, VoidForm } from '@/components/lists/place-forms';
import { Disclosure } from '@/components/ui/disclosure';
import { EmptyState, Notice } from '@/components/ui/message';
import { PageHead, Section } from '@/components/ui/page-head';
import { requireSeat } from '@/lib/auth/actor';
import { listPlaces } from '@/lib/lists/place/reads';
import { PLACE_SCALE } from '@/lib/lists/place/types';
import { canInspectPlaces, canKeepPlaces, canVoidPlaceChecks } from '@/lib/lists/policy';
import { dayOf, now, quarterOf, sayQuarter } from '@/lib/platform/clock';
import { db } from '@/lib/platform/db';
import { readFormReturn } from '@/lib/platform/form-return';
import { isId } from '@/lib/platform/ids';
import { noticeOf } from '@/lib/platform/notice';
import { formToken } from '@/lib/platform/origin';

export const metadata: Metadata = { title: '地段检查' };

const NOTICES: Record<string, string> = {
  'add-place': '登记好了。',
  'close-place': '不再检查这个地段了，以前的检查都还在。',
  'record-place-check': '这次检查记下了。',
  'void-place-check': '作废了，不再算分。',
};

interface Props {
  searchParams: Promise<Record<string, string | string[] | undefined>>;
}

/** Road sections and river reaches: what inspections found of each, and the forms to record more. */
export default async function Places({ searchParams }: Props) {
  const actor = await requireSeat('desk');
  const { villageId } = actor.desk;
  const at = now();
  const today = dayOf(at);
  const query = await searchParams;
  const [places, form] = await Promise.all([
    listPlaces(db(), villageId, today),
    readFormReturn(actor.sessionId, query.r, at),
  ]);
  const open = places.filter((place) => place.closedOn === null);
  const closed = places.filter((place) => place.closedOn !== null);
  const photos = [query.photo].flat().filter(isId);
  const token = formToken(actor.sessionId, at);
  const notice = noticeOf(NOTICES, query.ok);
  const mayKeep = canKeepPlaces(actor) === true;
  const reader = {
    personId: actor.personId,
    mayVoid: canVoidPlaceChecks(actor) === true,
    mayClose: mayKeep,
  };
  const voiding = reader.mayVoid
    ? open.flatMap((place) =>
        place.inspections.flatMap((check) =>
          check.id === query.void && !check.voided && check.checkedById !== actor.personId
            ? [{ place, check }]
            : [],
        ),
      )[0]
    : undefined;
  return (
    <>
      <PageHead
        title="地段检查"
        lead={`路段、河段分段看，按尺度打分。一季至少看两次，平均 8 分以上可以上红榜；平均不到 6 分、又有两个人各自看到过不到 6 分的，上黑榜。现在是${sayQuarter(quarterOf(today))}。`}
        back={{ href: '/desk/lists', label: '红黑榜' }}
      />
      {notice ? <Notice title={notice} /> : null}
      {voiding ? (
        <Section title="作废一次检查" id="void">
          <VoidForm {...voiding} today={today} token={token} form={form} />
        </Section>
      ) : null}
      {canInspectPlaces(actor) === true && open.length > 0 && !voiding ? (
        <Section title="记一次检查" id="check">
          <CheckForm places={open} today={today} photos={photos} token={token} form={form} />
        </Section>
      ) : null}
      <Section title="各地段" id="places">
        {open.length === 0 ? (
          <EmptyState title="还没有登记地段">村书记先登记路段、河段，再记检查。</EmptyState>
        ) : (
          <ul className="lines" aria-label="各地段">
            {open.map((place) => (
              <PlaceEntry key={place.id} place={place} today={today} token={token} reader={reader} />
            ))}
          </ul>
        )}
      </Section>
      {mayKeep ? <AddPlacePart token={token} form={form} /> : null}
      <Disclosure title="打分的尺度" note="满分 10 分">
        <ol className="place-scale">
          {PLACE_SCALE.map((step) => (
            <li key={step.score}>
              <b>{step.score}</b>
              <span>{step.words}</span>
            </li>
          ))}
        </ol>
      </Disclosure>
      {closed.length > 0 ? (
        <Disclosure title="不再检查的地段" note={`${closed.length} 处`}>
          <p>{closed.map((place) => place.name).join('、')}</p>
        </Disclosure>
      ) : null}
    </>
  );
}
