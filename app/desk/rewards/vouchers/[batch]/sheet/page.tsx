import type { Metadata } from 'next';
import { notFound } from 'next/navigation';
import { VoucherSheet } from '@/components/rewards/voucher-sheet';
import { Button } from '@/components/ui/button';
import { CommandForm } from '@/components/ui/command-form';
import { EmptyState, Message, Refusal } from '@/components/ui/message';
import { PageHead } from '@/components/ui/page-head';
import { PrintButton } from '@/components/ui/print-button';
import { requireSeat } from '@/lib/auth/actor';
import { dayOf, now } from '@/lib/platform/clock';
import { db } from '@/lib/platform/db';
import { readFormReturn } from '@/lib/platform/form-return';
import { isId } from '@/lib/platform/ids';
import { formToken } from '@/lib/platform/origin';
import { findVillages } from '@/lib/regions/reads';
import { canHandleVouchers } from '@/lib/rewards/policy';
import { voucherAddress } from '@/lib/rewards/voucher/address';
import { findBatch, isSheetOpen, listSheetVouchers } from '@/lib/rewards/voucher/reads';

export const metadata: Metadata = { title: '打印代金券' };

interface Props {
  params: Promise<{ batch: string }>;
  searchParams: Promise<Record<string, string | string[] | undefined>>;
}

/** The sheet to cut. Codes are shown to who has opened it by the command that is kept, for some minutes. */
export default async function Sheet({ params, searchParams }: Props) {
  const actor = await requireSeat('desk');
  const { villageId } = actor.desk;
  const [{ batch: id }, query] = await Promise.all([params, searchParams]);
  if (canHandleVouchers(actor) !== true || !isId(id)) notFound();
  const at = now();
  const today = dayOf(at);
  const [batch, isOpen, villages, form] = await Promise.all([
    findBatch(db(), villageId, id, today),
    isSheetOpen(db(), villageId, id, actor.personId, at),
    findVillages(db(), [villageId]),
    readFormReturn(actor.sessionId, query.r, at),
  ]);
  if (!batch) notFound();
  const page = `/desk/rewards/vouchers/${batch.id}`;
  const vouchers = isOpen ? await listSheetVouchers(db(), villageId, batch.id, today) : [];
  const village = villages.get(villageId);
  return (
    <>
      <div className="no-print">
        <PageHead title="打印代金券" lead={batch.buys} back={{ href: page, label: '这一批' }} />
        {form ? <Refusal refusal={form.refusal} /> : null}
        {isOpen ? (
          <>
            <p className="act-note">
              用 A4 纸竖着打印，每张 8 个，沿虚线剪开，交到本人手里。这次查看已经记下，15 分钟后自动关上。
            </p>
            <div className="form-act">
              <PrintButton label="打印" />
            </div>
          </>
        ) : batch.state !== 'CONFIRMED' ? (
          <Message tone="look" title={batch.state === 'DROPPED' ? '这一批撤下了' : '这一批还没有复核'}>
            {batch.state === 'DROPPED' ? '撤下的券不打印。' : '等村务监督员复核以后，再来打印。'}
          </Message>
        ) : (
          <CommandForm
            name="open-voucher-sheet"
            back={`${page}/sheet`}
            next={`${page}/sheet`}
            fixed={{ batchId: batch.id }}
            token={formToken(actor.sessionId, at)}
            label="打开"
          >
            <p className="act-note">打开以后能看到券码，会留下记录：谁在什么时候看了。</p>
            <Button kind="primary">打开打印页</Button>
          </CommandForm>
        )}
      </div>
      {isOpen && vouchers.length === 0 ? (
        <EmptyState title="没有可以打印的券">用掉、过期、作废的券不打印。</EmptyState>
      ) : null}
      <VoucherSheet
        vouchers={vouchers}
        place={village?.name ?? ''}
        buys={batch.buys}
        expiresOn={batch.expiresOn}
        isDemo={village?.isDemo ?? false}
        address={voucherAddress}
      />
    </>
  );
}
