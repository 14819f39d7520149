import 'server-only';
import { goHome } from '@/lib/auth/sessions';
import { command } from '@/lib/platform/command';
import { refuse } from '@/lib/platform/refusal';
import { markMessagesReadInput } from './schema';

/**
 * 看过消息: marks one of the actor's own messages as read, or it and all older ones, of whichever of his villages. A message that was read already
 * keeps the moment it was first read. Refuses NOT_FOUND for a message that isn't the actor's.
 */
export const markMessagesRead = command({
  name: 'mark-messages-read',
  title: '看过消息',
  seat: 'resident',
  ofAnyPlace: true,
  input: markMessagesReadInput,
  keep: (input) => ({ messageId: input.messageId, which: input.which }),
  may: () => true,
  async run({ actor, input, now, tx }) {
    const villageIds = actor.residents.map((home) => home.villageId);
    const mine = { villageId: { in: villageIds }, personId: actor.personId };
    const message = await tx.message.findFirst({
      where: { ...mine, id: input.messageId },
      select: { villageId: true, id: true, createdAt: true },
    });
    if (!message) throw refuse('NOT_FOUND', {}, 'messageId');
    const which =
      input.which !== 'all'
        ? { id: message.id }
        : {
            OR: [
              { createdAt: { lt: message.createdAt } },
              { createdAt: message.createdAt, id: { lte: message.id } },
            ],
          };
    const { count } = await tx.message.updateMany({
      where: { ...mine, readAt: null, ...which },
      data: { readAt: now },
    });
    if (input.which === 'open') await goHome(tx, actor.sessionId, message.villageId);
    return { subject: message.id, read: count };
  },
  async again({ actor, input, tx }) {
    if (input.which !== 'open') return;
    const villageIds = actor.residents.map((home) => home.villageId);
    const message = await tx.message.findFirst({
      where: { villageId: { in: villageIds }, personId: actor.personId, id: input.messageId },
      select: { villageId: true },
    });
    if (message) await goHome(tx, actor.sessionId, message.villageId);
  },
});

export const messageCommands = [markMessagesRead];
