import { describe, expect, it } from 'vitest';
import { newId } from '@/lib/platform/ids';
import { confirmVouchers, issueVouchers } from '@/lib/rewards/voucher/commands';
import { TEST_NOW } from '@/lib/testing/builders';
import { testDb } from '@/lib/testing/database';
import { aList } from '@/lib/testing/red-list';
import { aWorkingVillage } from '@/lib/testing/working-village';
import { findHouseholdExport } from './reads';

const { prisma, owner } = await testDb();

/** Under which name of the export each table about a household stands; null: derived, or not about one household. */
const WHERE: Record<string, string | null> = {
  account: 'spendablePoints',
  attached_photo: 'photosOfThese',
  consent: 'consents',
  deduction: 'deductions',
  deed: 'deeds',
  favourite_item: 'favouriteItems',
  list_row: 'listRows',
  objection: 'objections',
  pattern_look: 'patternLooks',
  pay_code: 'payCodes',
  photo: 'deeds',
  plaque: 'plaques',
  posting: 'postings',
  redemption: 'redemptions',
  resident: 'residents',
  resident_person: 'formerSignIns',
  rulebook_comment: 'commentsOnDrafts',
  star_rating: 'stars',
  voucher: 'vouchers',
  // sums of postings
  cap_usage: null,
  standing: null,
};

describe('the export of a household', () => {
  it('has a place for every table that names a household', async () => {
    const { rows } = await owner.query<{ table_name: string }>(
      `select distinct c.table_name from information_schema.columns c
       join information_schema.tables t using (table_schema, table_name)
       where c.table_schema = 'public' and t.table_type = 'BASE TABLE' and c.column_name = 'household_id' order by 1`,
    );
    const village = await aWorkingVillage();
    const home = village.household(0);
    const exported = await findHouseholdExport(prisma, village.id, home.id, home.head.personId);
    const missing = rows
      .map((row) => row.table_name)
      .filter((table) => {
        const name = WHERE[table];
        return name === undefined || (name !== null && !(name in exported));
      });
    expect(missing, 'give a new table its place in the export').toEqual([]);
  });

  it('says how a household stands, and nothing of another', async () => {
    const village = await aWorkingVillage({ households: 2 });
    const [home, other] = [village.household(0), village.household(1)];
    const list = await aList(owner, village, [home, other]);
    await owner.query(
      `insert into consent (village_id, id, household_id, text_version, text, given_by_id, given_at)
       values ($1, $2, $3, 1, '同意', $4, $5)`,
      [village.id, newId(), other.id, other.head.personId, TEST_NOW],
    );
    const exportOf = (household: typeof home) =>
      findHouseholdExport(prisma, village.id, household.id, household.head.personId);
    const [mine, theirs] = await Promise.all([exportOf(home), exportOf(other)]);
    expect(mine.listRows).toMatchObject([{ listId: list.id, rank: 1, points: 50, list: { kind: 'RED' } }]);
    expect(mine.consents).toEqual([]);
    expect(theirs.consents).toMatchObject([{ text: '同意', withdrawnAt: null }]);
    expect(JSON.stringify(mine)).not.toContain(other.id);
  });

  it('has the code of a voucher once its batch is confirmed, and not before', async () => {
    const village = await aWorkingVillage();
    const home = village.household(0);
    const list = await aList(owner, village, village.households);
    const issue = async () => {
      const input = { listId: list.id, buys: '食用油一桶', points: 30, expiresOn: '2026-12-31', rowIds: [] };
      const result = await village.run(issueVouchers, await village.actorOf(village.secretary), input);
      if (!result.ok) throw new Error(result.refusal.code);
      return String(result.outcome.subject);
    };
    const exported = async () =>
      (await findHouseholdExport(prisma, village.id, home.id, home.head.personId)).vouchers;
    const batchId = await issue();
    const { code } = await prisma.voucher.findFirstOrThrow({
      where: { villageId: village.id, householdId: home.id },
    });
    expect(await exported()).toMatchObject([{ code: null, isConfirmed: false, buys: '食用油一桶' }]);
    const confirmed = await village.run(confirmVouchers, await village.actorOf(village.supervisor), {
      batchId,
    });
    expect(confirmed.ok).toBe(true);
    expect(await exported()).toMatchObject([{ code, isConfirmed: true }]);
  });
});
