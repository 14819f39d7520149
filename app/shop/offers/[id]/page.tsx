import type { Metadata } from 'next';
import { notFound } from 'next/navigation';
import { OFFER_MARKS, sayStock, sayWholeDay } from '@/components/alliance/words';
import { Button, LinkButton } from '@/components/ui/button';
import { CommandForm } from '@/components/ui/command-form';
import { Disclosure } from '@/components/ui/disclosure';
import { NumberField } from '@/components/ui/field';
import { Facts } from '@/components/ui/figures';
import { Notice, Refusal } from '@/components/ui/message';
import { PageHead, Section } from '@/components/ui/page-head';
import { Photo } from '@/components/ui/photo';
import { StatusText } from '@/components/ui/status-text';
import { findShopOffer } from '@/lib/alliance/offer/reads';
import { CATEGORY_NAMES, OFFER_STATE_NAMES, type OfferInVillage } from '@/lib/alliance/offer/types';
import { shopPhotoAddress } from '@/lib/alliance/photo/types';
import { requireSeat } from '@/lib/auth/actor';
import { dayOf, now } from '@/lib/platform/clock';
import { db } from '@/lib/platform/db';
import { readFormReturn } from '@/lib/platform/form-return';
import { isId } from '@/lib/platform/ids';
import { noticeOf } from '@/lib/platform/notice';
import { formToken } from '@/lib/platform/origin';

export const metadata: Metadata = { title: '兑换品' };

interface Props {
  params: Promise<{ id: string }>;
  searchParams: Promise<Record<string, string | string[] | undefined>>;
}

const NOTICES: Record<string, string> = {
  'add-offer': '上架了，村民现在就看得到。',
  'change-offer': '改好了，从现在起按新的。',
  'open-offer': '开放了，村民可以兑。',
  'close-offer': '停兑了。已经兑的不受影响。',
  'restock-offer': '补好了。',
  'set-offer-stock': '件数改好了。',
};

/** One of a shop's offers: what it is, and how it stands in each village. */
export default async function Offer({ params, searchParams }: Props) {
  const actor = await requireSeat('shop');
  const [{ id }, query] = await Promise.all([params, searchParams]);
  const at = now();
  const offer = isId(id) ? await findShopOffer(db(), actor.shop.merchantId, id, dayOf(at)) : null;
  if (!offer) notFound();
  const form = await readFormReturn(actor.sessionId, query.r, at);
  const token = formToken(actor.sessionId, at);
  const edit = typeof query.edit === 'string' ? query.edit : '';
  const notice = noticeOf(NOTICES, query.ok);
  const page = `/shop/offers/${id}`;
  return (
    <>
      <PageHead title={offer.title} back={{ href: '/shop/offers', label: '兑换品' }} />
      {notice ? <Notice title={notice} /> : null}
      {form && edit === '' ? <Refusal refusal={form.refusal} /> : null}
      {offer.photoId ? (
        <Photo
          src={shopPhotoAddress(offer.photoId, 'large')}
          large={shopPhotoAddress(offer.photoId, 'large')}
          alt={`${offer.title}，点开看大图`}
          fit="contain"
        />
      ) : null}
      <Facts
        items={[
          ['收', `${offer.points} 分`],
          ['类别', CATEGORY_NAMES[offer.category]],
          ['每户每月', offer.perHouseholdMonth === null ? '不限' : `最多 ${offer.perHouseholdMonth} 次`],
          ['从', sayWholeDay(offer.validFrom)],
          ['到', offer.validUntil ? `${sayWholeDay(offer.validUntil)}，当天还能兑` : '一直有'],
          ['说明', offer.note],
        ]}
      />
      <p>
        <LinkButton href={`${page}/change`}>改这一样</LinkButton>
      </p>
      {offer.villages.map((one) => (
        <InVillage key={one.villageId} one={one} offerId={id} edit={edit} form={form} token={token} />
      ))}
    </>
  );
}

function InVillage({
  one,
  offerId,
  edit,
  form,
  token,
}: {
  one: OfferInVillage;
  offerId: string;
  edit: string;
  form: Awaited<ReturnType<typeof readFormReturn>>;
  token: string;
}) {
  const page = `/shop/offers/${offerId}`;
  const fixed = { villageId: one.villageId, offerId };
  const part = (name: string) => {
    const key = `${name}-${one.villageCode}`;
    return {
      back: `${page}?edit=${key}`,
      next: page,
      token,
      form: edit === key ? form : null,
      isOpen: edit === key,
    };
  };
  const [turn, add, set] = [part('turn'), part('add'), part('set')];
  const isClosed = one.state === 'CLOSED';
  return (
    <Section title={one.villageName} id={`in-${one.villageCode}`}>
      <p>
        <StatusText state={OFFER_MARKS[one.state]}>{OFFER_STATE_NAMES[one.state]}</StatusText>，
        {sayStock(one.stock)}
      </p>
      {one.hasTerms ? null : <p className="soft">和这个村没有生效的协议，现在不能开放。</p>}
      {!isClosed || one.hasTerms ? (
        <CommandForm
          name={isClosed ? 'open-offer' : 'close-offer'}
          back={turn.back}
          next={turn.next}
          fixed={fixed}
          form={turn.form}
          token={token}
          label={`${isClosed ? '开放' : '停兑'}，${one.villageName}`}
        >
          <Button kind={isClosed ? 'done' : 'outline'}>{isClosed ? '开放' : '停兑'}</Button>
        </CommandForm>
      ) : null}
      {one.stock === null ? null : (
        <Disclosure title="补货" note="在现有的上面加" open={add.isOpen}>
          <CommandForm
            name="restock-offer"
            back={add.back}
            next={add.next}
            fixed={fixed}
            form={add.form}
            token={token}
            label={`补货，${one.villageName}`}
          >
            <NumberField name="add" label="加几件" unit="件" maxLength={6} form={add.form} />
            <Button kind="outline">补上</Button>
          </CommandForm>
        </Disclosure>
      )}
      <Disclosure
        title="改件数"
        note={one.stock === null ? '现在不限' : `现在剩 ${one.stock} 件`}
        open={set.isOpen}
      >
        <CommandForm
          name="set-offer-stock"
          back={set.back}
          next={set.next}
          fixed={{ ...fixed, seen: one.stock ?? '' }}
          form={set.form}
          token={token}
          label={`改件数，${one.villageName}`}
        >
          <NumberField
            name="stock"
            label="还有几件"
            hint="数一数柜上还有几件。不填就是不限。"
            unit="件"
            maxLength={6}
            form={set.form}
            optional
          />
          <Button kind="outline">改成这么多</Button>
        </CommandForm>
      </Disclosure>
    </Section>
  );
}
