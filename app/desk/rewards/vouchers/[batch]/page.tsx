import type { Metadata } from 'next';
import { notFound } from 'next/navigation';
import { BatchStatus } from '@/components/rewards/batch-line';
import { ReasonForm } from '@/components/rewards/forms';
import { sayVoucherCounts, sayWholeDay, vouchersOf } from '@/components/rewards/words';
import { Button } from '@/components/ui/button';
import { CommandForm } from '@/components/ui/command-form';
import { Facts } from '@/components/ui/figures';
import { Line, Lines } from '@/components/ui/lines';
import { Message, Notice } from '@/components/ui/message';
import { PageHead, Section } from '@/components/ui/page-head';
import { StatusText } from '@/components/ui/status-text';
import { requireSeat } from '@/lib/auth/actor';
import { dayOf, now, sayDay, sayQuarter, timeOf } from '@/lib/platform/clock';
import { db } from '@/lib/platform/db';
import { readFormReturn } from '@/lib/platform/form-return';
import { isId } from '@/lib/platform/ids';
import { noticeOf } from '@/lib/platform/notice';
import { formToken } from '@/lib/platform/origin';
import { canConfirmVouchers, canDropVouchers, canHandleVouchers } from '@/lib/rewards/policy';
import { findBatch, listVouchers } from '@/lib/rewards/voucher/reads';
import { VOUCHER_STATE_NAMES } from '@/lib/rewards/voucher/rules';
import type { VoucherState } from '@/lib/rewards/voucher/types';

export const metadata: Metadata = { title: '一批代金券' };

interface Props {
  params: Promise<{ batch: string }>;
  searchParams: Promise<Record<string, string | string[] | undefined>>;
}

const NOTICES: Record<string, string> = {
  'issue-vouchers': '已经发放，等村务监督员复核。复核以前券不能用，券码谁也看不到。',
  'confirm-vouchers': '复核好了，券已经生效，每一户都收到了消息。',
  'drop-vouchers': '这一批已经撤下，券全部作废。',
  'cancel-voucher': '那张券已经作废，那一户收到了消息。',
};

const MARKS: Record<Exclude<VoucherState, 'ISSUED'>, 'ok' | 'back' | 'off'> = {
  REDEEMED: 'ok',
  EXPIRED: 'off',
  CANCELLED: 'back',
};

/** A batch: who issued and confirmed it, and what became of each voucher. Codes are not here. */
export default async function Batch({ params, searchParams }: Props) {
  const actor = await requireSeat('desk');
  const { villageId } = actor.desk;
  const [{ batch: id }, query] = await Promise.all([params, searchParams]);
  if (!isId(id)) notFound();
  const at = now();
  const today = dayOf(at);
  const [batch, vouchers, form] = await Promise.all([
    findBatch(db(), villageId, id, today),
    listVouchers(db(), villageId, id, today),
    readFormReturn(actor.sessionId, query.r, at),
  ]);
  if (!batch) notFound();
  const page = `/desk/rewards/vouchers/${batch.id}`;
  const token = formToken(actor.sessionId, at);
  const isWaiting = batch.state === 'WAITING';
  const isIssuer = batch.issuedById === actor.personId;
  const notice = noticeOf(NOTICES, query.ok);
  const moment = (time: Date) => `${sayDay(dayOf(time), today)} ${timeOf(time)}`;
  const total = vouchersOf(batch);
  return (
    <>
      <PageHead title={batch.buys} back={{ href: '/desk/rewards', label: '奖励' }} />
      {notice ? <Notice title={notice} /> : null}
      <Facts
        items={[
          ['现在', <BatchStatus key="state" state={batch.state} />],
          [
            '给谁',
            <span key="list">
              {batch.isWhole ? '每一户：' : `挑选的 ${total} 户：`}
              <a href={`/desk/rewards/lists/${batch.listId}`}>{`${sayQuarter(batch.quarter)}红榜`}</a>
            </span>,
          ],
          ['张数', `${total} 张`],
          ['和商户结算', `每张 ${batch.points} 分，一共 ${total * batch.points} 分`],
          ['有效到', sayWholeDay(batch.expiresOn)],
          ['发放', `${batch.issuedBy}，${moment(batch.issuedAt)}`],
          [
            batch.state === 'DROPPED' ? '撤下' : '复核',
            batch.decidedAt ? `${batch.decidedBy}，${moment(batch.decidedAt)}` : '',
          ],
          ['为什么撤下', batch.droppedWhy],
          ['用得怎样', batch.state === 'CONFIRMED' ? sayVoucherCounts(batch) : ''],
        ]}
      />
      {isWaiting && canConfirmVouchers(actor) === true && !isIssuer ? (
        <Section title="复核" id="confirm">
          <p className="act-note">
            请对一对：给的是不是榜上的户，换的东西、分数、有效期对不对。复核以后券就能用，不能再改。
          </p>
          <CommandForm
            name="confirm-vouchers"
            back={page}
            next={page}
            fixed={{ batchId: batch.id }}
            form={query.edit === 'drop' ? null : form}
            token={token}
            label="复核"
          >
            <Button kind="done">没有问题，让券生效</Button>
          </CommandForm>
        </Section>
      ) : isWaiting ? (
        <Message tone="look" title="等村务监督员复核。">
          复核以前券不能用，券码谁也看不到。
        </Message>
      ) : null}
      {batch.state === 'CONFIRMED' && canHandleVouchers(actor) === true && batch.counts.ISSUED > 0 ? (
        <Section title="打印" id="print">
          <p className="act-note">给没有手机的人家打印剪下来。打开打印页会留下记录：谁在什么时候看了券码。</p>
          <CommandForm
            name="open-voucher-sheet"
            back={page}
            next={`${page}/sheet`}
            fixed={{ batchId: batch.id }}
            token={token}
            label="打印"
          >
            <Button kind="outline">打开打印页</Button>
          </CommandForm>
        </Section>
      ) : null}
      <Section title="每一张" id="vouchers">
        <Lines label="这一批的券">
          {vouchers.map((voucher) => (
            <Line
              key={voucher.id}
              title={`${voucher.householdCode} ${voucher.headName}`}
              {...(batch.state === 'CONFIRMED' ? { href: `${page}/${voucher.id}` } : {})}
              meta={
                voucher.endedAt
                  ? [voucher.endedBy, moment(voucher.endedAt)].filter(Boolean).join('，')
                  : `有效到 ${sayWholeDay(batch.expiresOn)}`
              }
              state={
                isWaiting ? undefined : voucher.state === 'ISSUED' ? (
                  VOUCHER_STATE_NAMES.ISSUED
                ) : (
                  <StatusText state={MARKS[voucher.state]}>{VOUCHER_STATE_NAMES[voucher.state]}</StatusText>
                )
              }
              note={voucher.endReason ? `原因：${voucher.endReason}` : undefined}
            />
          ))}
        </Lines>
      </Section>
      {isWaiting && canDropVouchers(actor) === true ? (
        <Section title="撤下这一批" id="drop">
          <p className="act-note">写错了、不该发，可以在复核以前整批撤下，再重新发。</p>
          <ReasonForm
            command="drop-vouchers"
            fixed={{ batchId: batch.id }}
            page={`${page}?edit=drop`}
            next={page}
            label="为什么撤下"
            hint="村书记和村务监督员都看得到。"
            act="撤下这一批"
            form={query.edit === 'drop' ? form : null}
            token={token}
          />
        </Section>
      ) : null}
    </>
  );
}
