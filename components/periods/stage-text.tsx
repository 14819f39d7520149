import { type State, StatusText } from '@/components/ui/status-text';
import type { QuarterStage } from '@/lib/periods/types';

const LOOKS: Record<QuarterStage, [State, string]> = {
  RUNNING: ['off', '还没过完'],
  ENDED: ['wait', '等公示'],
  PUBLICITY: ['wait', '公示中'],
  READY: ['wait', '公示满期，等锁定'],
  LOCKED: ['ok', '已锁定'],
};

/** Where a quarter stands, in a mark and a word. */
export function StageText({ stage }: { stage: QuarterStage }) {
  const [state, word] = LOOKS[stage];
  return <StatusText state={state}>{word}</StatusText>;
}
