import 'server-only';
import { mayBeMinorOn } from '@/lib/deductions/rules';
import { dateToDay, dayOf } from '@/lib/platform/clock';
import type { Tx } from '@/lib/platform/command';
import type { Relation } from '@/lib/platform/generated/enums';
import { idFromWords } from '@/lib/platform/ids';
import { findDaysUp } from './days';
import { readGrounds } from './facts/reads';
import { sayRepair } from './facts/rules';
import { lastShownDay, sayPeriod, sayUntil } from './rules';
import { KIND_NAMES } from './types';

interface Listed {
  row_id: string;
  person_id: string;
  birth_year: number | null;
  relation: Relation;
  is_suspended: boolean;
}

/**
 * Tells those whom a list names, in the transaction that makes it public: everyone of a listed household who can sign
 * in, of a resident's row that resident; of a black list the grown-ups alone, in the words of the list itself. `until` is
 * the last day of publicity as it is said.
 */
export async function tellListed(
  tx: Tx,
  about: { villageId: string; listId: string; commandId: string; now: Date },
  until: string,
): Promise<void> {
  const { villageId, listId, commandId, now } = about;
  const list = await tx.villageList.findUnique({
    where: { villageId_id: { villageId, id: listId } },
    select: { kind: true, period: true, asOf: true },
  });
  if (!list) return;
  const village = await tx.village.findUnique({ where: { id: villageId }, select: { code: true } });
  const people = await tx.$queryRaw<Listed[]>`
    select distinct on (r.person_id) row.id::text as row_id, r.person_id, r.birth_year, r.relation::text as relation,
      row.state = 'SUSPENDED' as is_suspended
    from list_row row
    join resident r on r.village_id = row.village_id and r.household_id = row.household_id and r.left_on is null
      and (row.resident_id is null or r.id = row.resident_id)
    where row.village_id = ${villageId}::uuid and row.list_id = ${listId}::uuid and row.state <> 'GONE'
      and r.person_id is not null order by r.person_id, row.rank`;
  const isRed = list.kind === 'RED';
  const today = dayOf(now);
  const told = isRed ? people : people.filter((one) => !mayBeMinorOn(toWho(one), today));
  const repairs = isRed ? new Map<string, string>() : await sayRepairs(tx, about, told);
  const name = `${sayPeriod(list.period, list.asOf)}${KIND_NAMES[list.kind]}`;
  const bodyOf = ({ row_id: row, is_suspended: isSuspended }: Listed) =>
    isRed && isSuspended
      ? `公示到${until}。您家的异议还没有答复，答复以前先不公布您家这一行。`
      : isRed
        ? `公示到${until}。名字默认隐去，想写全名可以在“我的”里同意；有不同意见可以提异议。`
        : `公示到${until}。名字是隐去的。不同意可以提异议，提了就先不公布。怎样撤下：${repairs.get(row) ?? ''}。`;
  await tx.message.createMany({
    data: told.map((one) => ({
      villageId,
      id: idFromWords('list-news', commandId, one.person_id),
      personId: one.person_id,
      title: isRed ? `您家上了${name}` : `您家在${name}的公示里`,
      body: bodyOf(one),
      href: `/v/${village?.code ?? ''}/lists/${listId}`,
      createdAt: now,
    })),
    skipDuplicates: true,
  });
}

const toWho = (one: Listed) => ({ birthYear: one.birth_year, relation: one.relation });

/** What takes each row of a black list down, by row: the same words as on the list. */
async function sayRepairs(
  tx: Tx,
  { villageId, listId }: { villageId: string; listId: string },
  told: readonly Listed[],
): Promise<Map<string, string>> {
  const list = await tx.villageList.findUniqueOrThrow({
    where: { villageId_id: { villageId, id: listId } },
    select: { publicUntil: true, threshold: true },
  });
  const daysUp = await findDaysUp(tx, villageId, listId);
  const last = list.publicUntil ? lastShownDay(dateToDay(list.publicUntil), daysUp) : null;
  const said = { lastDay: sayUntil(last, daysUp), threshold: list.threshold };
  const rows = [...new Set(told.map((one) => one.row_id))];
  const grounds = await readGrounds(tx, villageId, rows);
  return new Map(rows.map((row) => [row, sayRepair(grounds.get(row) ?? [], said)]));
}
