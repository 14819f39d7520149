import type { Metadata } from 'next';
import { notFound } from 'next/navigation';
import { DESK_FILTERS, filterOf, offsetOf } from '@/components/alliance/settlement/filters';
import { MonthFiles } from '@/components/alliance/settlement/month-files';
import { StatementList } from '@/components/alliance/settlement/statement-list';
import { Unstated } from '@/components/alliance/settlement/unstated';
import { Refusal } from '@/components/ui/message';
import { PageHead, Section } from '@/components/ui/page-head';
import { canReadSettlement, canSettle } from '@/lib/alliance/settlement/policy';
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

export const metadata: Metadata = { title: '和商户结算' };

interface Props {
  searchParams: Promise<Record<string, string | string[] | undefined>>;
}

/** A village's statements with all its merchants, and what is in none yet. Five queries. */
export default async function Statements({ searchParams }: Props) {
  const actor = await requireSeat('desk');
  if (canReadSettlement(actor) !== true) notFound();
  const query = await searchParams;
  const at = now();
  const scope = { villageIds: [actor.desk.villageId], merchantId: null };
  const filter = filterOf(DESK_FILTERS, query.state);
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
      <PageHead
        title="和商户结算"
        lead="每月 1 日自动结上个月的：商户核对同意，村里自己转账付钱，记下来，商户确认。"
      />
      {form && unstated.length !== 1 ? <Refusal refusal={form.refusal} /> : null}
      <StatementList
        base="/desk/alliance/statements"
        filters={DESK_FILTERS}
        filter={filter}
        counts={counts}
        statements={statements}
        from={from}
        aPage={STATEMENTS_A_PAGE}
        by="MERCHANT"
        today={dayOf(at)}
        hrefOf={(one) => `/desk/alliance/statements/${one.id}`}
        empty="商户收过积分以后，下个月 1 日会做好放在这里。"
      />
      {unstated.length > 0 ? (
        <Section title="还没结的" id="unstated">
          <p className="act-note">下个月 1 日会自动结。商户要退出联盟，可以现在就结。</p>
          <Unstated
            rows={unstated}
            by="MERCHANT"
            command={canSettle(actor) === true ? 'make-statement' : null}
            page="/desk/alliance/statements"
            nextOf={() => '/desk/alliance/statements/{subject}'}
            form={form}
            token={formToken(actor.sessionId, at)}
          />
        </Section>
      ) : null}
      {months.length > 0 ? (
        <Section title="下载" id="files">
          <MonthFiles action="/desk/alliance/statements/month" months={months} />
        </Section>
      ) : null}
      <p className="more">
        <a href="/desk/alliance/pool">看资金池</a>
      </p>
    </>
  );
}
