import type { Metadata } from 'next';
import { ListLine } from '@/components/lists/list-line';
import { Lines } from '@/components/ui/lines';
import { EmptyState } from '@/components/ui/message';
import { PageHead, Section } from '@/components/ui/page-head';
import { Pager } from '@/components/ui/pager';
import { getActor } from '@/lib/auth/actor';
import { isOfVillage } from '@/lib/lists/policy';
import { listPublished } from '@/lib/lists/reads';
import { dayOf, now } from '@/lib/platform/clock';
import { db } from '@/lib/platform/db';
import { pageAddress, pageOf, pagerOf } from '@/lib/platform/paging';
import { type Query, queryOf, villageOf } from '../village';

interface Props {
  params: Promise<{ village: string }>;
  searchParams: Query;
}

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const village = await villageOf(params);
  return { title: `${village.name}榜单` };
}

/** What the village praises and criticises now, and which red lists there have been. */
export default async function Lists({ params, searchParams }: Props) {
  const village = await villageOf(params);
  const actor = await getActor();
  const { shown, past } = await listPublished(db(), village.id, {
    today: dayOf(now()),
    isOfVillage: isOfVillage(actor, village.id),
    page: pageOf(await queryOf(searchParams, 'page')),
  });
  const base = `/v/${village.code}/lists`;
  return (
    <div className="page-text">
      <PageHead
        title={<span className="serif board-title">榜单</span>}
        lead="由台账算出来。觉得不对可以提异议：上榜的户对自家那一行，本村哪一户都可以对地段。"
      />
      {shown.length === 0 ? (
        <EmptyState title="现在没有公布的榜">每个季度结束以后，村里按台账出榜，先公示，再定榜。</EmptyState>
      ) : (
        <Lines label="正在公布的榜">
          {shown.map((list) => (
            <ListLine key={list.id} list={list} href={`${base}/${list.id}`} />
          ))}
        </Lines>
      )}
      {past.lines.length > 0 || past.page > 1 ? (
        <Section title="以往的红榜" id="past">
          <Lines label="以往的红榜">
            {past.lines.map((list) => (
              <ListLine key={list.id} list={list} />
            ))}
          </Lines>
          {past.lines.length === 0 ? <EmptyState title="这一页没有内容">请从第一页看起。</EmptyState> : null}
          <Pager {...pagerOf(past, (to) => pageAddress(base, to, to > 1 ? 'past' : ''), '张')} />
          <p className="list-note">到期或者撤回的榜不再公布名字。</p>
        </Section>
      ) : null}
    </div>
  );
}
