import { beforeEach, describe, expect, test } from 'vitest';
import { newId } from '@/lib/platform/ids';
import { TEST_NOW } from '@/lib/testing/builders';
import { testDb } from '@/lib/testing/database';
import { refusalOf } from '@/lib/testing/working-village';
import { findDeskList } from '../desk/reads';
import { findListFacts } from '../facts/reads';
import { aListedVillage, BLACK, behindTheScenes, type ListedVillage, RED } from '../testing/listed-village';
import { giveConsent, withdrawConsent } from './commands';
import { findConsent } from './reads';
import { CONSENT_TEXT, consentWords } from './text';

// A full name without consent is never shown; consent taken back masks it at the next request.

const { prisma, owner } = await testDb();
const GIVE = { textVersion: CONSENT_TEXT.version };

let v: ListedVillage;
let listId: string;

beforeEach(async () => {
  v = await aListedVillage(owner, { settings: { redTop: 20 } });
  await v.approve(await v.submitted(0, 'SAFETY-01'));
  await v.approve(await v.submitted(1, 'CIVIC-03'));
  listId = await v.published(RED);
});

const give = async (personId = v.household(0).head.personId, ask = {}) =>
  v.run(giveConsent, await v.actorOf(personId), GIVE, ask);
const takeBack = async (personId = v.household(0).head.personId) =>
  v.run(withdrawConsent, await v.actorOf(personId), {});
const names = async (list = listId) =>
  (await findListFacts(prisma, v.id, list, TEST_NOW))?.rows.map((row) => row.name);

async function aDocument(): Promise<() => Promise<boolean>> {
  const id = newId();
  await owner.query(
    `insert into list_document (village_id, id, list_id, kind, edition, hash, bytes, media_type, made_at)
     values ($1, $2, $3, 'PNG', 1, $4, 10, 'image/png', '2026-11-24')`,
    [v.id, id, listId, 'b'.repeat(64)],
  );
  return async () => (await prisma.listDocument.findFirstOrThrow({ where: { id } })).retiredAt === null;
}

describe('a name', () => {
  test('is masked without consent, full with it, and masked at the next request when it is taken back', async () => {
    expect(await names()).toEqual(['陈×国', '李×国']);
    expect(refusalOf(await give())).toBe(null);
    expect(await names()).toEqual(['陈建国', '李×国']);
    expect(refusalOf(await takeBack())).toBe(null);
    expect(await names()).toEqual(['陈×国', '李×国']);
  });

  test('of one person is full for adults alone: a household’s consent does not speak for its minors', async () => {
    const home = v.household(0);
    const [, spouse, child] = home.residents;
    await owner.query('update resident set birth_year = 2009 where id = $1', [child?.id]);
    await v.approve(await v.submitted(0, 'CIVIC-03', { residentId: child?.id }));
    await v.approve(await v.submitted(0, 'CIVIC-02', { residentId: spouse?.id }));
    await give();
    const persons = await v.published({ ...RED, subject: 'RESIDENT' });
    const said = await names(persons);
    expect(said).toContain('陈建国');
    expect(said).toContain('陈×满');
    expect(said).not.toContain('陈小满');
  });

  test('of a household whose head is a minor stays masked, whatever was consented to', async () => {
    await give();
    await owner.query('update resident set birth_year = 2010 where id = $1', [v.household(0).head.id]);
    expect(await names()).toEqual(['陈×国', '李×国']);
    const [row] = (await findDeskList(prisma, v.id, listId, TEST_NOW))?.rows ?? [];
    expect(row?.isNamed).toBe(false);
  });

  test('of someone who has left, died or lives elsewhere is masked again, and so are the documents', async () => {
    const home = v.household(0);
    const [, spouse] = home.residents;
    await v.approve(await v.submitted(0, 'CIVIC-02', { residentId: spouse?.id }));
    await give();
    listId = await v.published({ ...RED, subject: 'RESIDENT' });
    const full = spouse?.name ?? 'nobody';
    const masked = `${full[0]}×${full.slice(2)}`;
    expect(await names()).toContain(full);
    const isOut = await aDocument();
    await owner.query("update resident set left_on = '2026-11-24' where id = $1", [spouse?.id]);
    expect(await names()).not.toContain(full);
    expect(await names()).toContain(masked);
    expect(await isOut(), 'redrawn').toBe(false);
    await owner.query('update resident set left_on = null where id = $1', [spouse?.id]);
    expect(await names()).toContain(full);
    await behindTheScenes(owner, 'delete from list_document where list_id = $1', [listId]);
    const second = await aDocument();
    await owner.query('update resident set household_id = $2 where id = $1', [spouse?.id, v.household(3).id]);
    expect(await names(), 'the old household does not speak for her').toContain(masked);
    expect(await second()).toBe(false);
  });

  test('of a household that has left is masked, and so are the documents', async () => {
    await give();
    expect(await names()).toContain('陈建国');
    const isOut = await aDocument();
    await owner.query("update household set left_on = '2026-11-24' where id = $1", [v.household(0).id]);
    expect(await names()).toEqual(['陈×国', '李×国']);
    expect(await isOut()).toBe(false);
  });

  test('on a black list stays masked', async () => {
    await v.deduct(0);
    await give();
    expect(await names(await v.published(BLACK))).toEqual(['陈×国']);
  });
});

describe('documents', () => {
  test('of all public red lists with the household are retired when consent is given and when it is taken back', async () => {
    const first = await aDocument();
    await give();
    expect(await first()).toBe(false);
    await behindTheScenes(owner, 'delete from list_document where list_id = $1', [listId]);
    const second = await aDocument();
    await give(v.household(2).head.personId);
    expect(await second(), 'another household, which is not on it').toBe(true);
    await takeBack();
    expect(await second()).toBe(false);
  });
});

describe('giving it', () => {
  test('is the head’s or another adult’s; a child and another household can’t', async () => {
    const [, spouse, child] = v.household(0).residents;
    expect(refusalOf(await give(spouse?.personId ?? ''))).toBe(null);
    expect(refusalOf(await takeBack(v.household(0).head.personId))).toBe(null);
    const insert = (by: string | null | undefined) =>
      owner.query(
        `insert into consent (village_id, id, household_id, text_version, text, given_by_id, given_at) values ($1, $2, $3, 1, '同意', $4, '2026-11-24')`,
        [v.id, newId(), v.household(0).id, by],
      );
    await expect(insert(v.household(1).head.personId)).rejects.toThrow(/CONSENT_NOT_YOURS/);
    await expect(insert(v.secretary.id)).rejects.toThrow(/CONSENT_NOT_YOURS/);
    const person = await prisma.person.create({ data: { id: newId(), name: '陈小满' } });
    await owner.query('update resident set person_id = $2 where id = $1', [child?.id, person.id]);
    await expect(insert(person.id)).rejects.toThrow(/CONSENT_NOT_YOURS/);
    expect(refusalOf(await give(person.id))).toBe('CONSENT_NOT_YOURS');
    expect(
      (
        await findConsent(
          prisma,
          { villageId: v.id, householdId: v.household(0).id, personId: person.id },
          TEST_NOW,
        )
      ).isMine,
    ).toBe(false);
  });

  test('the text and its version are kept; a text that is no longer asked for is refused', async () => {
    const stale = await v.run(giveConsent, await v.actorOf(v.household(0).head.personId), {
      textVersion: 99,
    });
    expect(refusalOf(stale)).toBe('CONSENT_TEXT_CHANGED');
    await give();
    const row = await prisma.consent.findFirstOrThrow({ where: { villageId: v.id } });
    expect(row).toMatchObject({ textVersion: CONSENT_TEXT.version, text: consentWords(CONSENT_TEXT) });
  });

  test('twice, and by two at once, is one; each time after it was taken back is another row', async () => {
    const spouse = v.household(0).residents[1]?.personId ?? '';
    await Promise.all([give(), give(spouse), give()]);
    expect(await prisma.consent.count({ where: { villageId: v.id } })).toBe(1);
    await takeBack();
    expect(refusalOf(await takeBack())).toBe('CONSENT_NOT_GIVEN');
    await give();
    expect(await prisma.consent.count({ where: { villageId: v.id } })).toBe(2);
  });

  test('a consent is kept as it was given: neither changed, nor made undone, nor deleted', async () => {
    await give();
    await takeBack();
    await expect(
      owner.query('update consent set withdrawn_at = null, withdrawn_by_id = null where village_id = $1', [
        v.id,
      ]),
    ).rejects.toThrow();
    await expect(
      owner.query("update consent set text = '都同意' where village_id = $1", [v.id]),
    ).rejects.toThrow();
    await expect(owner.query('delete from consent where village_id = $1', [v.id])).rejects.toThrow();
    await expect(
      prisma.$executeRaw`insert into consent (village_id, id, household_id, text_version, text, given_by_id, given_at)
        values (${v.id}::uuid, ${newId()}::uuid, ${v.household(0).id}::uuid, 1, '同意', ${v.household(0).head.personId}::uuid, now())`,
    ).rejects.toThrow(/permission denied/);
  });
});
