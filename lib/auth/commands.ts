import 'server-only';
import { type Command, command } from '@/lib/platform/command';
import { newIdAt } from '@/lib/platform/ids';
import { hitRate } from '@/lib/platform/rate';
import { refuse } from '@/lib/platform/refusal';
import { CODE_MINUTES, hashCode, makeCode, phoneKey } from './codes';
import { isShownCode } from './demo';
import { knownDevice } from './known-device';
import { hashPassword } from './passwords';
import {
  chooseDeskInput,
  chooseHomeInput,
  chooseShopInput,
  endSessionInput,
  nothingInput,
  requestCodeInput,
  setPasswordInput,
} from './schema';
import { endAllSessions, endSession, goHome, standAt } from './sessions';
import { sendCodeSoon } from './sms';

/** Codes for one number, asked for from one address or on a device its owner has signed in on. */
const CODES_FROM_ONE = [
  { most: 1, seconds: 60 },
  { most: 5, seconds: 3600 },
  { most: 10, seconds: 86_400 },
] as const;
/** Codes for one number, wherever strangers ask for them: what bounds the messages one person can be sent. */
const CODES_PER_NUMBER = [
  { most: 20, seconds: 3600 },
  { most: 40, seconds: 86_400 },
] as const;
/** Codes asked for from one address: a carrier's whole town may share one on the evening of a ballot. */
const CODES_PER_ADDRESS = [{ most: 600, seconds: 3600 }] as const;

/**
 * Sends a one-time code to a number. For a number nobody has, everything is done but the sending, so the answer and
 * its time are the same. The subject is what the code must be given back with.
 */
export const requestSignInCode = command({
  name: 'request-sign-in-code',
  title: '获取登录验证码',
  seat: 'anyone',
  input: requestCodeInput,
  keep: () => ({}),
  perMinute: 120,
  may: () => true,
  async run({ input, now, tx, address, device }) {
    // Counted in this transaction: a refusal takes its own count back, so what is counted are the codes made.
    const number = phoneKey(input.phone);
    const person = await tx.person.findUnique({ where: { phone: input.phone }, select: { id: true } });
    const known = knownDevice(device, person?.id);
    const limits: { by: string; limits: readonly { most: number; seconds: number }[] }[] = known
      ? [{ by: `device:${known}:${number}`, limits: CODES_FROM_ONE }]
      : [
          { by: `from:${address}:${number}`, limits: CODES_FROM_ONE },
          { by: `number:${number}`, limits: CODES_PER_NUMBER },
          { by: `address:${address}`, limits: CODES_PER_ADDRESS },
        ];
    for (const { by, limits: each } of limits) {
      for (const limit of each) {
        const wait = await hitRate(tx, { key: `code:${by}:${limit.seconds}`, ...limit }, now);
        if (wait > 0) throw refuse('TOO_MANY_CODES', { minutes: Math.ceil(wait / 60) });
      }
    }
    const id = newIdAt(now);
    const code = makeCode(id, person !== null && (await isShownCode(tx, person.id)));
    await tx.signInCode.create({
      data: {
        id,
        phone: input.phone,
        codeHash: hashCode(id, code),
        createdAt: now,
        expiresAt: new Date(now.getTime() + CODE_MINUTES * 60_000),
      },
      select: { id: true },
    });
    if (person) sendCodeSoon(input.phone, code);
    return { subject: id };
  },
});

/** Signs a person out everywhere, here too. */
export const endAllSessionsCommand = command({
  name: 'end-all-sessions',
  title: '在所有设备上退出',
  seat: 'person',
  input: nothingInput,
  keep: () => ({}),
  may: () => true,
  async run({ actor, now, tx }) {
    return { ended: await endAllSessions(tx, actor.personId, now) };
  },
});

/** Signs a person out on one other device. */
export const endSessionCommand = command({
  name: 'end-session',
  title: '在一台设备上退出',
  seat: 'person',
  input: endSessionInput,
  keep: (input) => input,
  may: () => true,
  async run({ actor, input, now, tx }) {
    if (!(await endSession(tx, actor.personId, input.sessionId, now))) throw refuse('NOT_FOUND');
    return { subject: input.sessionId };
  },
});

/** Changes for which village's household this session acts. In no village's log: none reads there where else he lives. */
export const chooseHome = command({
  name: 'choose-home',
  title: '换一个村的家',
  seat: 'person',
  input: chooseHomeInput,
  keep: (input) => input,
  may: (actor, input) => {
    if (!actor.resident) return 'NOT_ALLOWED';
    return actor.residents.some((home) => home.villageId === input.villageId) || 'NOT_FOUND';
  },
  async run({ actor, input, tx }) {
    await goHome(tx, actor.sessionId, input.villageId);
    return { subject: input.villageId };
  },
  again: ({ actor, input, tx }) => goHome(tx, actor.sessionId, input.villageId),
});

/** Changes which village's desk this session works at. */
export const chooseDesk = command({
  name: 'choose-desk',
  title: '换一个村办公',
  seat: 'desk',
  ofAnyPlace: true,
  input: chooseDeskInput,
  keep: (input) => input,
  may: (actor, input) =>
    actor.desks.some((desk) => desk.villageId === input.villageId) ? true : 'NOT_FOUND',
  async run({ actor, input, tx }) {
    await standAt(tx, actor.sessionId, { deskVillageId: input.villageId });
    return { subject: input.villageId };
  },
  again: ({ actor, input, tx }) => standAt(tx, actor.sessionId, { deskVillageId: input.villageId }),
});

/** Changes which shop this session stands in. */
export const chooseShop = command({
  name: 'choose-shop',
  title: '换一家店',
  seat: 'shop',
  ofAnyPlace: true,
  input: chooseShopInput,
  keep: (input) => input,
  may: (actor, input) =>
    actor.shops.some((shop) => shop.merchantId === input.merchantId) ? true : 'NOT_FOUND',
  async run({ actor, input, tx }) {
    await standAt(tx, actor.sessionId, { shopMerchantId: input.merchantId });
    return { subject: input.merchantId };
  },
  again: ({ actor, input, tx }) => standAt(tx, actor.sessionId, { shopMerchantId: input.merchantId }),
});

/** Sets an official's password and signs out everywhere else. */
export const setPassword = command({
  name: 'set-password',
  title: '设置登录密码',
  seat: 'person',
  input: setPasswordInput,
  keep: () => ({}),
  perMinute: 5,
  may: (actor) => (actor.desk || actor.office ? true : 'PASSWORD_FOR_OFFICIALS'),
  async run({ actor, input, now, tx }) {
    await tx.person.update({
      where: { id: actor.personId },
      data: { passwordHash: await hashPassword(input.password) },
      select: { id: true },
    });
    await tx.session.updateMany({
      where: { personId: actor.personId, endedAt: null, id: { not: actor.sessionId } },
      data: { endedAt: now },
    });
    return {};
  },
});

export const authCommands: Command[] = [
  requestSignInCode,
  endAllSessionsCommand,
  endSessionCommand,
  chooseHome,
  chooseDesk,
  chooseShop,
  setPassword,
];
