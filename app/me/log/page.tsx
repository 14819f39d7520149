import type { Metadata } from 'next';
import { ItemLines } from '@/components/deeds/item-lines';
import { type IndexRow, ItemSearch } from '@/components/deeds/item-search';
import { OutboxNotice } from '@/components/deeds/outbox-notice';
import { Disclosure } from '@/components/ui/disclosure';
import { EmptyState } from '@/components/ui/message';
import { PageHead, Section } from '@/components/ui/page-head';
import { requireSeat } from '@/lib/auth/actor';
import { findItemShelf } from '@/lib/deeds/shelf/reads';
import { dayOf, now } from '@/lib/platform/clock';
import { db } from '@/lib/platform/db';
import { findVersionInForce, listCategories } from '@/lib/rulebook/reads';
import { describeItem, isDeduction, searchItems } from '@/lib/rulebook/rules';
import type { ItemView } from '@/lib/rulebook/types';

export const metadata: Metadata = { title: '记一件好事' };

type Query = Promise<Record<string, string | string[] | undefined>>;

/** Which deed: starred and recent ones first, a search, and all categories behind. Five queries. */
export default async function ChooseItem({ searchParams }: { searchParams: Query }) {
  const actor = await requireSeat('resident');
  const { villageId, residentId } = actor.resident;
  const { q } = await searchParams;
  const typed = typeof q === 'string' ? q.trim().slice(0, 40) : '';
  const version = await findVersionInForce(db(), villageId, dayOf(now()));
  if (!version) {
    return (
      <>
        <PageHead title="记一件好事" back={{ href: '/me', label: '我家' }} />
        <EmptyState title="本村的积分细则还没有定">村民会议通过细则以后，就可以在这里记好事。</EmptyState>
      </>
    );
  }
  const [all, shelf] = await Promise.all([
    listCategories(db(), villageId, version.id),
    findItemShelf(db(), actor.resident),
  ]);
  const categories = all
    .map((category) => ({ ...category, items: category.items.filter((item) => !isDeduction(item)) }))
    .filter((category) => category.items.length > 0);
  const items = categories.flatMap((category) =>
    category.items.map((item) => ({ ...item, category: category.name })),
  );
  const byCode = new Map<string, ItemView>(items.map((item) => [item.code, item]));
  const pick = (codes: string[]) =>
    codes.flatMap((code) => {
      const item = byCode.get(code);
      return item ? [item] : [];
    });
  const starred = pick(shelf.favourites);
  const recent = pick(shelf.recent.filter((code) => !shelf.favourites.includes(code)));
  const popular =
    starred.length + recent.length < 3
      ? pick(
          shelf.popular.filter((code) => !shelf.favourites.includes(code) && !shelf.recent.includes(code)),
        ).slice(0, 5)
      : [];
  const found = typed ? searchItems(items, typed) : null;
  const index: IndexRow[] = items.map((item) => [
    item.code,
    item.name,
    describeItem(item),
    item.category,
    item.pinyin,
    item.initials,
  ]);

  return (
    <>
      <PageHead title="记一件好事" back={{ href: '/me', label: '我家' }} lead="先选做的是哪一项" />
      <OutboxNotice owner={residentId} />
      <ItemSearch index={index} typed={typed} />
      {found === null ? null : found.length === 0 ? (
        <EmptyState title={`没有找到“${typed}”`}>
          换个说法试试，写汉字、拼音或者拼音头一个字母都行；也可以在下面按类别找。
        </EmptyState>
      ) : (
        <Section title={`找到 ${found.length} 项`}>
          <ItemLines label="找到的" items={found} />
        </Section>
      )}
      {starred.length > 0 ? (
        <Section title="常用" id="starred">
          <ItemLines label="常用" items={starred} />
        </Section>
      ) : null}
      {recent.length > 0 ? (
        <Section title="最近记过" id="recent">
          <ItemLines label="最近记过" items={recent} />
        </Section>
      ) : null}
      {popular.length > 0 ? (
        <Section title="村里常记的" id="popular">
          <ItemLines label="村里常记的" items={popular} />
        </Section>
      ) : null}
      <Section title={`全部 ${categories.length} 类 ${items.length} 项`} id="all">
        {categories.map((category, place) => (
          <Disclosure
            key={category.code}
            title={category.name}
            note={`${category.items.length} 项`}
            open={place === 0 && starred.length + recent.length + popular.length === 0}
          >
            <ItemLines label={category.name} items={category.items} />
          </Disclosure>
        ))}
      </Section>
    </>
  );
}
