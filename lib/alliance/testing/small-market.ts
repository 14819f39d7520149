import type pg from 'pg';
import { newId } from '@/lib/platform/ids';
import { TEST_DAY, TEST_NOW, type VillageBuilt } from '@/lib/testing/builders';
import type { ShopBuilt } from '@/lib/testing/shop';

/** A village of its own, as little of one as a counter needs. */
export interface SmallMarket {
  v: VillageBuilt;
  at: ShopBuilt;
  offer: string;
  voucher: string;
}

interface Wanted {
  households: number;
  /** of each household */
  points: number;
  freeMost: number;
  offer: { points: number; stock: number };
  voucherPoints: number;
}

/**
 * The same world as `market` with an offer, a voucher of the first household and an announced year's end that clears
 * everything, in one round trip: for tests that need hundreds of them.
 */
export async function aSmallMarket(owner: pg.Pool, base: VillageBuilt, wanted: Wanted): Promise<SmallMarket> {
  const { townshipId, secretary, supervisor } = base;
  const [village, group, shop, staff, offer, batch, list] = Array.from({ length: 7 }, newId) as string[] &
    [string, string, string, string, string, string, string];
  const homes = Array.from({ length: wanted.households }, () => ({
    id: newId(),
    head: newId(),
    person: newId(),
  }));
  const voucher = `${Math.floor(Math.random() * 1e11)}`.padStart(11, '0');
  const at = TEST_NOW.toISOString();
  const { rows } = (await owner
    .query(`
    begin;
    insert into village (id, township_id, code, name, preset)
    values ('${village}', '${townshipId}', 's${village.replaceAll('-', '').slice(-14)}', '小村', 'MARKET');
    insert into village_group (village_id, id, number, name) values ('${village}', '${group}', 1, '一组');
    insert into appointment (id, person_id, role, village_id, from_day) values
      ('${newId()}', '${secretary.id}', 'SECRETARY', '${village}', '2025-01-01'),
      ('${newId()}', '${supervisor.id}', 'SUPERVISOR', '${village}', '2025-01-01');
    insert into person (id, name) values ('${staff}', '店家');
    ${homes
      .map(
        ({ id, head, person }, n) => `
    insert into person (id, name) values ('${person}', '户主');
    insert into household (village_id, id, group_id, code) values ('${village}', '${id}', '${group}', '01-00${n + 1}');
    insert into resident (village_id, id, household_id, person_id, name, relation, birth_year)
    values ('${village}', '${head}', '${id}', '${person}', '户主', 'HEAD', 1970);
    select ledger_post('${village}', 'AWARD', found_award('${village}', '${id}', '${head}', ${wanted.points}, 0, '${TEST_DAY}', '${at}'),
      0::smallint, '${village}', '${id}', ${wanted.points}, 0, '${id}',
      '${head}', '${TEST_DAY}', null, null, null, null, '', null, null, '${newId()}', '${at}');`,
      )
      .join('')}
    set local session_replication_role = 'replica';
    insert into merchant (id, township_id, name, kind, address, state)
    values ('${shop}', '${townshipId}', '小卖部', '日用品', '村口', 'ADMITTED');
    insert into appointment (id, person_id, role, merchant_id, from_day)
    values ('${newId()}', '${staff}', 'MERCHANT', '${shop}', '2025-01-01');
    insert into alliance_terms (village_id, id, merchant_id, reference_fen, settlement_day, free_most, signed_by_id, signed_at,
      accepted_by_id, accepted_at)
    values ('${village}', '${newId()}', '${shop}', 100, 10, ${wanted.freeMost}, '${secretary.id}', '${at}', '${staff}', '${at}');
    insert into account (village_id, id, kind) values ('${village}', '${shop}', 'MERCHANT');
    insert into offer (village_id, id, merchant_id, category, title, points, stock, valid_from, created_at)
    values ('${village}', '${offer}', '${shop}', 'DAILY_GOODS', '香皂', ${wanted.offer.points}, ${wanted.offer.stock}, '2026-01-01', '${at}');
    insert into voucher_batch (village_id, id, list_id, buys, points, expires_on, is_whole, issued_by_id, issued_at, confirmed_by_id, confirmed_at)
    values ('${village}', '${batch}', '${list}', '大米一袋', ${wanted.voucherPoints}, '2027-03-31', true, '${secretary.id}',
      '2026-11-20', '${supervisor.id}', '2026-11-21');
    insert into voucher (village_id, id, batch_id, household_id, code)
    select '${village}', '${newId()}', '${batch}', '${homes[0]?.id}', '${voucher}' || d
    from generate_series(0, 9) d where voucher_code_holds('${voucher}' || d);
    insert into rulebook_version (village_id, id, number, state, title, effective_from, year_end_policy)
    values ('${village}', '${newId()}', 1, 'ADOPTED', '清零', '2025-01-01', 'CLEAR');
    insert into year_end (village_id, id, year, policy, announced_at, announced_by_id, due_on)
    values ('${village}', '${newId()}', 2026, 'CLEAR', '2026-11-20', '${secretary.id}', '2027-01-01');
    commit;
    select code from voucher where village_id = '${village}'`)
    .then((all) => (Array.isArray(all) ? all.at(-1) : all))) as pg.QueryResult<{
    code: string;
  }>;
  const households = homes.map(({ id, head, person }, n) => {
    const resident = {
      id: head,
      name: '户主',
      relation: 'HEAD' as const,
      birthYear: 1970,
      householdId: id,
      personId: person,
    };
    return { id, code: `01-00${n + 1}`, groupId: group, head: resident, residents: [resident] };
  });
  const v: VillageBuilt = {
    ...base,
    id: village,
    households,
    household(index) {
      const found = households[index];
      if (!found) throw new Error('no such household');
      return found;
    },
  };
  const none = () => Promise.reject(new Error('a small market has one offer, and no office'));
  return {
    v,
    at: {
      id: shop,
      staff: { id: staff, name: '店家', phone: null },
      official: { id: staff, name: '店家', phone: null },
      become: none,
      offer: none,
    },
    offer,
    voucher: rows[0]?.code ?? '',
  };
}
