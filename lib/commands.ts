import 'server-only';
import { authCommands } from './auth/commands';
import { markFavourite, recordDeed, recordEvent, submitDeed, withdrawDeed } from './deeds/commands';
import { approveBatch, approveDeed, returnDeed, undoDecision } from './deeds/decisions';
import { messageCommands } from './messages/commands';
import { photoCommands } from './photos/commands';
import type { Command } from './platform/command';
import { residentCommands } from './residents/commands';
import { rulebookCommands } from './rulebook/commands';

/** Every command there is, by domain. */
const all: Command[] = [
  ...authCommands,
  ...residentCommands,
  ...[submitDeed, recordDeed, recordEvent, withdrawDeed, markFavourite],
  ...photoCommands,
  ...messageCommands,
  ...[approveDeed, returnDeed, approveBatch, undoDecision],
  ...rulebookCommands,
];

/** The register: command by name. */
export const commands: ReadonlyMap<string, Command> = new Map(all.map((one) => [one.name, one]));

if (commands.size !== all.length) throw new Error('two commands have the same name');
