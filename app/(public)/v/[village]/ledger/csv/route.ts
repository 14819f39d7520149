import { csvEntry, csvHead } from '@/lib/ledger/csv';
import { walkEntries } from '@/lib/ledger/reads';
import { parseMonth } from '@/lib/ledger/rules';
import { BYTE_ORDER_MARK } from '@/lib/platform/csv';
import { db } from '@/lib/platform/db';
import { log } from '@/lib/platform/log';
import { findVillageOf } from '../../village';

/**
 * The public ledger as a CSV file: the month of `?month=`, or all of it. Streamed in batches, so that its length
 * costs neither memory nor one long query.
 */
export async function GET(
  request: Request,
  { params }: { params: Promise<{ village: string }> },
): Promise<Response> {
  const village = await findVillageOf(params);
  const asked = new URL(request.url).searchParams.get('month');
  const month = parseMonth(asked ?? undefined);
  if (!village || (asked && !month)) return new Response('没有找到。', { status: 404 });

  const batches = walkEntries(db(), village.id, month ? { month } : {});
  const encoder = new TextEncoder();
  const body = new ReadableStream<Uint8Array>({
    start(controller) {
      controller.enqueue(encoder.encode(BYTE_ORDER_MARK + csvHead()));
    },
    async pull(controller) {
      try {
        const { value, done } = await batches.next();
        if (done) controller.close();
        else controller.enqueue(encoder.encode(value.map(csvEntry).join('')));
      } catch (error) {
        log.error({ fault: error instanceof Error ? error.name : 'unknown' }, 'ledger file broke off');
        controller.error(new Error('broke off'));
      }
    },
    async cancel() {
      await batches.return(undefined);
    },
  });
  const name = `${village.name}台账${month ?? '全部'}.csv`;
  return new Response(body, {
    headers: {
      'content-type': 'text/csv; charset=utf-8',
      'content-disposition': `attachment; filename="${village.code}-${month ?? 'all'}.csv"; filename*=UTF-8''${encodeURIComponent(name)}`,
      'cache-control': 'no-store',
      'x-content-type-options': 'nosniff',
    },
  });
}
