import 'server-only';
import { type Command, command } from '@/lib/platform/command';
import { refuse } from '@/lib/platform/refusal';
import { canKeepRulebook } from '../policy';
import { meetingRulesInput } from './schema';

/**
 * Changes when a meeting of the village counts, and who has a vote on the phone: not while a draft is heard or voted on
 * (the database keeps it too), for the rules would be made for its result. Refuses MEETING_RULES_STAND.
 */
export const changeMeetingRules = command({
  name: 'change-meeting-rules',
  title: '改会议规则',
  seat: 'desk',
  input: meetingRulesInput,
  keep: (input) => input,
  may: canKeepRulebook,
  async run({ input, tx, villageId }) {
    const heard = await tx.rulebookVersion.count({ where: { villageId, state: 'HEARING' } });
    if (heard > 0) throw refuse('MEETING_RULES_STAND');
    await tx.village.update({ where: { id: villageId }, data: input, select: { id: true } });
    return { subject: villageId };
  },
});

export const meetingCommands: Command[] = [changeMeetingRules];
