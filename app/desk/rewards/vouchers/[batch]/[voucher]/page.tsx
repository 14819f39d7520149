import type { Metadata } from 'next';
import { notFound } from 'next/navigation';
import { ReasonForm } from '@/components/rewards/forms';
import { sayWholeDay } from '@/components/rewards/words';
import { Facts } from '@/components/ui/figures';
import { PageHead, Section } from '@/components/ui/page-head';
import { requireSeat } from '@/lib/auth/actor';
import { dayOf, now, sayDay, timeOf } from '@/lib/platform/clock';
import { db } from '@/lib/platform/db';
import { readFormReturn } from '@/lib/platform/form-return';
import { isId } from '@/lib/platform/ids';
import { formToken } from '@/lib/platform/origin';
import { canHandleVouchers } from '@/lib/rewards/policy';
import { findBatch, listVouchers } from '@/lib/rewards/voucher/reads';
import { VOUCHER_STATE_NAMES } from '@/lib/rewards/voucher/rules';

export const metadata: Metadata = { title: '一张代金券' };

interface Props {
  params: Promise<{ batch: string; voucher: string }>;
  searchParams: Promise<Record<string, string | string[] | undefined>>;
}

/** One voucher, without its code; for the secretary the way to cancel it. */
export default async function Voucher({ params, searchParams }: Props) {
  const actor = await requireSeat('desk');
  const { villageId } = actor.desk;
  const [{ batch: batchId, voucher: id }, query] = await Promise.all([params, searchParams]);
  if (!isId(batchId) || !isId(id)) notFound();
  const at = now();
  const today = dayOf(at);
  const [batch, [voucher], form] = await Promise.all([
    findBatch(db(), villageId, batchId, today),
    listVouchers(db(), villageId, batchId, today, id),
    readFormReturn(actor.sessionId, query.r, at),
  ]);
  if (!batch || !voucher) notFound();
  const list = `/desk/rewards/vouchers/${batch.id}`;
  return (
    <div className="narrow">
      <PageHead
        title={`${voucher.householdCode} ${voucher.headName}的券`}
        back={{ href: list, label: batch.buys }}
      />
      <Facts
        items={[
          ['换什么', batch.buys],
          ['有效到', sayWholeDay(batch.expiresOn)],
          ['现在', VOUCHER_STATE_NAMES[voucher.state]],
          [
            '什么时候',
            voucher.endedAt
              ? [voucher.endedBy, `${sayDay(dayOf(voucher.endedAt), today)} ${timeOf(voucher.endedAt)}`]
                  .filter(Boolean)
                  .join('，')
              : '',
          ],
          ['原因', voucher.endReason],
        ]}
      />
      {canHandleVouchers(actor) === true && batch.state === 'CONFIRMED' && voucher.state === 'ISSUED' ? (
        <Section title="作废" id="cancel">
          <p className="act-note">
            丢了、坏了、发错了，可以作废。作废以后不能再恢复，这一户会收到消息，村务监督员也看得到。
          </p>
          <ReasonForm
            command="cancel-voucher"
            fixed={{ voucherId: voucher.id }}
            page={`${list}/${voucher.id}`}
            next={list}
            label="为什么作废"
            hint="这一户会看到。"
            act="作废这张券"
            form={form}
            token={formToken(actor.sessionId, at)}
          />
        </Section>
      ) : null}
    </div>
  );
}
