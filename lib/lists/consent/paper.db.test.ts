import { beforeEach, describe, expect, test } from 'vitest';
import { newId } from '@/lib/platform/ids';
import { findHouseholdExport } from '@/lib/residents/export/reads';
import { TEST_NOW } from '@/lib/testing/builders';
import { testDb } from '@/lib/testing/database';
import { aStoredPhoto } from '@/lib/testing/deduction-way';
import { refusalOf } from '@/lib/testing/working-village';
import { findListFacts } from '../facts/reads';
import { aListedVillage, type ListedVillage, RED } from '../testing/listed-village';
import { giveConsent, withdrawConsent } from './commands';
import { recordConsent, recordConsentWithdrawal } from './paper';
import { findConsent, findDeskConsent } from './reads';
import { CONSENT_TEXT, consentWords } from './text';

// Consent of those without a phone: signed on paper, written down by the office with a photo of it.

const { prisma, owner } = await testDb();

let v: ListedVillage;
let listId: string;

beforeEach(async () => {
  v = await aListedVillage(owner, { settings: { redTop: 20 } });
  await v.approve(await v.submitted(0, 'SAFETY-01'));
  listId = await v.published(RED);
});

type By = { id: string };
const at = (minutes: number) => new Date(TEST_NOW.getTime() + minutes * 60_000);
const home = (n = 0) => v.household(n);
async function record(more: Record<string, unknown> = {}, by: By = v.steward, ask = {}) {
  const photos = more.photos ?? [await aStoredPhoto(v.id, by.id)];
  const paper = { householdId: home().id, signerId: home().head.id, textVersion: CONSENT_TEXT.version };
  return v.run(recordConsent, await v.actorOf(by), { ...paper, ...more, photos }, ask);
}
const takeBack = async (more: Record<string, unknown> = {}, by: By = v.steward) =>
  v.run(
    recordConsentWithdrawal,
    await v.actorOf(by),
    { householdId: home().id, signerId: home().head.id, ...more },
    { now: at(5) },
  );
const names = async () => (await findListFacts(prisma, v.id, listId, at(9)))?.rows.map((row) => row.name);
const newsOf = (personId: string | null | undefined) =>
  prisma.message.findMany({
    where: { villageId: v.id, personId: personId ?? '', href: '/me/consent' },
    orderBy: { createdAt: 'asc' },
    select: { title: true },
  });
const own = () => ({ villageId: v.id, householdId: home().id, personId: home().head.personId });

describe('a consent on paper', () => {
  test('names the household from then on, is kept with its text, its signer and its photo, and is told', async () => {
    const photo = await aStoredPhoto(v.id, v.steward.id);
    expect(await names()).toEqual(['陈×国']);
    const id = newId();
    const first = await record({ photos: [photo] }, v.steward, { id });
    expect(refusalOf(first)).toBe(null);
    expect(await record({ photos: [photo] }, v.steward, { id })).toEqual({ ...first, repeated: true });
    expect(await names()).toEqual(['陈建国']);
    expect(await prisma.consent.findMany({ where: { villageId: v.id } })).toMatchObject([
      {
        id,
        textVersion: CONSENT_TEXT.version,
        text: consentWords(CONSENT_TEXT),
        givenById: null,
        signerId: home().head.id,
        recorderId: v.steward.id,
      },
    ]);
    const [head, spouse] = home().residents;
    for (const one of [head, spouse]) {
      expect(await newsOf(one?.personId)).toEqual([{ title: `${v.steward.name}替您家记下：同意红榜写全名` }]);
    }
    const seen = await findConsent(prisma, own(), at(1));
    expect(seen).toMatchObject({ isGiven: true, isMine: true });
    expect(seen.last).toMatchObject({ givenBy: head?.name, recordedBy: v.steward.name });
    expect(seen.last?.photos.map((one) => one.id)).toEqual([photo]);
    expect(
      await prisma.attachedPhoto.findMany({
        where: { photoId: photo },
        select: { kind: true, householdId: true },
      }),
    ).toEqual([{ kind: 'CONSENT', householdId: home().id }]);
  });

  test('is taken back on the household’s own phone, and there given anew', async () => {
    await record();
    const mine = async (command: typeof withdrawConsent, input: unknown, now: Date) =>
      v.run(command, await v.actorOf(home().head.personId), input, { now });
    expect(refusalOf(await mine(withdrawConsent, {}, at(1)))).toBe(null);
    expect(await names()).toEqual(['陈×国']);
    expect((await findConsent(prisma, own(), at(2))).last).toMatchObject({
      withdrawnBy: home().head.name,
      withdrawalRecordedBy: '',
    });
    expect(refusalOf(await mine(giveConsent, { textVersion: CONSENT_TEXT.version }, at(3)))).toBe(null);
    expect(await names()).toEqual(['陈建国']);
  });

  test('and one of the phone, are taken back through the office, with or without a paper', async () => {
    await v.run(giveConsent, await v.actorOf(home().head.personId), { textVersion: CONSENT_TEXT.version });
    expect(refusalOf(await record())).toBe('CONSENT_GIVEN');
    const photo = await aStoredPhoto(v.id, v.verifier.id);
    expect(refusalOf(await takeBack({ photos: [photo] }, v.verifier))).toBe(null);
    expect(await names()).toEqual(['陈×国']);
    expect(refusalOf(await takeBack())).toBe('CONSENT_NOT_GIVEN');
    expect(await newsOf(home().head.personId)).toEqual([
      { title: `${v.verifier.name}替您家记下：收回同意，红榜名字隐去` },
    ]);
    const seen = (await findConsent(prisma, own(), at(6))).last;
    expect(seen).toMatchObject({ withdrawnBy: home().head.name, withdrawalRecordedBy: v.verifier.name });
    expect(seen?.photos.map((one) => one.id)).toEqual([photo]);
    expect(refusalOf(await record({}, v.steward, { now: at(7) }))).toBe(null);
    expect(refusalOf(await takeBack())).toBe(null);
  });

  test('is in the household’s export, without the name of who wrote it down', async () => {
    await record();
    await takeBack();
    const exported = await findHouseholdExport(prisma, v.id, home().id, home().head.personId);
    expect(exported.consents).toMatchObject([
      {
        text: consentWords(CONSENT_TEXT),
        signedBy: home().head.id,
        isRecordedByOffice: true,
        withdrawalSignedBy: home().head.id,
        isWithdrawalRecordedByOffice: true,
      },
    ]);
    expect(exported.photosOfThese).toMatchObject([{ kind: 'CONSENT' }]);
    expect(JSON.stringify(exported.consents)).not.toContain(v.steward.id);
  });

  test('by two officers at once is one', async () => {
    const both = await Promise.all([record(), record({}, v.verifier)]);
    expect(both.map(refusalOf).sort()).toEqual(['CONSENT_GIVEN', null]);
  });
});

describe('is refused', () => {
  test('from a minor, someone who left, and someone of another household', async () => {
    const [, spouse, child] = home().residents;
    expect(refusalOf(await record({ signerId: child?.id }))).toBe('CONSENT_SIGNER');
    await owner.query('update resident set birth_year = 2008 where id = $1', [child?.id]);
    expect(refusalOf(await record({ signerId: child?.id })), 'who turns 18 this year').toBe('CONSENT_SIGNER');
    expect(refusalOf(await record({ signerId: home(1).head.id }))).toBe('CONSENT_SIGNER');
    await owner.query("update resident set left_on = '2026-11-01' where id = $1", [spouse?.id]);
    expect(refusalOf(await record({ signerId: spouse?.id }))).toBe('CONSENT_SIGNER');
    const desk = await findDeskConsent(prisma, { ...own(), personId: v.steward.id }, TEST_NOW);
    expect(desk?.signers.map((one) => one.name)).toEqual([home().head.name]);
    expect(refusalOf(await record())).toBe(null);
    expect(refusalOf(await takeBack({ signerId: child?.id }))).toBe('CONSENT_SIGNER');
  });

  test('without a photo of the paper, of a text that is no longer asked for, or with another’s photo', async () => {
    expect(refusalOf(await record({ photos: [] }))).toBe('PHOTO_REQUIRED');
    expect(refusalOf(await record({ textVersion: 1 }))).toBe('CONSENT_TEXT_CHANGED');
    const theirs = await aStoredPhoto(v.id, v.verifier.id);
    expect(refusalOf(await record({ photos: [theirs] }))).toBe('PHOTO_NOT_YOURS');
    expect(await prisma.consent.count({ where: { villageId: v.id } })).toBe(0);
  });

  test('by who is neither steward nor verifier, and in another village', async () => {
    for (const by of [v.secretary, v.supervisor]) {
      expect(refusalOf(await record({}, by))).toBe('NOT_ALLOWED');
      expect(refusalOf(await takeBack({}, by))).toBe('NOT_ALLOWED');
    }
    const other = await aListedVillage(owner);
    const theirs = async (householdId: string) =>
      other.run(recordConsent, await other.actorOf(other.steward), {
        householdId,
        signerId: home().head.id,
        textVersion: CONSENT_TEXT.version,
        photos: [newId()],
      });
    expect(refusalOf(await theirs(home().id))).toBe('NOT_FOUND');
    expect(await theirs(home().id)).toEqual(await theirs(newId()));
    expect(refusalOf(await record({ householdId: other.household(0).id }))).toBe('NOT_FOUND');
    expect(
      await findDeskConsent(prisma, { ...own(), villageId: other.id, personId: v.steward.id }, TEST_NOW),
    ).toBe(null);
  });

  test('for the officer’s own household and near kin', async () => {
    await owner.query('update resident set person_id = $2 where id = $1', [
      home().residents[1]?.id,
      v.steward.id,
    ]);
    expect(refusalOf(await record())).toBe('OWN_HOUSEHOLD');
    await owner.query(
      `insert into kinship (village_id, id, resident_a_id, resident_b_id, declared_at)
       values ($1, $2, $3, $4, $5)`,
      [v.id, newId(), home().residents[1]?.id, home(1).head.id, TEST_NOW],
    );
    expect(refusalOf(await record({ householdId: home(1).id, signerId: home(1).head.id }))).toBe('NEAR_KIN');
    expect(refusalOf(await record({}, v.verifier))).toBe(null);
  });

  test('whoever owns the tables', async () => {
    const insert = (signer: string | undefined, recorder: string | null, giver: string | null = null) =>
      owner.query(
        `insert into consent (village_id, id, household_id, text_version, text, given_by_id, signer_id, recorder_id, given_at)
         values ($1, $2, $3, 1, '同意', $4, $5, $6, $7)`,
        [v.id, newId(), home().id, giver, signer ?? null, recorder, TEST_NOW],
      );
    await expect(insert(home().residents[2]?.id, v.steward.id)).rejects.toThrow(/CONSENT_SIGNER/);
    await expect(insert(home().head.id, v.secretary.id)).rejects.toThrow(/NOT_ALLOWED/);
    await expect(insert(home().head.id, v.steward.id), 'no paper').rejects.toThrow(/PHOTO_REQUIRED/);
    await expect(insert(undefined, v.steward.id)).rejects.toThrow();
    await expect(insert(home().head.id, null, home().head.personId)).rejects.toThrow(/consent_given_one_way/);
    await record();
    await expect(
      owner.query('update consent set recorder_id = $2 where village_id = $1', [v.id, v.verifier.id]),
    ).rejects.toThrow(/being withdrawn, once/);
    await expect(
      owner.query(
        'update consent set withdrawn_at = $2, withdrawn_recorder_id = $3, withdrawn_signer_id = $4 where village_id = $1',
        [v.id, at(5), v.steward.id, home().residents[2]?.id],
      ),
    ).rejects.toThrow(/CONSENT_SIGNER/);
  });
});
