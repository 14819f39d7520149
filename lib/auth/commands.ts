import 'server-only';
import { type Command, command } from '@/lib/platform/command';
import { newIdAt } from '@/lib/platform/ids';
import { hitRate } from '@/lib/platform/rate';
import { refuse } from '@/lib/platform/refusal';
import { CODE_MINUTES, hashCode, makeCode, phoneKey } from './codes';
import { hashPassword } from './passwords';
import {
  chooseDeskInput,
  chooseShopInput,
  endSessionInput,
  nothingInput,
  requestCodeInput,
  setPasswordInput,
} from './schema';
import { endAllSessions, endSession } from './sessions';
import { sendCodeSoon } from './sms';

/** Codes for one number: in a minute, in an hour, in a day. */
const CODES_PER_NUMBER = [
  { most: 1, seconds: 60 },
  { most: 5, seconds: 3600 },
  { most: 10, seconds: 86_400 },
] as const;
/** Codes asked for from one address in an hour; a village may share one. */
const CODES_PER_ADDRESS = 60;

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
  perMinute: 10,
  may: () => true,
  async run({ input, now, tx, address }) {
    // Counted in this transaction: a refusal takes its own count back, so what is counted are the codes made.
    const number = phoneKey(input.phone);
    for (const limit of CODES_PER_NUMBER) {
      const wait = await hitRate(tx, { key: `code:number:${limit.seconds}:${number}`, ...limit }, now);
      if (wait > 0) throw refuse('TOO_MANY_CODES', { minutes: Math.ceil(wait / 60) });
    }
    const wait = await hitRate(
      tx,
      { key: `code:address:${address}`, most: CODES_PER_ADDRESS, seconds: 3600 },
      now,
    );
    if (wait > 0) throw refuse('TOO_MANY_CODES', { minutes: Math.ceil(wait / 60) });
    const id = newIdAt(now);
    const code = makeCode(id);
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
    const person = await tx.person.findUnique({ where: { phone: input.phone }, select: { id: true } });
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
    await tx.session.update({
      where: { id: actor.sessionId },
      data: { deskVillageId: input.villageId },
      select: { id: true },
    });
    return { subject: input.villageId };
  },
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
    await tx.session.update({
      where: { id: actor.sessionId },
      data: { shopMerchantId: input.merchantId },
      select: { id: true },
    });
    return { subject: input.merchantId };
  },
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
  chooseDesk,
  chooseShop,
  setPassword,
];
