import type { Metadata } from 'next';
import { filterOf, offsetOf, SHOP_FILTERS } from '@/components/alliance/settlement/filters';
import { MonthFiles } from '@/components/alliance/settlement/month-files';
import { StatementList } from '@/components/alliance/settlement/statement-list';
import { Unstated } from '@/components/alliance/settlement/unstated';
import { Refusal } from '@/components/ui/message';
import { PageHead, Section } from '@/components/ui/page-head';
import {
  countStatements,
  listStatedMonths,
  listStatements,
  listUnstated,
  STATEMENTS_A_PAGE,
} from '@/lib/alliance/settlement/reads';
import { requireSeat } from '@/lib/auth/actor';
import { dayOf, now } from '@/lib/platform/clock';
import { db } from '@/lib/platform/db';
import { readFormReturn } from '@/lib/platform/form-return';
import { formToken } from '@/lib/platform/origin';
import { shopScope } from './shop-scope';

export const metadata: Metadata = { title: '结算' };

interface Props {
  searchParams: Promise<Record<string, string | string[] | undefined>>;
}

/** A shop's statements of all its villages, and what is in none yet. Six queries. */
export default async function ShopStatements({ searchParams }: Props) {
  const actor = await requireSeat('shop');
  const query = await searchParams;
  const at = now();
  const { scope, villages } = await shopScope(actor.shop.merchantId);
  const filter = filterOf(SHOP_FILTERS, query.state);
  const from = offsetOf(query.page, STATEMENTS_A_PAGE);
  const [statements, counts, unstated, months, form] = await Promise.all([
    listStatements(db(), scope, { phases: filter.phases, from, at }),
    countStatements(db(), scope),
    listUnstated(db(), scope),
    listStatedMonths(db(), scope),
    readFormReturn(actor.sessionId, query.r, at),
  ]);
  return (
    <>
      <PageHead title="结算" lead="收了多少积分，村里就付多少钱，一分不少。每月 1 日自动结上个月的。" />
      {form && unstated.length !== 1 ? <Refusal refusal={form.refusal} /> : null}
      <StatementList
        base="/shop/statements"
        filters={SHOP_FILTERS}
        filter={filter}
        counts={counts}
        statements={statements}
        from={from}
        aPage={STATEMENTS_A_PAGE}
        by="VILLAGE"
        today={dayOf(at)}
        hrefOf={(one) => `/shop/statements/${one.villageCode}/${one.id}`}
        empty={
          villages.length === 0
            ? '和村里签了协议、收过积分以后，结算单会在这里。'
            : '收过积分以后，下个月 1 日会做好放在这里。'
        }
      />
      {unstated.length > 0 ? (
        <Section title="还没结的" id="unstated">
          <p className="act-note">下个月 1 日会自动结。急用钱，或者要退出联盟，可以现在就结。</p>
          <Unstated
            rows={unstated}
            by="VILLAGE"
            command="make-statement-as-shop"
            page="/shop/statements"
            nextOf={(row) => `/shop/statements/${row.villageCode}/{subject}`}
            form={form}
            token={formToken(actor.sessionId, at)}
          />
        </Section>
      ) : null}
      {months.length > 0 ? (
        <Section title="下载" id="files">
          <MonthFiles action="/shop/statements/month" months={months} />
        </Section>
      ) : null}
    </>
  );
}
