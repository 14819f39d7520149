import type { Metadata } from 'next';
import { StopMessage } from '@/components/alliance/pool/pool-figures';
import { ShopEntry } from '@/components/alliance/shop-entry';
import { EmptyState } from '@/components/ui/message';
import { Acts, PageHead } from '@/components/ui/page-head';
import { Pager } from '@/components/ui/pager';
import { SearchField } from '@/components/ui/search-field';
import { Chips } from '@/components/ui/tabs';
import { CATEGORIES, CATEGORY_NAMES } from '@/lib/alliance/offer/types';
import { findStop } from '@/lib/alliance/pool/reads';
import { findGroupNumber, listVillageShops } from '@/lib/alliance/shops/reads';
import { getActor } from '@/lib/auth/actor';
import { dayOf, now } from '@/lib/platform/clock';
import { db } from '@/lib/platform/db';
import { tidySearch } from '@/lib/residents/reads';
import { type Query, queryOf, villageOf } from '../village';

interface Props {
  params: Promise<{ village: string }>;
  searchParams: Query;
}

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const village = await villageOf(params);
  return { title: `${village.name}商户` };
}

/** The shops that take the village's points, and what they give. Three queries; four for a resident. */
export default async function Shops({ params, searchParams }: Props) {
  const village = await villageOf(params);
  const actor = await getActor();
  const search = tidySearch((await queryOf(searchParams, 'q')) ?? '');
  const asked = await queryOf(searchParams, 'category');
  const category = CATEGORIES.find((each) => each === asked) ?? null;
  const sort = (await queryOf(searchParams, 'sort')) === 'category' ? 'category' : 'near';
  const page = Math.min(
    1000,
    Math.max(1, Number.parseInt((await queryOf(searchParams, 'page')) ?? '', 10) || 1),
  );
  const mine = actor?.resident?.villageId === village.id ? actor.resident.householdId : null;
  const groupNumber = mine ? await findGroupNumber(db(), village.id, mine) : null;
  const at = now();
  const [found, stop] = await Promise.all([
    listVillageShops(db(), village.id, { category, search, sort, page, groupNumber }, dayOf(at)),
    findStop(db(), village.id, at),
  ]);
  const base = `/v/${village.code}/shops`;
  const href = (change: { category?: string; sort?: string; page?: number }) => {
    const parts = new URLSearchParams();
    const chosen = change.category ?? category ?? '';
    const sorted = change.sort ?? sort;
    if (search) parts.set('q', search);
    if (chosen) parts.set('category', chosen);
    if (sorted === 'category') parts.set('sort', sorted);
    if (change.page && change.page > 1) parts.set('page', String(change.page));
    const text = parts.toString();
    return `${base}${text ? `?${text}` : ''}`;
  };
  const allKinds = href({})
    .replace(/category=[A-Z_]*&?/, '')
    .replace(/[?&]$/, '');
  const isFiltered = search !== '' || category !== null;
  return (
    <>
      <PageHead title="本村商户" lead="这些店收本村的积分。做好事得的分，到这里兑东西、兑服务。" />
      <StopMessage figures={stop} />
      <Acts>
        <div className="grow">
          <SearchField
            action={base}
            label="按店名、东西、拼音查找"
            placeholder="店名、东西、拼音"
            value={search}
            keep={{ category: category ?? undefined, sort: sort === 'category' ? sort : undefined }}
          />
        </div>
      </Acts>
      <Chips
        label="类别"
        items={[
          { href: allKinds, label: '全部', current: !category },
          ...CATEGORIES.map((each) => ({
            href: href({ category: each }),
            label: CATEGORY_NAMES[each],
            current: each === category,
          })),
        ]}
      />
      {found.total > 1 ? (
        <p className="soft shop-sort">
          {sort === 'category' ? '按类别排。' : groupNumber === null ? '按店名排。' : '离您家近的在前。'}
          <a href={href({ sort: sort === 'category' ? 'near' : 'category' })}>
            {sort === 'category' ? (groupNumber === null ? '改成按店名排' : '改成近的在前') : '改成按类别排'}
          </a>
        </p>
      ) : null}
      {found.shops.length === 0 ? (
        <EmptyState title={isFiltered ? '没有找到' : '还没有商户收本村的积分'}>
          {isFiltered
            ? '换个字试试，可以只写一两个字，或者拼音的头几个字母；也可以点“全部”。'
            : '镇上办理入盟、村里签了协议的店，会写在这里。'}
        </EmptyState>
      ) : (
        <ul className="shop-entries" aria-label="商户">
          {found.shops.map((shop) => (
            <ShopEntry key={shop.id} shop={shop} href={`${base}/${shop.id}`} />
          ))}
        </ul>
      )}
      <Pager
        newer={page > 1 ? href({ page: page - 1 }) : null}
        older={page < found.pages ? href({ page: page + 1 }) : null}
        words={['前一页', '后一页']}
        note={`第 ${page} 页，共 ${found.pages} 页，${found.total} 家`}
      />
      <p className="list-note">
        开店的，也想收积分？<a href="/alliance/apply">申请入盟</a>
      </p>
    </>
  );
}
