import { csvLine } from '@/lib/platform/csv';
import type { EntryView } from './types';

// The ledger as a file: the same as on the page, masked the same.

const HEAD = [
  '记入日期',
  '做事日期',
  '类别',
  '户编号',
  '姓名',
  '项目编号',
  '项目',
  '可兑积分',
  '荣誉分',
  '未能收回',
  '细则版本',
  '核实人',
  '说明',
  '凭证号',
  '冲销的凭证号',
];

const KINDS: Record<EntryView['kind'], string> = {
  AWARD: '记分',
  DEDUCTION: '扣分',
  REVERSAL: '冲销',
  BUDGET_GRANT: '预算',
  YEAR_CLOSE: '年末结清',
  YEAR_CARRY: '年末结转',
  REDEMPTION: '兑换',
  HOLD: '预留',
};

/** The first line. */
export function csvHead(): string {
  return csvLine(HEAD);
}

/** An entry as one line. */
export function csvEntry(entry: EntryView): string {
  return csvLine([
    entry.day,
    entry.deedOn,
    KINDS[entry.kind],
    entry.householdCode,
    entry.name,
    entry.itemCode,
    entry.itemName,
    entry.points,
    entry.honour,
    entry.shortfall || '',
    entry.version,
    entry.verifiers.join('、'),
    entry.reason,
    entry.id,
    entry.reverses,
  ]);
}
