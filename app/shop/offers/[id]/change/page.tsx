import type { Metadata } from 'next';
import { notFound } from 'next/navigation';
import { OfferFields } from '@/components/alliance/offer-form';
import { sayWholeDay } from '@/components/alliance/words';
import { PhotoForm } from '@/components/photos/photo-form';
import { Button, LinkButton } from '@/components/ui/button';
import { CommandForm } from '@/components/ui/command-form';
import { DataTable } from '@/components/ui/data-table';
import type { FormReturn } from '@/components/ui/form-return';
import { Message, Refusal } from '@/components/ui/message';
import { PageHead } from '@/components/ui/page-head';
import { findStanding } from '@/lib/alliance/merchant/reads';
import { findShopOffer, listShopVillages } from '@/lib/alliance/offer/reads';
import { changeOfferInput } from '@/lib/alliance/offer/schema';
import { CATEGORY_NAMES, type ShopOffer, type ShopVillage } from '@/lib/alliance/offer/types';
import { shopPhotoDoor } from '@/lib/alliance/photo/types';
import { requireSeat } from '@/lib/auth/actor';
import { dayOf, now } from '@/lib/platform/clock';
import { db } from '@/lib/platform/db';
import { readFormReturn } from '@/lib/platform/form-return';
import { isId } from '@/lib/platform/ids';
import { formToken } from '@/lib/platform/origin';
import { photosOf } from '../../photos';

export const metadata: Metadata = { title: '改兑换品' };

interface Props {
  params: Promise<{ id: string }>;
  searchParams: Promise<Record<string, string | string[] | undefined>>;
}

const PHOTO_FORM = 'offer-photo';
const FIELDS = [
  'category',
  'title',
  'note',
  'points',
  'perHouseholdMonth',
  'validFrom',
  'validUntil',
] as const;

/** Changing an offer: filled in first, then shown as what changes, then sent. Works by addresses alone. */
export default async function ChangeOffer({ params, searchParams }: Props) {
  const actor = await requireSeat('shop');
  const [{ id }, query] = await Promise.all([params, searchParams]);
  const at = now();
  const { merchantId } = actor.shop;
  const offer = isId(id) ? await findShopOffer(db(), merchantId, id, dayOf(at)) : null;
  if (!offer) notFound();
  const [villages, standing, refused] = await Promise.all([
    listShopVillages(db(), merchantId),
    findStanding(db(), merchantId),
    readFormReturn(actor.sessionId, query.r, at),
  ]);
  const one = (name: string) => (typeof query[name] === 'string' ? (query[name] as string) : '');
  const token = formToken(actor.sessionId, at);
  const page = `/shop/offers/${id}/change`;
  const photos = photosOf(query);
  const isFilled = one('step') === 'look';
  const entered = {
    offerId: id,
    ...Object.fromEntries(FIELDS.map((name) => [name, one(name)])),
    villages: [query['villages[]'] ?? []].flat(),
    photos,
  };
  const parsed = isFilled ? changeOfferInput.safeParse(entered) : null;
  if (parsed?.success) {
    const changes = changesOf(offer, parsed.data, villages);
    const back = `${page}?${new URLSearchParams({ ...Object.fromEntries(FIELDS.map((name) => [name, one(name)])) })}`;
    return (
      <>
        <PageHead
          title="看一下改了什么"
          lead={offer.title}
          back={{ href: `/shop/offers/${id}`, label: '不改了' }}
        />
        {refused ? <Refusal refusal={refused.refusal} /> : null}
        {changes.length === 0 ? (
          <Message title="没有改动。" />
        ) : (
          <DataTable
            caption="改动"
            columns={[
              { key: 'what', label: '哪一项' },
              { key: 'before', label: '原来' },
              { key: 'after', label: '改成' },
            ]}
            rows={changes.map(([what, before, after]) => ({ id: what, cells: { what, before, after } }))}
          />
        )}
        {changes.length === 0 ? null : (
          <CommandForm
            name="change-offer"
            back={`${page}?${new URLSearchParams([...addressOf(entered, photos), ['step', 'look']])}`}
            next={`/shop/offers/${id}`}
            fixed={{
              offerId: id,
              ...Object.fromEntries(FIELDS.map((name) => [name, one(name)])),
              villages: entered.villages,
              photos,
            }}
            token={token}
            label="确定改"
          >
            <p className="act-note">确定以后马上按新的收。已经兑的不受影响。</p>
            <Button kind="primary">确定改</Button>
          </CommandForm>
        )}
        <p>
          <LinkButton href={`${back}${photos[0] ? `&photo=${photos[0]}` : ''}&step=again`}>
            回去再改
          </LinkButton>
        </p>
      </>
    );
  }
  const again: FormReturn | null =
    isFilled || one('step') === 'again'
      ? { refusal: refusalOf(parsed?.error.issues ?? []), entered }
      : refused;
  const shownPhotos = photos.length > 0 || again ? photos : offer.photoId ? [offer.photoId] : [];
  const here = shownPhotos[0] ? `${page}?photo=${shownPhotos[0]}` : page;
  return (
    <>
      <PageHead
        title="改兑换品"
        lead={offer.title}
        back={{ href: `/shop/offers/${id}`, label: offer.title }}
      />
      {isFilled && again ? <Refusal refusal={again.refusal} /> : null}
      <PhotoForm
        id={PHOTO_FORM}
        back={page}
        token={token}
        seat={shopPhotoDoor('OFFER', actor.shop.merchantId)}
      />
      <form method="get" action={page} aria-label="改兑换品">
        <input type="hidden" name="step" value="look" />
        <OfferFields
          merchantId={actor.shop.merchantId}
          offer={offer}
          isCharity={standing?.isCharity ?? false}
          villages={villages}
          chosen={offer.villages.map((village) => village.villageId)}
          photos={shownPhotos}
          here={here}
          photoForm={PHOTO_FORM}
          today={dayOf(at)}
          form={again}
          isNew={false}
        />
        <div className="form-act">
          <Button kind="primary" wide>
            下一步，看改了什么
          </Button>
        </div>
      </form>
    </>
  );
}

interface Issue {
  path: PropertyKey[];
  message: string;
}

/** What of a form is not filled in well, as a refusal says it; what is missing says to fill it in. */
function refusalOf(issues: Issue[]): FormReturn['refusal'] {
  const fields: Record<string, string> = {};
  for (const { path, message } of issues) {
    const name = String(path[0] ?? '');
    fields[name] ??= /[\u4e00-\u9fff]/.test(message) ? message : '没有填对';
  }
  return {
    code: 'BAD_INPUT',
    sentence: '有几处没有填对。',
    next: '请看标红的地方，改好再提交，别的内容都还在。',
    fields,
  };
}

function addressOf(entered: Record<string, unknown>, photos: string[]): [string, string][] {
  const parts = FIELDS.map((name): [string, string] => [name, String(entered[name] ?? '')]);
  const villages = (entered.villages as string[]).map((one): [string, string] => ['villages[]', one]);
  return [...parts, ...villages, ...photos.map((one): [string, string] => ['photo', one])];
}

/** What changes, a name and both values each. */
function changesOf(
  offer: ShopOffer,
  next: ReturnType<typeof changeOfferInput.parse>,
  villages: ShopVillage[],
): [string, string, string][] {
  const times = (count: number | null | undefined) => (count ? `${count} 次` : '不限');
  const until = (day: string | null | undefined) => (day ? sayWholeDay(day) : '一直有');
  const rows: [string, string, string][] = [
    ['叫什么', offer.title, next.title],
    ['类别', CATEGORY_NAMES[offer.category], CATEGORY_NAMES[next.category]],
    ['收几分', `${offer.points} 分`, `${next.points} 分`],
    ['每户每月', times(offer.perHouseholdMonth), times(next.perHouseholdMonth)],
    ['说明', offer.note || '没有', next.note || '没有'],
    ['从哪天', sayWholeDay(offer.validFrom), sayWholeDay(next.validFrom)],
    ['到哪天', until(offer.validUntil), until(next.validUntil)],
  ];
  const changed = rows.filter(([, before, after]) => before !== after);
  const photo = next.photos[0] ?? null;
  if (photo !== offer.photoId)
    changed.push(['照片', offer.photoId ? '原来那张' : '没有', photo ? '新的一张' : '不要照片']);
  const added = villages.filter(
    (village) =>
      next.villages.includes(village.id) && offer.villages.every((one) => one.villageId !== village.id),
  );
  if (added.length > 0)
    changed.push(['再给', '', `${added.map((village) => village.name).join('、')}（不限件数）`]);
  return changed;
}
