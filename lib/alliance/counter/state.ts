/** A state as a list shows it: a mark beside a word. */
export interface State {
  mark: 'wait' | 'ok' | 'back' | 'off';
  name: string;
}
