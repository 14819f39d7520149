/** A line of a village's log of commands. */
export interface CommandLine {
  id: string;
  name: string;
  /** who did it; '' when nobody was signed in */
  person: string;
  personId: string | null;
  /** the capacity: RESIDENT, or roles joined by commas */
  seat: string;
  at: Date;
}

export interface CommandPage {
  lines: CommandLine[];
  /** what the next older page begins after; null at the end */
  olderAfter: string | null;
}
