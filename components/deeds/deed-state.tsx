import { type State, StatusText } from '@/components/ui/status-text';
import type { LineState } from '@/lib/deeds/home/types';
import { STATE_WORDS } from '@/lib/deeds/own/rules';

const LOOKS: Record<LineState, State> = {
  SUBMITTED: 'wait',
  AWAITING_SECOND: 'wait',
  APPROVED: 'ok',
  RETURNED: 'back',
  WITHDRAWN: 'off',
  REVERSED: 'off',
  REVERSAL: 'back',
  DEDUCTION: 'back',
  YEAR_CLOSE: 'off',
  YEAR_CARRY: 'ok',
  REDEMPTION: 'off',
  HOLD: 'wait',
  GIVEN_BACK: 'ok',
};

/** What has become of a deed, in a word and a mark. */
export function DeedState({ state }: { state: LineState }) {
  return <StatusText state={LOOKS[state]}>{STATE_WORDS[state]}</StatusText>;
}
