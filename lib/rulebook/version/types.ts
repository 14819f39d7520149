import type { RulebookText, VersionView } from '../types';

/** A version of any state, as the office lists it. */
export interface VersionLine extends VersionView {
  /** why it was given up; '' unless DROPPED */
  droppedWhy: string;
  items: number;
}

/** A version of any state with everything it says. */
export interface VersionWhole {
  version: VersionLine;
  text: RulebookText;
  /** the recorded resolution's filing number, '' when there is none yet; null without a resolution */
  filingNumber: string | null;
  resolutionId: string | null;
}
