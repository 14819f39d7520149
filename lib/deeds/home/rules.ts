import type { TimelineLine } from './types';

// How a household's timeline is told. Pure.

/** The thing a line is about, where it has one: the deed or the deduction. */
const thingOf = (line: TimelineLine) => line.deedId ?? line.deductionId;

const isTakenBack = (line: TimelineLine) => line.state === 'REVERSED' || line.state === 'REVERSAL';

/**
 * The timeline with one line for a thing that was corrected, where the ledger has three: what was recorded, its
 * reversal, and what has become of it. The line stands where the newest of them stood, says what was taken back, and its
 * spendable points are the sum of theirs, so that the lines still add up to the household's.
 */
export function foldTimeline(lines: readonly TimelineLine[]): TimelineLine[] {
  const groups = new Map<string, TimelineLine[]>();
  for (const line of lines) {
    const key = thingOf(line) ?? line.id;
    groups.set(key, [...(groups.get(key) ?? []), line]);
  }
  return [...groups.values()].flatMap((group) => {
    const reversal = group.find((line) => line.state === 'REVERSAL');
    // a reversal alone has its entry beyond the end of what was read: told as it is
    if (!reversal || group.length === 1) return group;
    const left = group.filter((line) => !isTakenBack(line) && line.state !== 'DEDUCTION');
    const last = left[0] ?? group.find((line) => line !== reversal) ?? reversal;
    const known = group.filter((line) => line.spendable !== null);
    return [
      {
        ...last,
        state: left[0] ? last.state : 'REVERSED',
        spendable: known.reduce((sum, line) => sum + (line.spendable ?? 0), 0),
        corrected: { points: -reversal.points, reason: reversal.reason },
      },
      ...left.slice(1),
    ];
  });
}

/** What a household had at a shop: 惠民百货：香皂两块; of an amount the shop alone. */
export function sayBought(shop: string, title: string): string {
  return title === '' ? shop : `${shop}：${title}`;
}

/** What was taken back of a line, in words; '' where nothing was. */
export function sayCorrected(line: Pick<TimelineLine, 'state' | 'points' | 'corrected'>): string {
  if (!line.corrected) return '';
  const { points, reason } = line.corrected;
  const why = reason && line.state !== 'RETURNED' ? `：${reason}` : '';
  if (points < 0) return `扣过 ${-points} 分，后来取消了，分已经还给您家${why}`;
  const was = `记过 ${points} 分，`;
  switch (line.state) {
    case 'SUBMITTED':
    case 'AWAITING_SECOND':
      return `${was}后来取消了，正在重新核实${why}`;
    case 'RETURNED':
      return `${was}后来取消并退回了`;
    case 'APPROVED':
      return line.points === points
        ? `${was}取消过一次，又核实通过了${why}`
        : `${was}更正成 ${line.points} 分${why}`;
    default:
      return `${was}后来取消了${why}`;
  }
}
