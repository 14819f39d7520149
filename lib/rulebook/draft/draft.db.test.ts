import { beforeAll, describe, expect, it } from 'vitest';
import { newId } from '@/lib/platform/ids';
import { actorFor } from '@/lib/testing/builders';
import { testDb } from '@/lib/testing/database';
import { aDraftingVillage, type DraftingVillage } from '@/lib/testing/drafting-village';
import { refusalOf } from '@/lib/testing/working-village';
import { findText } from '../content/reads';
import { openHearing } from '../hearing/commands';
import { listCategories } from '../reads';
import { validateRulebook } from '../validate';
import { moveCategory, putCategory, removeCategory } from './category/commands';
import { changeCovenant, changeRuleSettings, draftRulebook, dropRulebook } from './commands';
import { moveItem, putItem, removeItem } from './item/commands';

const { prisma, owner } = await testDb();

let village: DraftingVillage;
let other: DraftingVillage;
beforeAll(async () => {
  village = await aDraftingVillage();
  other = await aDraftingVillage();
});

const ITEM = {
  name: '打扫晒场',
  kind: 'AWARD',
  points: '2',
  unit: 'TIME',
  unitName: '',
  subject: 'PERSON',
  capPoints: '8',
  capPer: 'MONTH',
  evidence: '照片',
  photo: 'OPTIONAL',
};
const SETTINGS = {
  secondThreshold: '30',
  householdMonthCap: '',
  budgetPerQuarter: '5000',
  capPolicy: 'REFUSE',
  referenceFen: '50',
  yearEndPolicy: 'CARRY_UP_TO',
  yearEndCarryMost: '100',
  starThresholds: ['5', '10', '', '', ''],
  outstandingMost: '',
  redTop: '',
  redThreshold: '40',
  redDays: '90',
  blackListOn: 'on',
  blackThreshold: '6',
  blackDays: '60',
  blackAudience: 'VILLAGE',
  publicityDays: '７',
  answerDays: '10',
  objectionDays: '7',
  warningDays: '7',
};

describe('draft-rulebook', () => {
  it.each(['RED_BLACK', 'RESOURCES', 'MARKET'])(
    'begins from the preset %s, sound and whole',
    async (from) => {
      const mine = await aDraftingVillage();
      const id = await mine.draft(from);
      const text = await findText(prisma, mine.id, id);
      expect(text?.title).toBe('测试村积分制管理细则');
      expect(text && validateRulebook(text)).toEqual([]);
      const counts = { RED_BLACK: 43, RESOURCES: 42, MARKET: 39 };
      expect(text?.categories.flatMap((one) => one.items)).toHaveLength(counts[from as keyof typeof counts]);
    },
  );

  it('is one at a time, also when asked for twice at once, and in the database', async () => {
    const mine = await aDraftingVillage();
    const results = await Promise.all(
      Array.from({ length: 6 }, () => mine.run(draftRulebook, mine.secretaryActor, { from: 'MARKET' })),
    );
    expect(results.filter((one) => one.ok)).toHaveLength(1);
    expect(results.filter((one) => refusalOf(one) === 'DRAFT_EXISTS')).toHaveLength(5);
    await expect(
      owner.query(
        `insert into rulebook_version (village_id, id, number, state, title) values ($1, gen_random_uuid(), 99, 'DRAFT', 'x')`,
        [mine.id],
      ),
    ).rejects.toMatchObject({ constraint: 'rulebook_version_one_open' });
  });

  it('answers the same id the same, and refuses it with other content', async () => {
    const mine = await aDraftingVillage();
    const id = newId();
    const first = await mine.run(draftRulebook, mine.secretaryActor, { from: 'MARKET' }, { id });
    const again = await mine.run(draftRulebook, mine.secretaryActor, { from: 'MARKET' }, { id });
    expect(again).toMatchObject({ ok: true, repeated: true });
    expect(first.ok && again.ok && first.outcome.subject === again.outcome.subject).toBe(true);
    const changed = await mine.run(draftRulebook, mine.secretaryActor, { from: 'RED_BLACK' }, { id });
    expect(refusalOf(changed)).toBe('SAME_ID_OTHER_CONTENT');
  });

  it('begins from another version of the village, never of another village', async () => {
    const mine = await aDraftingVillage();
    const first = await mine.draft('RESOURCES');
    await mine.must(putItem, mine.secretaryActor, {
      ...ITEM,
      versionId: first,
      categoryId: (await listCategories(prisma, mine.id, first))[0]?.id,
      stepName: ['村', '镇', ''],
      stepPoints: ['2', '5', ''],
    });
    await mine.must(openHearing, mine.secretaryActor, { versionId: first, until: '2026-12-01' });
    await mine.must(dropRulebook, mine.secretaryActor, { versionId: first, why: '大家要重写' });
    expect(refusalOf(await other.run(draftRulebook, other.secretaryActor, { from: first }))).toBe(
      'NOT_FOUND',
    );
    const second = await mine.draft(first);
    const [before, after] = [await findText(prisma, mine.id, first), await findText(prisma, mine.id, second)];
    const bare = (text: typeof before) =>
      text?.categories.map((category) => [
        category.code,
        category.items.map(({ code, name, points, scale }) => [
          code,
          name,
          points,
          scale.map((step) => step.points),
        ]),
      ]);
    expect(bare(after)).toEqual(bare(before));
    expect(JSON.stringify(bare(after))).toContain('打扫晒场');
  });

  it('is the secretary’s', async () => {
    for (const person of [village.verifier, village.supervisor, village.steward]) {
      const actor = await actorFor(person);
      expect(refusalOf(await village.run(draftRulebook, actor, { from: 'MARKET' }))).toBe('NOT_ALLOWED');
    }
  });
});

describe('editing', () => {
  let versionId: string;
  beforeAll(async () => {
    versionId = await village.draft();
  });
  const categories = () => listCategories(prisma, village.id, versionId);
  const ask = (command: Parameters<DraftingVillage['run']>[0], input: object) =>
    village.run(command, village.secretaryActor, input);

  it('adds an item under a code of its own, spelled for the search', async () => {
    const [first] = await categories();
    const done = await ask(putItem, { ...ITEM, versionId, categoryId: first?.id });
    expect(done.ok).toBe(true);
    const item = (await categories())[0]?.items.at(-1);
    expect(item).toMatchObject({
      code: 'HOME-05',
      name: '打扫晒场',
      initials: 'dssc',
      points: 2,
      unitName: '次',
      metricName: null,
    });
  });

  it('never gives a code again that once was another item', async () => {
    const [first] = await categories();
    const last = first?.items.at(-1);
    await ask(removeItem, { itemId: last?.id });
    await ask(putItem, { ...ITEM, name: '另一件事', versionId, categoryId: first?.id });
    // of this draft it may: nobody has used it; of an adopted or heard version it may not
    expect((await categories())[0]?.items.at(-1)).toMatchObject({ code: 'HOME-05', name: '另一件事' });
    const mine = await aDraftingVillage();
    const one = await mine.draft();
    const category = (await listCategories(prisma, mine.id, one))[0];
    const added = await mine.must(putItem, mine.secretaryActor, {
      ...ITEM,
      versionId: one,
      categoryId: category?.id,
    });
    await mine.must(openHearing, mine.secretaryActor, { versionId: one, until: '2026-12-01' });
    await mine.must(dropRulebook, mine.secretaryActor, { versionId: one, why: '重来' });
    const two = await mine.draft(one);
    const same = (await listCategories(prisma, mine.id, two))[0];
    await mine.must(removeItem, mine.secretaryActor, { itemId: same?.items.at(-1)?.id });
    await mine.must(putItem, mine.secretaryActor, {
      ...ITEM,
      name: '又一件事',
      versionId: two,
      categoryId: same?.id,
    });
    expect(added.itemId).toBeTruthy();
    expect((await listCategories(prisma, mine.id, two))[0]?.items.at(-1)?.code).toBe('HOME-06');
  });

  it('writes a deduction with its sign, and a scale from its first step', async () => {
    const [first] = await categories();
    await ask(putItem, {
      ...ITEM,
      name: '占用消防通道',
      kind: 'DEDUCTION',
      subject: 'HOUSEHOLD',
      points: '3',
      capPoints: '6',
      warnFirst: 'on',
      versionId,
      categoryId: first?.id,
    });
    expect((await categories())[0]?.items.at(-1)).toMatchObject({ points: -3, warnFirst: true });
    await ask(putItem, {
      ...ITEM,
      name: '评上先进',
      points: '',
      capPoints: '20',
      versionId,
      categoryId: first?.id,
      stepName: ['村级', '镇级', ''],
      stepPoints: ['5', '10', ''],
    });
    const scaled = (await categories())[0]?.items.at(-1);
    expect(scaled).toMatchObject({ points: 5, capPoints: 20 });
    expect(scaled?.scale.map((step) => [step.name, step.points])).toEqual([
      ['村级', 5],
      ['镇级', 10],
    ]);
    await ask(putItem, { ...ITEM, name: '评上先进', versionId, categoryId: first?.id, itemId: scaled?.id });
    expect((await categories())[0]?.items.at(-1)?.scale).toEqual([]);
  });

  it.each([
    [{ points: '9' }, 'capPoints'],
    [{ points: '' }, 'points'],
    [{ points: '0' }, 'points'],
    [{ kind: 'DEDUCTION', subject: 'HOUSEHOLD', points: '11', capPoints: '20' }, 'points'],
    [{ kind: 'DEDUCTION', subject: 'HOUSEHOLD', points: '5', capPoints: '21' }, 'capPoints'],
    [{ kind: 'DEDUCTION', points: '5', capPoints: '10' }, 'subject'],
    [{ stepName: ['村', '镇'], stepPoints: ['5', '5'] }, 'stepPoints'],
    [{ stepName: ['村', '镇'], stepPoints: ['5', '9'] }, 'capPoints'],
    [{ stepName: ['村'], stepPoints: ['5'] }, 'stepPoints'],
    [{ stepName: ['村', ''], stepPoints: ['5', '6'] }, 'stepPoints'],
    [{ metricName: '米数' }, 'metricUnit'],
    [{ name: '' }, 'name'],
    [{ unit: 'EON' }, 'unit'],
  ])('refuses %o beside %s', async (fields, field) => {
    const [first] = await categories();
    const before = first?.items.length;
    const result = await ask(putItem, { ...ITEM, ...fields, versionId, categoryId: first?.id });
    expect(result).toMatchObject({
      ok: false,
      refusal: { code: 'BAD_INPUT', fields: { [field]: expect.any(String) } },
    });
    expect((await categories())[0]?.items).toHaveLength(before ?? -1);
  });

  it('moves items and categories, and numbers them in reading order', async () => {
    const [first, second] = await categories();
    await ask(moveItem, { itemId: first?.items[1]?.id, to: 'UP' });
    expect((await categories())[0]?.items[0]?.code).toBe('HOME-02');
    await ask(moveItem, { itemId: first?.items[1]?.id, to: 'UP' });
    expect((await categories())[0]?.items[0]?.code).toBe('HOME-02');
    await ask(moveCategory, { categoryId: second?.id, to: 'UP' });
    expect((await categories()).slice(0, 2).map((one) => one.code)).toEqual(['PUBLIC_CLEAN', 'HOME']);
    const rows = await prisma.item.findMany({
      where: { villageId: village.id, versionId },
      orderBy: { order: 'asc' },
      select: { order: true, category: { select: { order: true } } },
    });
    expect(rows.every((row) => Math.floor(row.order / 100) === row.category.order)).toBe(true);
    expect(new Set(rows.map((row) => row.order)).size).toBe(rows.length);
  });

  it('adds, renames and removes categories; not one with items', async () => {
    const done = await ask(putCategory, { versionId, name: '河道管护' });
    expect(done).toMatchObject({ ok: true, outcome: { code: 'HDGH' } });
    const fresh = (await categories()).at(-1);
    await ask(putCategory, { versionId, categoryId: fresh?.id, name: '河道和水渠' });
    expect((await categories()).at(-1)).toMatchObject({ name: '河道和水渠', code: 'HDGH' });
    expect(await ask(putCategory, { versionId, name: '河道共护' })).toMatchObject({
      outcome: { code: 'HDGH_A' },
    });
    expect(refusalOf(await ask(removeCategory, { categoryId: (await categories())[0]?.id }))).toBe(
      'CATEGORY_NOT_EMPTY',
    );
    expect(refusalOf(await ask(removeCategory, { categoryId: fresh?.id }))).toBeNull();
    expect((await categories()).some((one) => one.id === fresh?.id)).toBe(false);
  });

  it('changes settings and covenant', async () => {
    expect(refusalOf(await ask(changeRuleSettings, { versionId, ...SETTINGS }))).toBeNull();
    expect(
      refusalOf(await ask(changeCovenant, { versionId, title: '新细则', covenant: '一、爱护环境。' })),
    ).toBeNull();
    const text = await findText(prisma, village.id, versionId);
    expect(text).toMatchObject({
      title: '新细则',
      covenant: '一、爱护环境。',
      settings: {
        secondThreshold: 30,
        householdMonthCap: null,
        starThresholds: [5, 10],
        redTop: null,
        redThreshold: 40,
        publicityDays: 7,
        blackListOn: true,
      },
    });
  });

  it.each([
    [{ starThresholds: ['10', '5'] }, 'starThresholds'],
    [{ redThreshold: '' }, 'redTop'],
    [{ yearEndCarryMost: '' }, 'yearEndCarryMost'],
    [{ publicityDays: '4' }, 'publicityDays'],
    [{ answerDays: '6' }, 'answerDays'],
    [{ blackDays: '181' }, 'blackDays'],
  ])('refuses the settings %o', async (fields, field) => {
    const result = await ask(changeRuleSettings, { versionId, ...SETTINGS, ...fields });
    expect(result).toMatchObject({ refusal: { code: 'BAD_INPUT', fields: { [field]: expect.any(String) } } });
  });

  it.each([
    ["star_thresholds = '{10,5}'"],
    ["star_thresholds = '{1,2,3,4,5,6}'"],
    ["year_end_policy = 'CARRY_UP_TO', year_end_carry_most = null"],
    ['red_top = null, red_threshold = null'],
    ['publicity_days = 0'],
    ['answer_days = 6'],
    ['reference_fen = 0'],
  ])('and the database refuses %s from the owner', async (set) => {
    await expect(
      owner.query(`update rulebook_version set ${set} where village_id = $1 and id = $2`, [
        village.id,
        versionId,
      ]),
    ).rejects.toMatchObject({ code: '23514' });
  });

  it('of another village is not found', async () => {
    const [first] = await categories();
    const theirs: [Parameters<DraftingVillage['run']>[0], object][] = [
      [putItem, { ...ITEM, versionId, categoryId: first?.id }],
      [removeItem, { itemId: first?.items[0]?.id }],
      [moveItem, { itemId: first?.items[0]?.id, to: 'UP' }],
      [putCategory, { versionId, name: '别人的' }],
      [removeCategory, { categoryId: first?.id }],
      [moveCategory, { categoryId: first?.id, to: 'DOWN' }],
      [changeRuleSettings, { versionId, ...SETTINGS }],
      [changeCovenant, { versionId, title: '别人的', covenant: '' }],
      [dropRulebook, { versionId }],
      [openHearing, { versionId, until: '2026-12-01' }],
    ];
    for (const [command, input] of theirs) {
      expect(refusalOf(await other.run(command, other.secretaryActor, input)), command.name).toBe(
        'NOT_FOUND',
      );
    }
  });
});

describe('what is heard', () => {
  it('is not changed: not by a command, not by the owner of the tables', async () => {
    const mine = await aDraftingVillage();
    const versionId = await mine.hear();
    const [first] = await listCategories(prisma, mine.id, versionId);
    const commands: [Parameters<DraftingVillage['run']>[0], object][] = [
      [putItem, { ...ITEM, versionId, categoryId: first?.id }],
      [removeItem, { itemId: first?.items[0]?.id }],
      [moveItem, { itemId: first?.items[0]?.id, to: 'DOWN' }],
      [putCategory, { versionId, name: '新的' }],
      [removeCategory, { categoryId: first?.id }],
      [moveCategory, { categoryId: first?.id, to: 'DOWN' }],
      [changeRuleSettings, { versionId, ...SETTINGS }],
      [changeCovenant, { versionId, title: '新的', covenant: '' }],
    ];
    for (const [command, input] of commands) {
      expect(refusalOf(await mine.run(command, mine.secretaryActor, input)), command.name).toBe(
        'RULEBOOK_HEARD',
      );
    }
    for (const sql of [
      'update item set points = points + 1 where village_id = $1 and version_id = $2',
      'delete from item where village_id = $1 and version_id = $2',
      "update category set name = 'x' where village_id = $1 and version_id = $2",
      'update rulebook_version set black_list_on = false where village_id = $1 and id = $2',
      "update rulebook_version set covenant = '违者罚款' where village_id = $1 and id = $2",
      "update rulebook_version set hearing_until = hearing_until - interval '4 days' where village_id = $1 and id = $2",
      'delete from rulebook_version where village_id = $1 and id = $2',
      `insert into scale_step (village_id, id, item_id, sort_order, name, points)
       select $1, gen_random_uuid(), i.id, 1, 'x', 1 from item i where i.village_id = $1 and i.version_id = $2 limit 1`,
    ]) {
      await expect(owner.query(sql, [mine.id, versionId]), sql).rejects.toMatchObject({ code: '23514' });
    }
  });

  it('does not slip a change in while the hearing is being opened', async () => {
    const mine = await aDraftingVillage();
    const versionId = await mine.draft();
    const client = await owner.connect();
    try {
      await client.query('begin');
      await client.query(
        "update item set name = '改到一半' where village_id = $1 and version_id = $2 and code = 'HOME-01'",
        [mine.id, versionId],
      );
      let isHeard = false;
      const hearing = mine
        .run(openHearing, mine.secretaryActor, { versionId, until: '2026-12-01' })
        .then((result) => {
          isHeard = true;
          return result;
        });
      await new Promise((done) => setTimeout(done, 200));
      expect(isHeard).toBe(false);
      await client.query('commit');
      expect(refusalOf(await hearing)).toBeNull();
    } finally {
      client.release();
    }
    await expect(
      owner.query("update item set name = '晚了' where village_id = $1 and version_id = $2", [
        mine.id,
        versionId,
      ]),
    ).rejects.toMatchObject({ code: '23514' });
  });
});

describe('drop-rulebook', () => {
  it('of a draft nobody has heard leaves nothing', async () => {
    const mine = await aDraftingVillage();
    const versionId = await mine.draft();
    await mine.must(dropRulebook, mine.secretaryActor, { versionId });
    expect(await prisma.rulebookVersion.count({ where: { villageId: mine.id } })).toBe(0);
    expect(await prisma.item.count({ where: { villageId: mine.id } })).toBe(0);
  });

  it('of one that was heard keeps it, with the reason, and tells the heads', async () => {
    const mine = await aDraftingVillage();
    const versionId = await mine.hear();
    expect(refusalOf(await mine.run(dropRulebook, mine.secretaryActor, { versionId }))).toBe(
      'REASON_REQUIRED',
    );
    await mine.must(dropRulebook, mine.secretaryActor, { versionId, why: '表决没有通过' });
    expect(
      await prisma.rulebookVersion.findFirst({
        where: { villageId: mine.id },
        select: { state: true, droppedWhy: true },
      }),
    ).toEqual({
      state: 'DROPPED',
      droppedWhy: '表决没有通过',
    });
    expect(
      await prisma.message.count({ where: { villageId: mine.id, body: { contains: '表决没有通过' } } }),
    ).toBe(3);
    expect(refusalOf(await mine.run(dropRulebook, mine.secretaryActor, { versionId, why: '再来' }))).toBe(
      'RULEBOOK_DROPPED',
    );
    await expect(
      owner.query("update rulebook_version set state = 'HEARING' where village_id = $1 and id = $2", [
        mine.id,
        versionId,
      ]),
    ).rejects.toMatchObject({ code: '23514' });
  });
});
