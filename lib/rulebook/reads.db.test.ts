import { beforeAll, describe, expect, it } from 'vitest';
import type { Day } from '@/lib/platform/clock';
import { aVillage, TEST_DAY, TEST_NOW, type VillageBuilt } from '@/lib/testing/builders';
import { testDb } from '@/lib/testing/database';
import { type Adoption, adoptCatalogue, itemId, versionId } from './adopt';
import {
  findItem,
  findItemsByText,
  findMeetingOf,
  findRulebook,
  findVersionInForce,
  listCategories,
  listItemIndex,
  listItems,
  listVersions,
} from './reads';

const { prisma, owner } = await testDb();

const RESOLUTION: Adoption['resolution'] = {
  meetingKind: 'ASSEMBLY',
  heldOn: '2026-01-12' as Day,
  eligible: 200,
  present: 160,
  votesFor: 150,
  votesAgainst: 4,
  abstained: 6,
};

async function adopt(village: VillageBuilt, number: number, effectiveFrom: string, settings = {}) {
  return prisma.$transaction((tx) =>
    adoptCatalogue(tx, village.id, {
      number,
      effectiveFrom: effectiveFrom as Day,
      resolution: RESOLUTION,
      settings,
      now: TEST_NOW,
      covenant: '一、爱护环境。',
    }),
  );
}

let village: VillageBuilt;
let other: VillageBuilt;

beforeAll(async () => {
  village = await aVillage({ households: 1 });
  other = await aVillage({ households: 1 });
  await adopt(village, 1, '2026-01-15', { secondThreshold: 20 });
  await adopt(village, 2, '2026-07-01', { householdMonthCap: 60 });
});

describe('adoptCatalogue', () => {
  it('writes 15 categories and 48 items with points, spelling and scale', async () => {
    const categories = await listCategories(prisma, village.id, versionId(village.id, 1));
    expect(categories).toHaveLength(15);
    const items = categories.flatMap((category) => category.items);
    expect(items).toHaveLength(48);
    expect(items[4]).toMatchObject({
      id: itemId(village.id, 1, 'PUBLIC_CLEAN-01'),
      points: 2,
      capPoints: 8,
      capPer: 'MONTH',
      initials: 'cddsfz',
      metricUnit: '米',
    });
    expect(items.find((item) => item.code === 'FAMILY-03')?.scale.map((step) => step.points)).toEqual([
      5, 10, 20, 30, 50,
    ]);
  });

  it('ends the version before, so that each day has one', async () => {
    const versions = await listVersions(prisma, village.id);
    expect(
      versions.map(({ number, state, effectiveFrom, effectiveUntil }) => [
        number,
        state,
        effectiveFrom,
        effectiveUntil,
      ]),
    ).toEqual([
      [2, 'ADOPTED', '2026-07-01', null],
      [1, 'SUPERSEDED', '2026-01-15', '2026-06-30'],
    ]);
    const on = async (day: string) => (await findVersionInForce(prisma, village.id, day as Day))?.number;
    expect(await findMeetingOf(prisma, village.id, versionId(village.id, 2))).toBe('ASSEMBLY');
    expect(await findMeetingOf(prisma, village.id, versionId(village.id, 9))).toBeNull();
    expect(await on('2026-01-14')).toBeUndefined();
    expect(await on('2026-01-15')).toBe(1);
    expect(await on('2026-06-30')).toBe(1);
    expect(await on('2026-07-01')).toBe(2);
  });

  it('refuses a number that is taken, and leaves nothing behind', async () => {
    await expect(adopt(village, 2, '2027-01-01')).rejects.toThrow();
    expect(await listVersions(prisma, village.id)).toHaveLength(2);
  });

  it('refuses to reach back over another version', async () => {
    await expect(adopt(village, 3, '2026-03-01')).rejects.toThrow(/ends before it begins/);
    expect(await listVersions(prisma, village.id)).toHaveLength(2);
  });
});

describe('reads', () => {
  it('know nothing of another village', async () => {
    expect(await findVersionInForce(prisma, other.id, TEST_DAY)).toBeNull();
    expect(await listItems(prisma, other.id, versionId(village.id, 2))).toEqual([]);
    expect(await findItem(prisma, other.id, itemId(village.id, 2, 'HOME-01'))).toBeNull();
    expect(await findRulebook(prisma, other.id, { number: 1 })).toBeNull();
    expect(await findMeetingOf(prisma, other.id, versionId(village.id, 2))).toBeNull();
  });

  it('find items by pinyin, initials and characters', async () => {
    const names = async (typed: string) =>
      (await findItemsByText(prisma, village.id, versionId(village.id, 2), typed)).map((item) => item.code);
    expect((await names('cdds'))[0]).toBe('PUBLIC_CLEAN-01');
    expect(await names('laji')).toContain('WASTE-01');
    expect(await names('独居')).toEqual(['VOLUNTEER-02']);
    expect(await names("'; drop table item; --")).toEqual([]);
  });

  it('index the awards only', async () => {
    const index = await listItemIndex(prisma, village.id, versionId(village.id, 2));
    expect(index).toHaveLength(41);
    expect(index[0]).toMatchObject({
      code: 'HOME-01',
      rule: '每月评一次 +3 分；每户每月最多 3 分',
      category: '庭院清洁',
    });
    expect(JSON.stringify(index).length).toBeLessThan(12_000);
  });

  it('show a whole rulebook with its resolution, by number or by day', async () => {
    const byDay = await findRulebook(prisma, village.id, { day: TEST_DAY });
    expect(byDay?.version.number).toBe(2);
    expect(byDay?.resolution).toMatchObject({ heldOn: '2026-01-12', votesFor: 150 });
    expect(byDay?.covenant).toContain('爱护环境');
    expect((await findRulebook(prisma, village.id, { number: 1 }))?.version.secondThreshold).toBe(20);
    expect(await findRulebook(prisma, village.id, { number: 9 })).toBeNull();
  });
});

describe('what is adopted', () => {
  const refused = async (sql: string, ...values: string[]) => {
    await expect(owner.query(sql, values)).rejects.toMatchObject({ code: '23514' });
  };

  it.each([
    ['points', 'update item set points = 9 where village_id = $1 and code = $2'],
    ['name', "update item set name = 'x' where village_id = $1 and code = $2"],
    ['presence', 'delete from item where village_id = $1 and code = $2'],
  ])('keeps the %s of an item, also from the owner of the tables', async (_, sql) => {
    await refused(sql, village.id, 'HOME-01');
  });

  it('keeps its categories, scale and resolution, and takes no new ones', async () => {
    await refused("update category set name = 'x' where village_id = $1", village.id);
    await refused('delete from category where village_id = $1', village.id);
    await refused('update scale_step set points = 500 where village_id = $1', village.id);
    await refused('delete from scale_step where village_id = $1', village.id);
    await refused('update resolution set votes_for = votes_for + 1 where village_id = $1', village.id);
    await refused('delete from resolution where village_id = $1', village.id);
    await refused(
      `insert into category (village_id, id, version_id, sort_order, code, name)
       values ($1, gen_random_uuid(), $2, 99, 'NEW', '新')`,
      village.id,
      versionId(village.id, 1),
    );
  });

  it('keeps its settings, days and state', async () => {
    await refused('update rulebook_version set second_threshold = 1 where village_id = $1', village.id);
    await refused("update rulebook_version set covenant = '' where village_id = $1", village.id);
    await refused(
      "update rulebook_version set effective_from = '2026-02-01' where village_id = $1",
      village.id,
    );
    await refused(
      "update rulebook_version set effective_until = '2026-05-01' where village_id = $1 and number = 1",
      village.id,
    );
    await refused("update rulebook_version set state = 'DRAFT' where village_id = $1", village.id);
    await refused('delete from rulebook_version where village_id = $1', village.id);
    await refused('truncate item cascade');
  });

  it('is adopted by a resolution only', async () => {
    const id = '11111111-1111-8111-8111-111111111111';
    await owner.query(
      `insert into rulebook_version (village_id, id, number, state, title, effective_from) values ($1, $2, 1, 'DRAFT', 'x', null)`,
      [other.id, id],
    );
    await refused(
      "update rulebook_version set state = 'ADOPTED', effective_from = '2026-01-01' where village_id = $1",
      other.id,
    );
    await refused(
      `insert into rulebook_version (village_id, id, number, state, title, effective_from)
       values ($1, gen_random_uuid(), 2, 'ADOPTED', 'x', '2026-01-01')`,
      other.id,
    );
    const vote = (eligible: number, present: number, yes: number, no: number, abstained: number) =>
      refused(
        `insert into resolution (village_id, id, version_id, meeting_kind, held_on, eligible, present, votes_for, votes_against, abstained)
         values ($1, gen_random_uuid(), $2, 'ASSEMBLY', '2026-01-01', ${eligible}, ${present}, ${yes}, ${no}, ${abstained})`,
        other.id,
        id,
      );
    await vote(100, 101, 60, 0, 0);
    await vote(100, 80, 79, 1, 1);
    await vote(100, 80, 40, 40, 0);
    await vote(100, 80, 40, -1, 0);
    const item = (points: number, cap: number, warn: boolean) =>
      refused(
        `insert into item (village_id, id, version_id, category_id, sort_order, code, name, points, unit, unit_name,
           subject, cap_points, cap_per, evidence, photo, warn_first)
         values ($1, gen_random_uuid(), $2, gen_random_uuid(), 1, 'X-01', 'x', ${points}, 'TIME', '次', 'PERSON', ${cap}, 'MONTH', 'x', 'NONE', ${warn})`,
        other.id,
        id,
      );
    await item(0, 5, false);
    await item(2, 0, false);
    await item(6, 5, false);
    await item(2, 5, true);
  });
});
