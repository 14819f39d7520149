import type { ReactNode } from 'react';
import { Icon, type IconName } from './icon';

/** wait: somebody has yet to act; ok: done; back: returned or refused; off: withdrawn, over. */
export type State = 'wait' | 'ok' | 'back' | 'off';

const MARKS: Record<State, IconName> = { wait: 'clock', ok: 'check', back: 'back', off: 'off' };

/** A state as a mark and a word; colour only repeats what they say. */
export function StatusText({ state, children }: { state: State; children: ReactNode }) {
  return (
    <span className={`state state-${state}`}>
      <Icon name={MARKS[state]} />
      {children}
    </span>
  );
}
