import 'server-only';
import { dateToDay, dayOf, sayDay } from '@/lib/platform/clock';
import { command } from '@/lib/platform/command';
import { refuse } from '@/lib/platform/refusal';
import { tellListed } from './notices';
import { canCheckLists, canDraftLists, canWithdrawLists } from './policy';
import { sayMonthDay } from './rules';
import { checkListInput, draftListInput, publishListInput, withdrawListInput } from './schema';

// The steps of a list. What they may and what they do stands in prisma/functions/list*.sql.

/** 起草: the rows come from the ledger as it stands now, by the rule of the rulebook. The list's id is the command's. */
export const draftList = command({
  name: 'draft-list',
  title: '起草榜单',
  seat: 'desk',
  input: draftListInput,
  keep: (input) => ({ ...input }),
  may: canDraftLists,
  async run({ actor, input, id, now, tx, villageId }) {
    if (input.kind === 'BLACK' && input.subject === 'RESIDENT')
      throw refuse('LIST_PEOPLE_ONLY_PRAISED', {}, 'subject');
    const rows = await tx.$queryRaw<{ rows: number }[]>`
      select list_draft(${villageId}::uuid, ${id}::uuid, ${input.kind}::"ListKind", ${input.subject}::"ListSubject",
                        ${input.period}::text, ${actor.personId}::uuid, ${now}::timestamptz) as rows`;
    return { subject: id, rows: rows[0]?.rows ?? 0 };
  },
});

/** 审核: the second pair of eyes; produces the documents. */
export const checkList = command({
  name: 'check-list',
  title: '审核榜单',
  seat: 'desk',
  input: checkListInput,
  keep: (input) => ({ listId: input.listId }),
  may: canCheckLists,
  async run({ actor, input, now, tx, villageId }) {
    await tx.$queryRaw`
      select list_check(${villageId}::uuid, ${input.listId}::uuid, ${actor.personId}::uuid,
                        ${now}::timestamptz)::text`;
    return { subject: input.listId };
  },
});

/** 公示: begins the publicity, and tells those who are listed. */
export const publishList = command({
  name: 'publish-list',
  title: '公示榜单',
  seat: 'desk',
  input: publishListInput,
  keep: (input) => ({ listId: input.listId }),
  may: canDraftLists,
  async run({ actor, input, id, now, tx, villageId }) {
    const rows = await tx.$queryRaw<{ last_day: Date }[]>`
      select last_day from list_publish(${villageId}::uuid, ${input.listId}::uuid, ${actor.personId}::uuid,
                                        ${now}::timestamptz)`;
    const last = rows[0]?.last_day;
    if (!last) throw new Error('list_publish answered nothing');
    const until = dateToDay(last);
    await tellListed(tx, { villageId, listId: input.listId, commandId: id, now }, sayMonthDay(until));
    return { subject: input.listId, publicUntil: sayDay(until, dayOf(now)) };
  },
});

/** 撤回: takes a list back that is public, 作废: throws one away that never was; with a reason that is kept. */
export const withdrawList = command({
  name: 'withdraw-list',
  title: '撤回或作废榜单',
  seat: 'desk',
  input: withdrawListInput,
  keep: (input) => ({ listId: input.listId }),
  may: canWithdrawLists,
  async run({ actor, input, now, tx, villageId }) {
    await tx.$queryRaw`
      select list_withdraw(${villageId}::uuid, ${input.listId}::uuid, ${actor.personId}::uuid, ${input.reason}::text,
                           '{DRAFT,CHECKED,PUBLICITY,FINAL}', ${now}::timestamptz)::text`;
    return { subject: input.listId };
  },
});

/** The commands of this part. */
export const listCommands = [draftList, checkList, publishList, withdrawList];
