import type { Metadata } from 'next';
import { notFound } from 'next/navigation';
import { BatchLine } from '@/components/rewards/batch-line';
import { AwardPlaquesForm, IssueVouchersForm } from '@/components/rewards/forms';
import { sayList, sayWholeDay } from '@/components/rewards/words';
import { Line, Lines } from '@/components/ui/lines';
import { Message, Notice } from '@/components/ui/message';
import { PageHead, Section } from '@/components/ui/page-head';
import { StatusText } from '@/components/ui/status-text';
import { requireSeat } from '@/lib/auth/actor';
import { addDays, dayOf, now, sayQuarter } from '@/lib/platform/clock';
import { db } from '@/lib/platform/db';
import { readFormReturn } from '@/lib/platform/form-return';
import { isId } from '@/lib/platform/ids';
import { formToken } from '@/lib/platform/origin';
import { findRewardList, listRewardRows } from '@/lib/rewards/overview/reads';
import type { RewardRow } from '@/lib/rewards/overview/types';
import { canAwardRewards } from '@/lib/rewards/policy';
import { listBatches } from '@/lib/rewards/voucher/reads';

export const metadata: Metadata = { title: '红榜的奖励' };

/** A last day that suits most: some two months. */
const SUGGESTED_DAYS = 60;
const LONGEST_DAYS = 366;

interface Props {
  params: Promise<{ list: string }>;
  searchParams: Promise<Record<string, string | string[] | undefined>>;
}

/** A final red list: who has a plaque, which vouchers were issued, and the forms for both. */
export default async function ListRewards({ params, searchParams }: Props) {
  const actor = await requireSeat('desk');
  const { villageId } = actor.desk;
  const [{ list: id }, query] = await Promise.all([params, searchParams]);
  if (!isId(id)) notFound();
  const at = now();
  const today = dayOf(at);
  const [list, rows, batches, form] = await Promise.all([
    findRewardList(db(), villageId, id),
    listRewardRows(db(), villageId, id),
    listBatches(db(), villageId, today, id),
    readFormReturn(actor.sessionId, query.r, at),
  ]);
  if (!list) notFound();
  const page = `/desk/rewards/lists/${list.id}`;
  const isUp = list.state === 'FINAL' && (list.expiresOn === null || list.expiresOn >= today);
  const mayGive = canAwardRewards(actor) === true && isUp;
  const common = { listId: list.id, rows, page, token: formToken(actor.sessionId, at) };
  const isVouchers = query.edit === 'vouchers';
  return (
    <>
      <PageHead
        title={`${sayQuarter(list.quarter)}${sayList(list)}`}
        lead={list.finalOn ? `${sayWholeDay(list.finalOn)}定榜，现在在榜 ${list.standing} 行` : undefined}
        back={{ href: '/desk/rewards', label: '奖励' }}
      />
      {query.ok === 'award-plaques' ? <Notice title="颁发好了，每一户都收到了消息，证书可以打印。" /> : null}
      {isUp ? null : (
        <Message
          tone="look"
          title={list.state === 'WITHDRAWN' ? '这张榜已经撤回，不再发奖励。' : '这张榜已经到期，不再发奖励。'}
        >
          {list.state === 'WITHDRAWN'
            ? '发过的牌和券还在。要收回的，牌请村务监督员撤销，券请村书记作废。'
            : '发过的牌和券照常有效。'}
        </Message>
      )}
      <Section title="榜上的户" id="rows">
        {mayGive && list.subject === 'HOUSEHOLD' ? (
          <AwardPlaquesForm {...common} form={isVouchers ? null : form} />
        ) : null}
        <Lines label="榜上的户">
          {rows.map((row) => (
            <Line
              key={row.id}
              title={`第 ${row.rank} 名　${row.householdCode} ${row.residentName || row.headName}`}
              figure={`${row.points} 分`}
              {...(row.plaque ? { href: `/desk/rewards/plaques/${row.plaque.id}` } : {})}
              meta={row.plaque ? `“红榜之家” ${row.plaque.number}` : row.isStanding ? '' : '现在不在榜上'}
              state={<RowState row={row} isHousehold={list.subject === 'HOUSEHOLD'} />}
            />
          ))}
        </Lines>
      </Section>
      <Section title="代金券" id="vouchers">
        {batches.length > 0 ? (
          <Lines label="这张榜的代金券">
            {batches.map((batch) => (
              <BatchLine key={batch.id} batch={batch} />
            ))}
          </Lines>
        ) : (
          <p>这张榜还没有发过代金券。</p>
        )}
      </Section>
      {mayGive ? (
        <Section title="发代金券" id="issue">
          <p className="act-note">
            榜上每户一张，一次用完，不找零，不转让。村务监督员复核以后才生效，村民才看得到券码。
          </p>
          <IssueVouchersForm
            {...common}
            form={isVouchers ? form : null}
            first={addDays(today, 1)}
            last={addDays(today, LONGEST_DAYS)}
            suggested={addDays(today, SUGGESTED_DAYS)}
          />
        </Section>
      ) : null}
    </>
  );
}

function RowState({ row, isHousehold }: { row: RewardRow; isHousehold: boolean }) {
  if (row.plaque?.isRevoked) return <StatusText state="back">牌已撤销</StatusText>;
  if (row.plaque) return <StatusText state="ok">有牌</StatusText>;
  if (!row.isStanding) return <StatusText state="off">不发</StatusText>;
  return isHousehold ? <StatusText state="wait">没有牌</StatusText> : null;
}
