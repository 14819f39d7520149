import type { Metadata } from 'next';
import { BuyForm } from '@/components/alliance/counter/buy-form';
import { StopMessage } from '@/components/alliance/pool/pool-figures';
import { GoHome } from '@/components/frame/go-home';
import { LinkButton } from '@/components/ui/button';
import { enteredText, fieldError } from '@/components/ui/form-return';
import { EmptyState, Message, Refusal } from '@/components/ui/message';
import { PageHead } from '@/components/ui/page-head';
import { findJustMade, findShelf } from '@/lib/alliance/counter/household/reads';
import { sayWhat } from '@/lib/alliance/counter/rules';
import { findStop } from '@/lib/alliance/pool/reads';
import { requireSeat } from '@/lib/auth/actor';
import { dayOf, now } from '@/lib/platform/clock';
import { db } from '@/lib/platform/db';
import { readFormReturn } from '@/lib/platform/form-return';
import { isId, newId } from '@/lib/platform/ids';
import { formToken } from '@/lib/platform/origin';

export const metadata: Metadata = { title: '自己付积分' };

/** Who comes back to this page so soon may have paid already. */
const JUST_NOW_MS = 10 * 60_000;

interface Props {
  params: Promise<{ merchant: string }>;
  searchParams: Promise<Record<string, string | string[] | undefined>>;
}

/** Paying at a shop's shelf on one's own phone. A shop that takes no points of this village, or no such offer: says so. */
export default async function Buy({ params, searchParams }: Props) {
  const actor = await requireSeat('resident');
  const [{ merchant }, query] = await Promise.all([params, searchParams]);
  const at = now();
  const offer = typeof query.offer === 'string' && query.offer !== '' ? query.offer : null;
  const [shelf, just, stop, form] = await Promise.all([
    isId(merchant) && (offer === null || isId(offer))
      ? findShelf(db(), actor.resident, merchant, offer, dayOf(at))
      : null,
    isId(merchant)
      ? findJustMade(db(), actor.resident, merchant, new Date(at.getTime() - JUST_NOW_MS))
      : null,
    findStop(db(), actor.resident.villageId, at),
    readFormReturn(actor.sessionId, query.r, at),
  ]);
  if (!shelf)
    return (
      <>
        <PageHead title="自己付积分" back={{ href: '/me', label: '我家' }} />
        {form ? <Refusal refusal={form.refusal} /> : null}
        <EmptyState
          title="在这里付不了"
          action={<LinkButton href="/me/pay">出示付款码，让店里收</LinkButton>}
        >
          这家店不收{actor.resident.villageName}
          的积分，或者这样东西现在不能兑。积分一分没少。请问一下店里，或者另选一样。
        </EmptyState>
        {actor.residents
          .filter((home) => home.villageId !== actor.resident.villageId)
          .map((home) => (
            <GoHome
              key={home.villageId}
              actor={actor}
              villageId={home.villageId}
              page={`/me/buy/${merchant}${offer ? `?offer=${encodeURIComponent(offer)}` : ''}`}
              now={at}
            >
              换到{home.villageName}的家，在这家店付
            </GoHome>
          ))}
      </>
    );
  const back = `/me/buy/${merchant}${offer ? `?offer=${offer}` : ''}`;
  const amount = enteredText(form, 'points');
  const error = fieldError(form, 'points');
  return (
    <>
      <PageHead title={shelf.offer?.title ?? '按分数付'} lead={shelf.merchantName} />
      {shelf.offer?.photoId ? (
        <p className="buy-photo">
          <img src={`/api/shop-photos/${shelf.offer.photoId}?size=large`} alt="" />
        </p>
      ) : null}
      {shelf.offer?.note ? <p>{shelf.offer.note}</p> : null}
      <StopMessage figures={stop} />
      {just ? (
        <Message
          tone="look"
          title={`您家刚在这里${just.state === 'HELD' ? '预留了' : '付过'} ${just.points} 分：${sayWhat(just.title)}，尾号 ${just.receipt}`}
        >
          还要再付一笔，才点下面的。<a href={`/me/redemptions/${just.id}`}>刚才那一笔</a>
        </Message>
      ) : null}
      {form ? <Refusal refusal={form.refusal} /> : null}
      <BuyForm
        shelf={shelf}
        owner={actor.resident.householdId}
        ids={{ pay: newId(), order: newId() }}
        token={formToken(actor.sessionId, at)}
        back={back}
        {...(amount ? { amount } : {})}
        {...(error ? { error } : {})}
      />
    </>
  );
}
