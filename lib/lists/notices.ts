import 'server-only';
import type { Tx } from '@/lib/platform/command';
import { idFromWords } from '@/lib/platform/ids';
import { sayPeriod } from './rules';
import { KIND_NAMES } from './types';

/**
 * Tells those whom a list names, in the transaction that makes it public: everyone of a listed household who can sign
 * in, of a resident's row that resident. `until` is the last day of publicity as it is said.
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
  const people = await tx.$queryRaw<{ person_id: string }[]>`
    select distinct r.person_id from list_row row
    join resident r on r.village_id = row.village_id and r.household_id = row.household_id and r.left_on is null
      and (row.resident_id is null or r.id = row.resident_id)
    where row.village_id = ${villageId}::uuid and row.list_id = ${listId}::uuid and row.state = 'STANDING'
      and r.person_id is not null order by r.person_id`;
  const name = `${sayPeriod(list.period, list.asOf)}${KIND_NAMES[list.kind]}`;
  const title = list.kind === 'RED' ? `您家上了${name}` : `您家在${name}的公示里`;
  const body =
    list.kind === 'RED'
      ? `公示到${until}。名字默认隐去，想写全名可以在“我的”里同意；有不同意见可以提异议。`
      : `公示到${until}。名字是隐去的。不同意可以提异议，提了就先不公布；整改好了也会撤下。`;
  await tx.message.createMany({
    data: people.map(({ person_id: personId }) => ({
      villageId,
      id: idFromWords('list-news', commandId, personId),
      personId,
      title,
      body,
      href: `/v/${village?.code ?? ''}/lists/${listId}`,
      createdAt: now,
    })),
    skipDuplicates: true,
  });
}
