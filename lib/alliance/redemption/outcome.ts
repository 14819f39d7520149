import 'server-only';
import type { CommandOutcome, Tx } from '@/lib/platform/command';
import type { Prisma } from '@/lib/platform/db';

/** Calls one of the functions that answer a redemption, and says what it has come to. */
export async function outcomeOf(tx: Tx, call: Prisma.Sql): Promise<CommandOutcome> {
  const [row] = await tx.$queryRaw<{ outcome: CommandOutcome }[]>`
    select redemption_outcome(x.r) as outcome from ${call} x`;
  if (!row) throw new Error('the function answered nothing');
  return row.outcome;
}
