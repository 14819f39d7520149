import 'server-only';
import { type Command, command } from '@/lib/platform/command';
import { canKeepRulebook } from '../policy';
import { meetingRulesInput } from './schema';

/** Changes when a meeting of the village counts, and who has a vote on the phone. Ballots that were opened stay as they are. */
export const changeMeetingRules = command({
  name: 'change-meeting-rules',
  title: '改会议规则',
  seat: 'desk',
  input: meetingRulesInput,
  keep: (input) => input,
  may: canKeepRulebook,
  async run({ input, tx, villageId }) {
    await tx.village.update({ where: { id: villageId }, data: input, select: { id: true } });
    return { subject: villageId };
  },
});

export const meetingCommands: Command[] = [changeMeetingRules];
