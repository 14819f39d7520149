import type { CapPeriod, ItemSubject } from '@/lib/rulebook/types';
import type { CapNote, DecisionKind } from '../types';
import type { AwardFacts, AwardPreview } from './types';

const SUBJECT_WORDS: Record<ItemSubject, string> = { PERSON: '每人', HOUSEHOLD: '每户' };
const PERIOD_WORDS: Record<CapPeriod, string> = { MONTH: '每月', QUARTER: '每季', YEAR: '每年' };

/** A decision as a verifier reads it in a deed's history. */
export const DECISION_WORDS: Record<DecisionKind, string> = {
  FIRST_APPROVE: '第一人通过',
  APPROVE: '通过',
  RETURN: '退回',
  WITHDRAW: '撤回',
  UNDO_APPROVE: '撤销通过，积分冲销',
  UNDO_RETURN: '撤销退回',
  OVERTURN: '异议成立，冲销退回',
  UNDO_FIRST: '撤销第一人通过',
};

/** What is left of an item's cap. Points, never below zero. */
export function itemCapLeft(facts: Pick<AwardFacts, 'item' | 'itemCapUsed'>): number {
  return Math.max(facts.item.capPoints - facts.itemCapUsed, 0);
}

/**
 * What approving would award, by the same steps as `deed_approve` in prisma/functions/deed.sql, which decides; a
 * test holds the two together. For the verifier's button only: nothing is awarded by it.
 */
export function previewAward(facts: AwardFacts): AwardPreview {
  const { item, asked } = facts;
  if (!facts.inForce || asked === null) return refused('ITEM_NOT_IN_FORCE');
  if (item.points < 0) return refused('ITEM_IS_DEDUCTION');
  const needsSecond = facts.secondThreshold !== null && asked >= facts.secondThreshold;
  if (facts.state === 'SUBMITTED' && needsSecond) return { kind: 'FIRST', asked };

  const cutBy: CapNote[] = [];
  let honour = asked;
  const left = itemCapLeft(facts);
  if (honour > left) {
    if (left === 0) {
      const per = SUBJECT_WORDS[item.subject] + PERIOD_WORDS[item.capPer];
      return refused('CAP_REACHED', { item: item.name, cap: item.capPoints, per });
    }
    if (facts.capPolicy === 'REFUSE') return refused('CAP_WOULD_CUT', { left });
    honour = left;
    cutBy.push('ITEM_CAP');
  }

  let points = Math.max(honour - facts.pointsKept, 0);
  if (points < honour) cutBy.push('SPENT_BEFORE');
  if (facts.householdMonthCap !== null) {
    const room = Math.max(facts.householdMonthCap - facts.monthAwarded, 0);
    if (points > room) {
      if (facts.capPolicy === 'REFUSE') return refused('MONTH_CAP_REACHED', { cap: facts.householdMonthCap });
      points = room;
      cutBy.push('MONTH_CAP');
    }
  }
  if (facts.budgetLeft !== null && points > facts.budgetLeft) {
    return refused('BUDGET_SPENT', { left: facts.budgetLeft });
  }
  return { kind: 'AWARD', honour, points, asked, cutBy };
}

function refused(
  code: Extract<AwardPreview, { kind: 'REFUSED' }>['code'],
  params: Record<string, string | number> = {},
): AwardPreview {
  return { kind: 'REFUSED', code, params };
}

/** What the approving button says: 通过，+2 分. */
export function sayApproval(award: AwardPreview): string {
  if (award.kind === 'REFUSED') return '现在不能通过';
  if (award.kind === 'FIRST') return '我这一关通过';
  if (award.points !== award.honour) return `通过，荣誉 +${award.honour}，可兑 +${award.points}`;
  return `通过，+${award.honour} 分`;
}
