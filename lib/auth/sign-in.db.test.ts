import { beforeEach, describe, expect, it } from 'vitest';
import { runCommand } from '@/lib/platform/command';
import { env } from '@/lib/platform/env';
import { newId } from '@/lib/platform/ids';
import { actorFor, aPerson, aPhone, aVillage, TEST_NOW } from '@/lib/testing/builders';
import { testDb } from '@/lib/testing/database';
import { hashCode, phoneKey, spendCode } from './codes';
import { endAllSessionsCommand, requestSignInCode, setPassword } from './commands';
import { cookieName, sessionIdOf } from './cookie';
import { findShownCode, listDemoPeople } from './demo';
import { knownDevice, rememberDevice } from './known-device';
import { hashPassword } from './passwords';
import { findActor } from './reads';
import { signIn } from './sign-in';
import { useSmsSender } from './sms';

const { prisma, owner } = await testDb();

const sent: { phone: string; code: string }[] = [];
useSmsSender({
  name: 'listening',
  async sendCode(phone, code) {
    sent.push({ phone, code });
  },
});

beforeEach(() => sent.splice(0));

const minutes = (count: number) => new Date(TEST_NOW.getTime() + count * 60_000);
const call = { address: '', device: '手机', now: TEST_NOW };

async function requestCode(phone: string, at = TEST_NOW, address = newId(), device?: string) {
  const result = await runCommand(requestSignInCode, {
    actor: null,
    id: newId(),
    input: { phone },
    now: at,
    address,
    device,
  });
  await new Promise((resolve) => setImmediate(resolve));
  return result;
}

async function codeFor(phone: string, at = TEST_NOW) {
  const result = await requestCode(phone, at);
  if (!result.ok) throw new Error(result.refusal.code);
  return { request: result.outcome.subject ?? '', code: sent.at(-1)?.code ?? '' };
}

const other = (code: string) => String((Number(code) + 1) % 1_000_000).padStart(6, '0');

describe('a one-time code', () => {
  it('signs in once, and only once', async () => {
    const person = await aPerson('陈小芳');
    const { request, code } = await codeFor(person.phone ?? '');
    const entered = { request, code };
    const first = await signIn({ ...call, way: 'code', entered });
    if (!first.ok) throw first.refusal;
    expect(first.personId).toBe(person.id);
    const [line = ''] = first.cookies;
    expect(line).toMatch(new RegExp(`^${cookieName()}=.+; Path=/; Expires=.+; HttpOnly; SameSite=Lax$`));
    const sessionId = await sessionIdOf(/=([^;]+)/.exec(line)?.[1]);
    expect(sessionId).toBe(first.sessionId);
    expect((await findActor(prisma, sessionId ?? '', TEST_NOW))?.personId).toBe(person.id);
    const second = await signIn({ ...call, way: 'code', entered });
    expect(second.ok ? null : second.refusal.code).toBe('WRONG_CODE');
  });

  it('is six digits and is kept only as a keyed hash', async () => {
    const person = await aPerson('陈小芳');
    const { request, code } = await codeFor(person.phone ?? '');
    expect(code).toMatch(/^\d{6}$/);
    const row = await prisma.signInCode.findUniqueOrThrow({ where: { id: request } });
    expect(row.codeHash).toBe(hashCode(request, code));
    expect(JSON.stringify({ ...row, phone: '' })).not.toContain(code);
    expect(await findShownCode(prisma, request)).toBeNull();
  });

  it('can be typed in full-width digits and with spaces', async () => {
    const person = await aPerson('陈小芳');
    const { request, code } = await codeFor(person.phone ?? '');
    const wide = [...code].map((digit) => String.fromCharCode(digit.charCodeAt(0) + 0xfee0)).join(' ');
    expect((await signIn({ ...call, way: 'code', entered: { request, code: wide } })).ok).toBe(true);
  });

  it('is good for five minutes, to the millisecond', async () => {
    const person = await aPerson('陈小芳');
    const late = await codeFor(person.phone ?? '');
    expect(await spendCode(prisma, late.request, late.code, minutes(5))).toBeNull();
    const justInTime = new Date(minutes(5).getTime() - 1);
    expect(await spendCode(prisma, late.request, late.code, justInTime)).toBe(person.phone);
  });

  it('can be tried five times, the fifth one counting', async () => {
    const person = await aPerson('陈小芳');
    const four = await codeFor(person.phone ?? '');
    for (let i = 0; i < 4; i++) await spendCode(prisma, four.request, other(four.code), TEST_NOW);
    expect(await spendCode(prisma, four.request, four.code, TEST_NOW)).toBe(person.phone);
    const five = await codeFor(person.phone ?? '', minutes(2));
    for (let i = 0; i < 5; i++) await spendCode(prisma, five.request, other(five.code), minutes(2));
    expect(await spendCode(prisma, five.request, five.code, minutes(2))).toBeNull();
  });

  it('is looked at five times at most by a burst of forty, and won by one at most', async () => {
    const person = await aPerson('陈小芳');
    const wrong = await codeFor(person.phone ?? '');
    await Promise.all(
      Array.from({ length: 40 }, () => spendCode(prisma, wrong.request, other(wrong.code), TEST_NOW)),
    );
    expect((await prisma.signInCode.findUniqueOrThrow({ where: { id: wrong.request } })).tries).toBe(5);
    const right = await codeFor(person.phone ?? '', minutes(2));
    const won = await Promise.all(
      Array.from({ length: 40 }, () => spendCode(prisma, right.request, right.code, minutes(2))),
    );
    expect(won.filter((phone) => phone !== null)).toEqual([person.phone]);
  });

  it('of another request is no good', async () => {
    const [one, two] = [await aPerson('陈小芳'), await aPerson('李强')];
    const mine = await codeFor(one.phone ?? '');
    const theirs = await codeFor(two.phone ?? '');
    expect(await spendCode(prisma, theirs.request, mine.code, TEST_NOW)).toBeNull();
    expect(await spendCode(prisma, newId(), mine.code, TEST_NOW)).toBeNull();
    expect(await spendCode(prisma, "'; drop table person; --", mine.code, TEST_NOW)).toBeNull();
  });
});

describe('asking for a code', () => {
  it('answers the same for a number nobody has, and sends nothing', async () => {
    const person = await aPerson('陈小芳');
    const known = await requestCode(person.phone ?? '');
    const knownSent = sent.length;
    const unknown = await requestCode(aPhone());
    if (!known.ok || !unknown.ok) throw new Error('refused');
    expect(Object.keys(unknown.outcome)).toEqual(Object.keys(known.outcome));
    expect([unknown.repeated, typeof unknown.outcome.subject]).toEqual([false, 'string']);
    expect([knownSent, sent.length]).toEqual([1, 1]);
    const entered = { request: unknown.outcome.subject ?? '', code: '000000' };
    const guess = await signIn({ ...call, way: 'code', entered });
    const wrong = await signIn({
      ...call,
      way: 'code',
      entered: { ...entered, request: known.outcome.subject ?? '' },
    });
    expect(guess.ok || wrong.ok ? null : guess.refusal.view).toEqual(wrong.ok ? 0 : wrong.refusal.view);
  });

  it('is limited by number and address: one a minute, five an hour; ten at once make one', async () => {
    const phone = aPhone();
    const here = newId();
    const burst = await Promise.all(Array.from({ length: 10 }, () => requestCode(phone, TEST_NOW, here)));
    expect(burst.filter((one) => one.ok)).toHaveLength(1);
    const codes = burst.flatMap((one) => (one.ok ? [] : [one.refusal.code]));
    expect(new Set(codes)).toEqual(new Set(['TOO_MANY_CODES']));
    for (const minute of [1, 2, 3, 4])
      expect((await requestCode(phone, minutes(minute), here)).ok).toBe(true);
    expect((await requestCode(phone, minutes(5), here)).ok).toBe(false);
    // a stranger who has used his up keeps nobody else from asking
    expect((await requestCode(phone, minutes(5))).ok).toBe(true);
    expect((await requestCode(phone, minutes(61), here)).ok).toBe(true);
  });

  it('is limited by number alone, known or not, to what one person may be sent; a device of his own is let through', async () => {
    const person = await aPerson('陈小芳');
    const device = /=([^;]+)/.exec(rememberDevice(undefined, person.id))?.[1] ?? '';
    for (const phone of [person.phone ?? '', aPhone()]) {
      for (let i = 0; i < 20; i++) expect((await requestCode(phone)).ok).toBe(true);
      const refused = await requestCode(phone);
      expect(refused.ok ? null : refused.refusal.code).toBe('TOO_MANY_CODES');
    }
    const own = (at = TEST_NOW) => requestCode(person.phone ?? '', at, newId(), device);
    expect([(await own()).ok, (await own()).ok, (await own(minutes(1))).ok]).toEqual([true, false, true]);
    const forged = `${device.split('.')[0]}.${'0'.repeat(32)}`;
    expect((await requestCode(person.phone ?? '', TEST_NOW, newId(), forged)).ok).toBe(false);
  });

  it('remembers three people on a device, and believes no proof of another device or person', async () => {
    const ids = [newId(), newId(), newId(), newId()];
    let cookie: string | undefined;
    for (const id of ids) cookie = /=([^;]+)/.exec(rememberDevice(cookie, id))?.[1];
    const [device] = (cookie ?? '').split('.');
    expect(ids.map((id) => knownDevice(cookie, id))).toEqual([null, device, device, device]);
    expect(knownDevice((cookie ?? '').replace(device ?? '', newId()), ids[3])).toBeNull();
    for (const odd of [undefined, '', 'x', `${device}.${'é'.repeat(32)}`, 'x'.repeat(500)])
      expect(knownDevice(odd, ids[3])).toBeNull();
    expect(knownDevice(cookie, undefined)).toBeNull();
  });

  it('is limited by address, high enough for a carrier’s whole town', async () => {
    const address = newId();
    const asked = await Promise.all(
      Array.from({ length: 70 }, () => requestCode(aPhone(), TEST_NOW, address)),
    );
    expect(asked.filter((one) => one.ok)).toHaveLength(70);
    const hour = new Date(Math.floor(TEST_NOW.getTime() / 3_600_000) * 3_600_000);
    await prisma.rateCount.updateMany({
      where: { key: `code:address:${address}:3600`, window: hour },
      data: { count: 599 },
    });
    expect((await requestCode(aPhone(), TEST_NOW, address)).ok).toBe(true);
    expect((await requestCode(aPhone(), TEST_NOW, address)).ok).toBe(false);
  });

  it('leaves no number in the command log', async () => {
    const person = await aPerson('陈小芳');
    await requestCode(person.phone ?? '');
    const { rows } = await owner.query(
      `select count(*)::int as n from command_log where to_jsonb(command_log)::text like '%' || $1 || '%'`,
      [person.phone],
    );
    expect(rows[0].n).toBe(0);
  });
});

describe('a password', () => {
  it('signs in who has one; the same answer for a wrong one, none and an unknown number', async () => {
    const official = await aPerson('书记甲');
    await prisma.person.update({
      where: { id: official.id },
      data: { passwordHash: await hashPassword('水真甜水真甜') },
    });
    const villager = await aPerson('陈小芳');
    const enter = (phone: string | null, password: string) =>
      signIn({ ...call, way: 'password', entered: { phone: phone ?? '', password } });
    expect((await enter(official.phone, '水真甜水真甜')).ok).toBe(true);
    const noes = [
      await enter(official.phone, '水真咸水真咸'),
      await enter(villager.phone, '水真甜水真甜'),
      await enter(aPhone(), '水真甜水真甜'),
    ];
    const views = noes.map((no) => (no.ok ? null : no.refusal.view));
    expect(views[0]?.code).toBe('WRONG_PASSWORD');
    expect(views).toEqual([views[0], views[0], views[0]]);
  });

  it('that is right is held to no count, and a stranger’s wrong ones don’t shut its owner out', async () => {
    const official = await aPerson('书记甲');
    await prisma.person.update({
      where: { id: official.id },
      data: { passwordHash: await hashPassword('水真甜水真甜') },
    });
    const enter = async (password: string, address: string, known?: string) => {
      const entered = { phone: official.phone ?? '', password };
      const result = await signIn({ ...call, way: 'password', entered, address, known });
      return result.ok ? 'in' : result.refusal.code;
    };
    const [here, there] = [newId(), newId()];
    for (let i = 0; i < 12; i++) expect(await enter('水真甜水真甜', here)).toBe('in');
    for (let i = 0; i < 10; i++) expect(await enter('wrong', there)).toBe('WRONG_PASSWORD');
    expect(await enter('水真甜水真甜', there)).toBe('TOO_MANY_TRIES');
    expect(await enter('水真甜水真甜', here)).toBe('in');
    await prisma.rateCount.updateMany({
      where: { key: `sign-in:number:${phoneKey(official.phone ?? '')}` },
      data: { count: 100 },
    });
    expect(await enter('水真甜水真甜', here)).toBe('TOO_MANY_TRIES');
    const device = /=([^;]+)/.exec(rememberDevice(undefined, official.id))?.[1];
    expect(await enter('水真甜水真甜', here, device)).toBe('in');
  });

  it('can be tried ten times in a quarter of an hour', async () => {
    const person = await aPerson('书记甲');
    const entered = { phone: person.phone ?? '', password: 'wrong' };
    const answers: string[] = [];
    for (let i = 0; i < 11; i++) {
      const result = await signIn({ ...call, way: 'password', entered });
      answers.push(result.ok ? '' : result.refusal.code);
    }
    expect(answers.slice(9)).toEqual(['WRONG_PASSWORD', 'TOO_MANY_TRIES']);
  });

  it('is for officials; setting one ends the other sessions', async () => {
    const village = await aVillage({ households: 1 });
    const set = (actor: Awaited<ReturnType<typeof actorFor>>) =>
      runCommand(setPassword, {
        actor,
        id: newId(),
        input: { password: '山上有一片竹林' + '和一口老井' },
        now: TEST_NOW,
      });
    const villager = await set(await actorFor(village.household(0).head.personId));
    expect(villager.ok ? null : villager.refusal.code).toBe('PASSWORD_FOR_OFFICIALS');
    const elsewhere = await actorFor(village.secretary);
    const here = await actorFor(village.secretary);
    expect((await set(here)).ok).toBe(true);
    expect(await findActor(prisma, elsewhere.sessionId, TEST_NOW)).toBeNull();
    expect(await findActor(prisma, here.sessionId, TEST_NOW)).not.toBeNull();
  });
});

describe('a session', () => {
  it('ends everywhere at once', async () => {
    const village = await aVillage({ households: 1 });
    const sessions = [await actorFor(village.verifier), await actorFor(village.verifier)];
    const stranger = await actorFor(village.secretary);
    await runCommand(endAllSessionsCommand, {
      actor: sessions[0] ?? null,
      id: newId(),
      input: {},
      now: TEST_NOW,
    });
    for (const { sessionId } of sessions) expect(await findActor(prisma, sessionId, TEST_NOW)).toBeNull();
    expect(await findActor(prisma, stranger.sessionId, TEST_NOW)).not.toBeNull();
  });

  it('lasts thirty days', async () => {
    const actor = await actorFor(await aPerson('陈小芳'));
    const day30 = new Date(TEST_NOW.getTime() + 30 * 86_400_000);
    expect(await findActor(prisma, actor.sessionId, new Date(day30.getTime() - 1))).not.toBeNull();
    expect(await findActor(prisma, actor.sessionId, day30)).toBeNull();
  });

  it('needs a cookie of ours', async () => {
    for (const cookie of [undefined, '', 'x', newId(), 'a.b.c.d.e', 'x'.repeat(5000)]) {
      expect(await sessionIdOf(cookie)).toBeNull();
    }
  });
});

describe('demo people', () => {
  it('are nobody, and nobody can be one, outside demo mode', async () => {
    const village = await aVillage({ households: 1 });
    await prisma.district.update({ where: { id: village.districtId }, data: { isDemo: true } });
    expect(await listDemoPeople(prisma)).toEqual([]);
    const entered = { person: village.secretary.id };
    const result = await signIn({ ...call, way: 'demo', entered });
    expect(result.ok ? null : result.refusal.code).toBe('NOT_FOUND');
  });
});

describe('in a demo', () => {
  it('codes are shown for the demo’s own people alone: to nobody else’s number, known or not', async () => {
    const village = await aVillage({ households: 1 });
    const real = await aVillage({ households: 1 });
    await prisma.district.update({ where: { id: village.districtId }, data: { isDemo: true } });
    env().DEMO = true;
    try {
      const shownFor = async (phone: string | null) => {
        const { request, code } = await codeFor(phone ?? '');
        return { shown: await findShownCode(prisma, request), code };
      };
      const own = await shownFor(village.secretary.phone);
      expect(own.shown).toBe(own.code);
      expect((await shownFor(real.secretary.phone)).shown).toBeNull();
      const nobody = await requestCode(aPhone());
      expect(nobody.ok && (await findShownCode(prisma, nobody.outcome.subject ?? ''))).toBeNull();
    } finally {
      env().DEMO = false;
    }
  });
});
