import { type State, StatusText } from '@/components/ui/status-text';
import { STATE_NAMES } from '@/lib/deductions/rules';
import type { DeductionState as StateName } from '@/lib/deductions/types';

const LOOKS: Record<StateName, State> = {
  RECORDED: 'wait',
  WARNED: 'wait',
  PROPOSED: 'wait',
  NOTICED: 'wait',
  CONTESTED: 'wait',
  POSTED: 'back',
  RESTORED: 'ok',
  OVERTURNED: 'ok',
  DROPPED: 'ok',
};

/** Where a deduction stands, in a word and a mark. */
export function DeductionState({ state }: { state: StateName }) {
  return <StatusText state={LOOKS[state]}>{STATE_NAMES[state]}</StatusText>;
}
