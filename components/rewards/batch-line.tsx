import { Line } from '@/components/ui/lines';
import { StatusText } from '@/components/ui/status-text';
import type { BatchState, BatchView } from '@/lib/rewards/voucher/types';
import { sayVoucherCounts, sayWholeDay, vouchersOf } from './words';

/** Where a batch stands, as a mark and words. */
export function BatchStatus({ state }: { state: BatchState }) {
  if (state === 'WAITING') return <StatusText state="wait">等监督员复核</StatusText>;
  if (state === 'DROPPED') return <StatusText state="off">撤下了</StatusText>;
  return <StatusText state="ok">复核过，可以用</StatusText>;
}

/** A batch among others. */
export function BatchLine({ batch }: { batch: BatchView }) {
  return (
    <Line
      href={`/desk/rewards/vouchers/${batch.id}`}
      title={batch.buys}
      figure={`${vouchersOf(batch)} 张`}
      meta={[
        batch.state === 'CONFIRMED' ? sayVoucherCounts(batch) : '',
        `有效到 ${sayWholeDay(batch.expiresOn)}`,
      ]
        .filter(Boolean)
        .join('；')}
      state={<BatchStatus state={batch.state} />}
    />
  );
}
