import { Facts } from '@/components/ui/figures';
import { type MeetingRules, sayMeetingRule } from '@/lib/rulebook/resolution/rules';
import type { VoteUnit } from '@/lib/rulebook/types';

/** When a meeting of the village counts, for the office and for whoever is to be counted. */
export function MeetingRulesFacts({ rules }: { rules: MeetingRules & { ballotUnit: VoteUnit } }) {
  return (
    <Facts
      items={[
        ['按户开会', sayMeetingRule(rules, 'HOUSEHOLD')],
        ['按人开会', sayMeetingRule(rules, 'ADULT')],
        [
          '代表会议',
          rules.representatives > 0
            ? `${rules.representatives} 名代表，${sayMeetingRule(rules, 'REPRESENTATIVE')}`
            : '没有登记村民代表，开不了',
        ],
        ['手机表决', rules.ballotUnit === 'HOUSEHOLD' ? '一户一票' : '满 18 岁的一人一票'],
      ]}
    />
  );
}
