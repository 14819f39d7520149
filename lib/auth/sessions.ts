import 'server-only';
import type { Db } from '@/lib/platform/db';
import { newIdAt } from '@/lib/platform/ids';
import { SESSION_DAYS } from './cookie';

/** A session as its person sees it in the list of devices. */
export interface SessionView {
  id: string;
  device: string;
  createdAt: Date;
  isThisOne: boolean;
}

/** Opens a session; answers its id. */
export async function openSession(db: Db, personId: string, device: string, now: Date): Promise<string> {
  const id = newIdAt(now);
  await db.session.create({
    data: {
      id,
      personId,
      device,
      createdAt: now,
      expiresAt: new Date(now.getTime() + SESSION_DAYS * 86_400_000),
    },
    select: { id: true },
  });
  return id;
}

/** Makes a session act for the household of this village, which is one of the person's, from now on. */
export function goHome(db: Db, sessionId: string, villageId: string): Promise<void> {
  return standAt(db, sessionId, { homeVillageId: villageId });
}

/** Makes a session stand at one of its person's homes, desks or shops from now on. */
export async function standAt(
  db: Db,
  sessionId: string,
  data: { homeVillageId: string } | { deskVillageId: string } | { shopMerchantId: string },
): Promise<void> {
  await db.session.update({ where: { id: sessionId }, data, select: { id: true } });
}

/** Ends one session of a person; false when it isn't theirs or has ended. */
export async function endSession(db: Db, personId: string, sessionId: string, now: Date): Promise<boolean> {
  const ended = await db.session.updateMany({
    where: { id: sessionId, personId, endedAt: null },
    data: { endedAt: now },
  });
  return ended.count === 1;
}

/** Ends all sessions of a person, this one too; answers how many. */
export async function endAllSessions(db: Db, personId: string, now: Date): Promise<number> {
  const ended = await db.session.updateMany({
    where: { personId, endedAt: null, expiresAt: { gt: now } },
    data: { endedAt: now },
  });
  return ended.count;
}

/** Where a person is signed in, newest first. */
export async function listSessions(
  db: Db,
  personId: string,
  thisSessionId: string,
  now: Date,
): Promise<SessionView[]> {
  const rows = await db.session.findMany({
    where: { personId, endedAt: null, expiresAt: { gt: now } },
    orderBy: [{ createdAt: 'desc' }, { id: 'desc' }],
    take: 20,
    select: { id: true, device: true, createdAt: true },
  });
  return rows.map((row) => ({ ...row, isThisOne: row.id === thisSessionId }));
}

/** What a browser is called in the list of devices: 手机 · 微信. Nothing finer is kept of it. */
export function deviceName(userAgent: string): string {
  const kind = /iPad|Tablet/i.test(userAgent)
    ? '平板'
    : /Mobile|Android|iPhone|HarmonyOS/i.test(userAgent)
      ? '手机'
      : /Windows|Macintosh|Linux|CrOS/i.test(userAgent)
        ? '电脑'
        : '其他设备';
  const programs: [RegExp, string][] = [
    [/MicroMessenger/i, '微信'],
    [/Edg\//, 'Edge'],
    [/Firefox\//, '火狐'],
    [/Chrome\//, '谷歌内核浏览器'],
    [/Safari\//, 'Safari'],
  ];
  const program = programs.find(([pattern]) => pattern.test(userAgent))?.[1];
  return program ? `${kind} · ${program}` : kind;
}
