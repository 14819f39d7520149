import { describe, expect, test } from 'vitest';
import type { Actor } from '@/lib/auth/types';
import { runCommand } from '@/lib/platform/command';
import { newId } from '@/lib/platform/ids';
import { actorFor, aVillage, TEST_NOW } from '@/lib/testing/builders';
import { testDb } from '@/lib/testing/database';
import { refusalOf } from '@/lib/testing/working-village';
import { markMessagesRead } from './commands';
import { countUnread, listMessages, MESSAGES_PER_PAGE } from './reads';

const { prisma } = await testDb();

async function told(villageId: string, personId: string, count: number): Promise<string[]> {
  const ids = Array.from({ length: count }, () => newId());
  await prisma.message.createMany({
    data: ids.map((id, index) => ({
      villageId,
      id,
      personId,
      title: `消息 ${index + 1}`,
      href: '/me',
      createdAt: new Date(TEST_NOW.getTime() + index * 1000),
    })),
  });
  return ids;
}

const mark = (actor: Actor, input: unknown) =>
  runCommand(markMessagesRead, { actor, id: newId(), input, now: TEST_NOW });

describe('messages', () => {
  test('are listed newest first, thirty at a time, one person’s only', async () => {
    const village = await aVillage({ households: 2, groups: 1 });
    const { personId } = village.household(0).head;
    const scope = { villageIds: [village.id], personId };
    await told(village.id, personId, MESSAGES_PER_PAGE + 2);
    await told(village.id, village.household(1).head.personId, 1);
    const first = await listMessages(prisma, scope);
    expect(first.messages).toHaveLength(MESSAGES_PER_PAGE);
    expect(first.messages[0]?.title).toBe(`消息 ${MESSAGES_PER_PAGE + 2}`);
    expect(first).toMatchObject({ unread: MESSAGES_PER_PAGE + 2, page: 1, pages: 2 });
    const beyond = await listMessages(prisma, scope, 9);
    expect(beyond.page).toBe(2);
    expect(beyond.messages.map((one) => one.title)).toEqual(['消息 2', '消息 1']);
  });

  test('one is marked; or it and the older ones, while newer ones stay new', async () => {
    const village = await aVillage({ households: 2, groups: 1 });
    const { personId } = village.household(0).head;
    const scope = { villageIds: [village.id], personId };
    const ids = await told(village.id, personId, 5);
    const actor = await actorFor(personId);
    expect(refusalOf(await mark(actor, { messageId: ids[1], which: 'one' }))).toBeNull();
    expect(await countUnread(prisma, scope)).toBe(4);
    const until = await mark(actor, { messageId: ids[3], which: 'all' });
    expect(until).toMatchObject({ ok: true, outcome: { read: 3 } });
    const { messages } = await listMessages(prisma, scope);
    expect(messages.map((one) => one.isRead)).toEqual([false, true, true, true, true]);
  });

  test('another’s message is not there, and stays as it was', async () => {
    const village = await aVillage({ households: 2, groups: 1 });
    const neighbour = village.household(1).head.personId;
    const [id] = await told(village.id, neighbour, 1);
    const actor = await actorFor(village.household(0).head.personId);
    for (const which of ['one', 'all'] as const) {
      expect(refusalOf(await mark(actor, { messageId: id, which }))).toBe('NOT_FOUND');
    }
    expect(await countUnread(prisma, { villageIds: [village.id], personId: neighbour })).toBe(1);
  });
});
