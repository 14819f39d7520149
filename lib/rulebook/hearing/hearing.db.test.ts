import { beforeAll, describe, expect, it } from 'vitest';
import { db } from '@/lib/platform/db';
import { newId } from '@/lib/platform/ids';
import { actorFor, TEST_NOW } from '@/lib/testing/builders';
import { countQueries } from '@/lib/testing/count-queries';
import { testDb } from '@/lib/testing/database';
import { AFTER_HEARING, aDraftingVillage, type DraftingVillage } from '@/lib/testing/drafting-village';
import { aWorkingVillage, refusalOf } from '@/lib/testing/working-village';
import { changeCovenant, draftRulebook } from '../draft/commands';
import { putItem, removeItem } from '../draft/item/commands';
import { listCategories } from '../reads';
import { answerComment, commentOnDraft, openHearing, takeBackDraft } from './commands';
import { countComments, listComments } from './reads';
import { COMMENTS_MOST } from './rules';

const { prisma, owner } = await testDb();

describe('open-hearing', () => {
  it('lasts three whole days at least, by the day in Shanghai', async () => {
    const village = await aDraftingVillage();
    const versionId = await village.draft();
    const open = (until: string, now: string) =>
      village.run(openHearing, village.secretaryActor, { versionId, until }, { now: new Date(now) });
    // one second before midnight in Shanghai it is still the 24th
    expect(refusalOf(await open('2026-11-26', '2026-11-24T15:59:59Z'))).toBe('HEARING_DAYS');
    expect(refusalOf(await open('2026-11-27', '2026-11-24T16:00:00Z'))).toBe('HEARING_DAYS');
    expect(refusalOf(await open('2026-11-27', '2026-11-24T15:59:59Z'))).toBeNull();
  });

  it('is refused while something is against the rules, and says what', async () => {
    const village = await aDraftingVillage();
    const versionId = await village.draft();
    await village.must(changeCovenant, village.secretaryActor, {
      versionId,
      title: '细则',
      covenant: '一、爱护环境。\n二、违者取消低保。',
    });
    const result = await village.run(openHearing, village.secretaryActor, { versionId, until: '2026-12-01' });
    expect(result).toMatchObject({ ok: false, refusal: { code: 'RULEBOOK_FINDINGS' } });
    expect(!result.ok && result.refusal.sentence).toContain('还有 1 处不合规定，第一处：村规民约第 2 行');
    expect(!result.ok && result.refusal.next).toContain('删去这一句');
    const category = (await listCategories(prisma, village.id, versionId))[0];
    await village.must(changeCovenant, village.secretaryActor, { versionId, title: '细则', covenant: '' });
    await village.must(putItem, village.secretaryActor, {
      versionId,
      categoryId: category?.id,
      name: '转发村里的消息',
      kind: 'AWARD',
      points: 1,
      unit: 'TIME',
      subject: 'PERSON',
      capPoints: 5,
      capPer: 'MONTH',
      evidence: '截图',
      photo: 'NONE',
    });
    expect(
      refusalOf(await village.run(openHearing, village.secretaryActor, { versionId, until: '2026-12-01' })),
    ).toBe('RULEBOOK_FINDINGS');
  });

  it('tells the head of every household once', async () => {
    const village = await aDraftingVillage();
    await village.hear();
    const messages = await prisma.message.findMany({
      where: { villageId: village.id },
      select: { personId: true, href: true },
    });
    expect(messages.map((one) => one.personId).sort()).toEqual(
      village.households.map((one) => one.head.personId).sort(),
    );
    expect(messages[0]?.href).toBe(`/v/${village.code}/rulebook/draft`);
  });
});

describe('comments', () => {
  let village: DraftingVillage;
  let versionId: string;
  beforeAll(async () => {
    village = await aDraftingVillage();
    versionId = await village.hear();
  });

  it('are shown masked, with their item, and answered once', async () => {
    const actor = await village.resident(0);
    const { subject } = await village.must(commentOnDraft, actor, {
      versionId,
      itemCode: 'HOME-01',
      body: '3 分太少',
    });
    await village.must(
      commentOnDraft,
      await village.resident(1, 1),
      { versionId, body: '同意' },
      { now: new Date(TEST_NOW.getTime() + 1000) },
    );
    expect(await listComments(prisma, village.id, versionId)).toMatchObject([
      {
        who: '陈×国',
        householdCode: '01-001',
        itemName: '自家清洁达标（房前屋后、院坝、圈舍）',
        body: '3 分太少',
        answer: '',
      },
      { who: '何×英', householdCode: '02-001', itemName: '', body: '同意' },
    ]);
    const answer = (text: string) =>
      village.run(answerComment, village.secretaryActor, { commentId: subject, answer: text });
    const answers = await Promise.all([answer('会上议'), answer('不改'), answer('改成 4 分')]);
    expect(answers.filter((one) => one.ok)).toHaveLength(1);
    expect(answers.map(refusalOf).filter((code) => code === 'COMMENT_ANSWERED')).toHaveLength(2);
    expect(await countComments(prisma, village.id, versionId)).toEqual({ total: 2, waiting: 1 });
    expect(
      await prisma.message.count({
        where: { villageId: village.id, personId: actor.personId, title: { contains: '答复' } },
      }),
    ).toBe(1);
  });

  it('keep their words and answers, also from the owner of the tables', async () => {
    for (const sql of [
      "update rulebook_comment set body = '赞成' where village_id = $1",
      "update rulebook_comment set answer = '别的' where village_id = $1 and answered_at is not null",
      'update rulebook_comment set answered_at = null where village_id = $1 and answered_at is not null',
      'delete from rulebook_comment where village_id = $1',
    ]) {
      await expect(owner.query(sql, [village.id]), sql).rejects.toMatchObject({ code: '23514' });
    }
    await expect(prisma.$executeRawUnsafe('delete from rulebook_comment')).rejects.toThrow(
      /permission denied/,
    );
  });

  it('come from residents of the village, each for their own household', async () => {
    const other = await aDraftingVillage();
    expect(
      refusalOf(await other.run(commentOnDraft, await other.resident(0), { versionId, body: '外村的' })),
    ).toBe('NOT_FOUND');
    expect(
      refusalOf(
        await village.run(commentOnDraft, await actorFor(village.verifier), { versionId, body: '官话' }),
      ),
    ).toBe('NOT_ALLOWED');
    await expect(
      owner.query(
        `insert into rulebook_comment (village_id, id, version_id, household_id, person_id, body, said_at)
         values ($1, gen_random_uuid(), $2, $3, $4, '冒名', '2026-11-25')`,
        [village.id, versionId, village.household(0).id, village.household(1).head.personId],
      ),
    ).rejects.toMatchObject({ code: '23514' });
    expect(
      refusalOf(await other.run(answerComment, other.secretaryActor, { commentId: newId(), answer: '没有' })),
    ).toBe('NOT_FOUND');
  });

  it('about an item that isn’t there are refused', async () => {
    expect(
      refusalOf(
        await village.run(commentOnDraft, await village.resident(0), {
          versionId,
          itemCode: 'NONE-01',
          body: '哪一项',
        }),
      ),
    ).toBe('NOT_FOUND');
  });

  it('may be about an item in force that the draft deletes, by its name', async () => {
    const mine = await aWorkingVillage();
    const secretary = await mine.actorOf(mine.secretary);
    const resident = await mine.actorOf(mine.household(0).head.personId);
    const must = async (...[command, actor, input]: Parameters<typeof mine.run>) => {
      const result = await mine.run(command, actor, input);
      if (!result.ok) throw new Error(result.refusal.code);
      return String(result.outcome.subject);
    };
    const first = await prisma.rulebookVersion.findFirstOrThrow({ where: { villageId: mine.id } });
    const id = await must(draftRulebook, secretary, { from: first.id });
    const item = await prisma.item.findFirstOrThrow({ where: { versionId: id, code: 'CIVIC-03' } });
    await must(removeItem, secretary, { itemId: item.id });
    await must(openHearing, secretary, { versionId: id, until: '2026-12-01' });
    await must(commentOnDraft, resident, { versionId: id, itemCode: 'CIVIC-03', body: '不要删这一项' });
    await must(commentOnDraft, resident, { versionId: id, itemCode: 'SAFETY-01', body: '这一项好' });
    const none = { versionId: id, itemCode: 'NONE-01', body: '没有这一项' };
    expect(refusalOf(await mine.run(commentOnDraft, resident, none))).toBe('NOT_FOUND');
    const said = await listComments(prisma, mine.id, id);
    const of = (code: string) => said.find((one) => one.itemCode === code);
    expect(of('CIVIC-03')).toMatchObject({ itemName: item.name, isItemRemoved: true });
    expect(of('SAFETY-01')).toMatchObject({ isItemRemoved: false });
  });

  it('come until midnight of the last day, not a moment later, also not by the owner', async () => {
    const actor = await village.resident(2);
    const say = (now: string) =>
      village.run(commentOnDraft, actor, { versionId, body: '赶上了' }, { now: new Date(now) });
    expect(refusalOf(await say('2026-12-01T15:59:59.999Z'))).toBeNull();
    expect(refusalOf(await say('2026-12-01T16:00:00Z'))).toBe('HEARING_OVER');
    await expect(
      owner.query(
        `insert into rulebook_comment (village_id, id, version_id, household_id, person_id, body, said_at)
         values ($1, gen_random_uuid(), $2, $3, $4, '晚了', '2026-12-01T16:00:00Z')`,
        [village.id, versionId, village.household(2).id, village.household(2).head.personId],
      ),
    ).rejects.toMatchObject({ code: 'CF001' });
  });

  it('of one household are at most twenty', async () => {
    const mine = await aDraftingVillage();
    const id = await mine.hear();
    const [head, spouse] = [await mine.resident(0), await mine.resident(0, 1)];
    for (let i = 0; i < COMMENTS_MOST; i++) {
      await mine.must(commentOnDraft, i % 2 ? spouse : head, { versionId: id, body: `第 ${i + 1} 条` });
    }
    expect(refusalOf(await mine.run(commentOnDraft, spouse, { versionId: id, body: '还有' }))).toBe(
      'COMMENTS_MOST',
    );
    expect(
      refusalOf(await mine.run(commentOnDraft, await mine.resident(1), { versionId: id, body: '别家的' })),
    ).toBeNull();
    expect(await countQueries((counted) => listComments(counted, mine.id, id))).toBe(3);
  });

  it('sent twice with one id are one', async () => {
    const mine = await aDraftingVillage();
    const id = await mine.hear();
    const ask = { id: newId() };
    const actor = await mine.resident(0);
    const both = await Promise.all([
      mine.run(commentOnDraft, actor, { versionId: id, body: '一样' }, ask),
      mine.run(commentOnDraft, actor, { versionId: id, body: '一样' }, ask),
    ]);
    expect(both.every((one) => one.ok)).toBe(true);
    expect(await db().rulebookComment.count({ where: { villageId: mine.id } })).toBe(1);
  });
});

describe('take-back-draft', () => {
  it('lets the draft be rewritten, and keeps what was said', async () => {
    const village = await aDraftingVillage();
    const versionId = await village.hear();
    const actor = await village.resident(0);
    await village.must(commentOnDraft, actor, { versionId, body: '太严了' });
    await village.must(takeBackDraft, village.secretaryActor, { versionId });
    expect(refusalOf(await village.run(commentOnDraft, actor, { versionId, body: '还有' }))).toBe(
      'RULEBOOK_NOT_HEARD',
    );
    expect(
      refusalOf(
        await village.run(changeCovenant, village.secretaryActor, {
          versionId,
          title: '改过的',
          covenant: '',
        }),
      ),
    ).toBeNull();
    await village.must(
      openHearing,
      village.secretaryActor,
      { versionId, until: '2026-12-10' },
      { now: AFTER_HEARING },
    );
    expect(await listComments(prisma, village.id, versionId)).toHaveLength(1);
    expect(refusalOf(await village.run(takeBackDraft, village.secretaryActor, { versionId: newId() }))).toBe(
      'NOT_FOUND',
    );
  });

  it('is refused once it was put to the vote, also to the owner', async () => {
    const village = await aDraftingVillage();
    const { versionId } = await village.putToVote();
    const result = await village.run(
      takeBackDraft,
      village.secretaryActor,
      { versionId },
      { now: AFTER_HEARING },
    );
    expect(refusalOf(result)).toBe('BALLOT_KEEPS_DRAFT');
    await expect(
      owner.query("update rulebook_version set state = 'DRAFT' where village_id = $1 and id = $2", [
        village.id,
        versionId,
      ]),
    ).rejects.toMatchObject({ code: '23514' });
  });
});
