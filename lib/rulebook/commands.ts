import 'server-only';
import type { Command } from '@/lib/platform/command';
import { ballotCommands } from './ballot/commands';
import { draftCommands } from './draft/commands';
import { hearingCommands } from './hearing/commands';
import { meetingCommands } from './meeting/commands';
import { resolutionCommands } from './resolution/commands';

/** Everything that moves a rulebook from its first draft to its adoption. */
export const rulebookCommands: Command[] = [
  ...draftCommands,
  ...hearingCommands,
  ...ballotCommands,
  ...meetingCommands,
  ...resolutionCommands,
];
