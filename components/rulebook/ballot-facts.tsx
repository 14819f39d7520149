import { Bar } from '@/components/ui/bar';
import { Facts } from '@/components/ui/figures';
import type { BallotView } from '@/lib/rulebook/ballot/types';
import {
  type MeetingRules,
  presentLeast,
  sayBallotNeeds,
  sayUnit,
  votesForLeast,
} from '@/lib/rulebook/resolution/rules';
import { sayMoment } from './states';

/** A vote: while it runs what it needs to pass and how many have voted, and what they voted when it is closed. */
export function BallotFacts({ ballot, rules }: { ballot: BallotView; rules: MeetingRules }) {
  const unit = sayUnit(ballot.unit);
  const { result } = ballot;
  const least = presentLeast(rules, ballot.unit, ballot.eligible);
  if (!result) {
    return (
      <>
        <Facts
          items={[
            ...(ballot.unit === 'REPRESENTATIVE' ? [] : sayBallotNeeds(rules, ballot.unit, ballot.eligible)),
            ['什么时候截止', sayMoment(ballot.closesAt)],
            ['投到现在', `${ballot.voters} ${unit}投了票`],
          ]}
        />
        <p className="list-note">
          票是保密的：谁投了什么，谁也查不到；截止以前，赞成多少、反对多少，谁也看不到。
        </p>
      </>
    );
  }
  const rows = [
    ['赞成', result.votesFor, 'red'],
    ['反对', result.votesAgainst, 'ink'],
    ['弃权', result.abstained, 'ink'],
  ] as const;
  const needFor = votesForLeast(rules, ballot.voters);
  return (
    <>
      <dl className="ballot-result">
        {rows.map(([label, votes, tone]) => (
          <div key={label}>
            <dt>{label}</dt>
            <dd>
              <Bar value={votes} max={Math.max(1, ballot.voters)} tone={tone} />
              <b>{votes} 票</b>
            </dd>
          </div>
        ))}
      </dl>
      <p className="list-note">
        {sayMoment(ballot.closesAt)}截止。名册上 {ballot.eligible} {unit}，{ballot.voters} {unit}投了票
        {ballot.hall === null ? '。' : `：手机 ${ballot.voters - ballot.hall}，会场 ${ballot.hall}。`}
        {ballot.voters < least
          ? `投票的不到 ${least} ${unit}，不算数。`
          : result.votesFor < needFor
            ? `赞成的不到 ${needFor} 票，没有通过。`
            : `赞成的超过了 ${needFor - 1} 票，通过。`}
      </p>
    </>
  );
}
