import { DEDUCTION_CAP_MOST, DEDUCTION_POINTS_MOST } from '../../validate';

// What the fields of an item must be to each other. Pure; told all at once, so that a form marks every wrong field, also
// where single fields could not be read: those count for nothing here.

/** An item as it was entered, whatever it holds. */
export interface EnteredItem {
  kind?: unknown;
  points?: unknown;
  subject?: unknown;
  capPoints?: unknown;
  metricName?: unknown;
  metricUnit?: unknown;
  stepName?: unknown;
  stepPoints?: unknown;
}

/** The scale as it was entered: rows of which neither part was filled are left out. */
export function stepsOf(item: {
  stepName: string[];
  stepPoints: (number | null)[];
}): { name: string; points: number }[] {
  const rows = Math.max(item.stepName.length, item.stepPoints.length);
  return Array.from({ length: rows }, (_, index) => ({
    name: item.stepName[index] ?? '',
    points: item.stepPoints[index] ?? 0,
  })).filter((step) => step.name !== '' || step.points !== 0);
}

/** The steps where they could be read; null where they could not. */
function readableSteps({ stepName, stepPoints }: EnteredItem): { name: string; points: number }[] | null {
  const names = Array.isArray(stepName) && stepName.every((one) => typeof one === 'string');
  const points =
    Array.isArray(stepPoints) && stepPoints.every((one) => one === null || typeof one === 'number');
  return names && points ? stepsOf({ stepName, stepPoints }) : null;
}

function scaleFault(steps: { name: string; points: number }[], isDeduction: boolean): string | null {
  if (steps.some((step) => step.name === '' || step.points === 0)) return '每一级都要有名称和分';
  if (steps.length === 1) return '只有一级不用分级，请去掉或者再加一级';
  if (steps.some((step, index) => index > 0 && step.points <= (steps[index - 1]?.points ?? 0))) {
    return '从低到高写，一级比一级多';
  }
  return isDeduction && steps.length > 0 ? '扣分不能分级，请每一级单独写一项' : null;
}

/** Everything in which the fields of an item contradict each other: the field to mark, and the sentence beside it. */
export function itemFaults(item: EnteredItem): [field: string, sentence: string][] {
  const faults: [string, string][] = [];
  const isDeduction = item.kind === 'DEDUCTION';
  const steps = readableSteps(item);
  const points = typeof item.points === 'number' ? item.points : null;
  const largest = Math.max(points ?? 0, ...(steps ?? []).map((step) => step.points));
  if (steps?.length === 0 && (item.points === null || item.points === undefined)) {
    faults.push(['points', '请填几分']);
  }
  if (isDeduction && largest > DEDUCTION_POINTS_MOST) {
    faults.push(['points', `一次最多扣 ${DEDUCTION_POINTS_MOST} 分`]);
  }
  if (isDeduction && item.subject === 'PERSON') faults.push(['subject', '扣分记在户上，不记个人']);
  if (typeof item.capPoints === 'number') {
    if (isDeduction && item.capPoints > DEDUCTION_CAP_MOST) {
      faults.push(['capPoints', `扣分的封顶最多 ${DEDUCTION_CAP_MOST} 分`]);
    } else if (largest > item.capPoints) {
      faults.push(['capPoints', `一次有 ${largest} 分，封顶不能比它小`]);
    }
  }
  const wrongScale = steps ? scaleFault(steps, isDeduction) : null;
  if (wrongScale) faults.push(['stepPoints', wrongScale]);
  const { metricName, metricUnit } = item;
  if (typeof metricName === 'string' && typeof metricUnit === 'string') {
    if ((metricName === '') !== (metricUnit === '')) {
      faults.push([metricName === '' ? 'metricName' : 'metricUnit', '名称和单位都填，或者都不填']);
    }
  }
  return faults;
}
