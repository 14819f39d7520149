import type { Metadata } from 'next';
import { DeskSettlementSummary } from '@/components/alliance/settlement-summary';
import { Line, Lines } from '@/components/ui/lines';
import { EmptyState } from '@/components/ui/message';
import { Acts, PageHead, Section } from '@/components/ui/page-head';
import { SearchField } from '@/components/ui/search-field';
import { StatusText } from '@/components/ui/status-text';
import { countHints } from '@/lib/alliance/settlement/open/reads';
import { canReadSettlement } from '@/lib/alliance/settlement/policy';
import { countStatements } from '@/lib/alliance/settlement/reads';
import { listVillageMerchants } from '@/lib/alliance/terms/reads';
import type { VillageMerchantLine } from '@/lib/alliance/terms/types';
import { requireSeat } from '@/lib/auth/actor';
import { dayOf, now } from '@/lib/platform/clock';
import { db } from '@/lib/platform/db';
import { findVillages } from '@/lib/regions/reads';
import { tidySearch } from '@/lib/residents/reads';

export const metadata: Metadata = { title: '商社联盟' };

interface Props {
  searchParams: Promise<Record<string, string | string[] | undefined>>;
}

/** The shops of the township and what the village has agreed with each. Four queries. */
export default async function DeskAlliance({ searchParams }: Props) {
  const actor = await requireSeat('desk');
  const { villageId } = actor.desk;
  const query = await searchParams;
  const search = tidySearch(typeof query.q === 'string' ? query.q : '');
  const at = now();
  const readsMoney = canReadSettlement(actor) === true;
  const [lines, villages, counts, hints] = await Promise.all([
    listVillageMerchants(db(), villageId, search),
    findVillages(db(), [villageId]),
    readsMoney ? countStatements(db(), { villageIds: [villageId], merchantId: null }) : null,
    readsMoney ? countHints(db(), villageId, at) : [],
  ]);
  const agreed = lines.filter((line) => line.terms === 'IN_FORCE');
  const village = villages.get(villageId);
  return (
    <>
      <PageHead
        title="商社联盟"
        lead={
          <>
            商户由镇上办理入盟，村里和它签协议，店主接受了才收本村积分。村民看到的是
            <a href={`/v/${village?.code ?? ''}/shops`}>本村商户</a>。
          </>
        }
      />
      <Section title="商户和协议" id="merchants">
        <Acts>
          <div className="grow">
            <SearchField
              action="/desk/alliance"
              label="按店名、行当、拼音查找"
              placeholder="店名、行当、拼音"
              value={search}
            />
          </div>
        </Acts>
        {lines.length === 0 ? (
          <EmptyState title={search ? `没有找到“${search}”` : '镇上还没有入盟的商户'}>
            {search
              ? '可以只写一两个字，或者拼音的头几个字母。'
              : '请店主在手机上打开首页，点“商户申请入盟”。'}
          </EmptyState>
        ) : (
          <>
            {search === '' ? (
              <p className="soft">
                镇上在盟 {lines.length} 家，和本村有协议 {agreed.length} 家。
              </p>
            ) : null}
            <Lines label="商户">
              {lines.map((line) => (
                <MerchantRow key={line.id} line={line} />
              ))}
            </Lines>
          </>
        )}
      </Section>
      {counts ? <DeskSettlementSummary counts={counts} hints={hints} today={dayOf(at)} /> : null}
    </>
  );
}

function MerchantRow({ line }: { line: VillageMerchantLine }) {
  const state = line.isSuspended ? (
    <StatusText state="back">镇上暂停</StatusText>
  ) : line.terms === 'IN_FORCE' ? (
    <StatusText state="ok">有协议</StatusText>
  ) : line.terms === 'OFFERED' ? (
    <StatusText state="wait">等店主接受</StatusText>
  ) : (
    <StatusText state="off">没有协议</StatusText>
  );
  return (
    <Line
      href={`/desk/alliance/${line.id}`}
      title={line.name}
      figure={line.terms === 'IN_FORCE' ? `${line.openOffers} 样` : undefined}
      meta={[line.kind, line.isCharity ? '公益组织' : ''].filter(Boolean).join(' · ')}
      state={state}
    />
  );
}
