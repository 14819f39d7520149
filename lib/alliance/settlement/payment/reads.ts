import 'server-only';
import { dateToDay } from '@/lib/platform/clock';
import type { Db } from '@/lib/platform/db';
import type { NoteView, PayChannel, PaymentView } from '../types';

export interface PaymentChain {
  /** the last one first, then those it replaced */
  payments: PaymentView[];
  covers: { id: string; month: string; number: number; fen: number }[];
}

interface PaymentRow {
  last_id: string;
  id: string;
  fen: number;
  paid_on: Date;
  channel: PayChannel;
  reference: string;
  slip_photo_id: string | null;
  paid_by: string;
  paid_at: Date;
  replaced_why: string | null;
  notes: (Omit<NoteView, 'at'> & { at: string })[] | null;
}

/** Payments by their id, each with those it replaced, what was said of them, and what it covers. Two queries. */
export async function listPayments(
  db: Db,
  villageIds: readonly string[],
  ids: readonly string[],
): Promise<ReadonlyMap<string, PaymentChain>> {
  const found = new Map<string, PaymentChain>();
  if (ids.length === 0) return found;
  const villages = [...villageIds];
  const [rows, covers] = await Promise.all([
    db.$queryRaw<PaymentRow[]>`
      with recursive chain as (
        select p.id as last_id, p.*, null::text as replaced_why, 0 as step from payment p
        where p.village_id = any (${villages}::uuid[]) and p.id = any (${[...ids]}::uuid[])
        union all
        select c.last_id, p.*, c.replace_why, c.step + 1 from chain c
        join payment p on p.village_id = c.village_id and p.id = c.replaces_id
      )
      select c.last_id, c.id, c.fen, c.paid_on, c.channel::text as channel, c.reference, c.slip_photo_id, b.name as paid_by,
        c.paid_at, c.replaced_why,
        (select jsonb_agg(jsonb_build_object('side', n.side, 'body', n.body, 'by', x.name, 'at', n.at) order by n.at, n.id)
         from payment_note n join person x on x.id = n.by_id where n.village_id = c.village_id and n.payment_id = c.id) as notes
      from chain c join person b on b.id = c.paid_by_id
      order by c.last_id, c.step`,
    db.$queryRaw<{ payment_id: string; id: string; month: string; number: number; fen: number }[]>`
      select s.payment_id, s.id, s.month, s.number, s.fen from statement s
      where s.village_id = any (${villages}::uuid[]) and s.payment_id = any (${[...ids]}::uuid[]) order by s.month, s.number`,
  ]);
  for (const row of rows) {
    const chain = found.get(row.last_id) ?? { payments: [], covers: [] };
    found.set(row.last_id, chain);
    chain.payments.push({
      id: row.id,
      fen: row.fen,
      paidOn: dateToDay(row.paid_on),
      channel: row.channel,
      reference: row.reference,
      slipPhotoId: row.slip_photo_id,
      paidBy: row.paid_by,
      paidAt: row.paid_at,
      replacedWhy: row.replaced_why ?? '',
      notes: (row.notes ?? []).map((note) => ({ ...note, at: new Date(note.at) })),
    });
  }
  for (const { payment_id, ...one } of covers) found.get(payment_id)?.covers.push(one);
  return found;
}

/**
 * What of a merchant is open in a village beside what it has agreed to: postings that are in no statement, and statements
 * that wait for agreeing or confirming. One query.
 */
export async function findOpenBeside(
  db: Db,
  villageId: string,
  merchantId: string,
): Promise<{ unstated: number; open: number }> {
  const [row] = await db.$queryRaw<{ unstated: number; open: number }[]>`
    select (select count(*)::int from merchant_unstated(${villageId}::uuid, ${merchantId}::uuid, 'infinity')) as unstated,
      (select count(*)::int from statement s where s.village_id = ${villageId}::uuid and s.merchant_id = ${merchantId}::uuid
         and s.state not in ('AGREED', 'CONFIRMED')) as open`;
  return row ?? { unstated: 0, open: 0 };
}
