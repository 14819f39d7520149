import 'server-only';
import { allianceCommands } from './alliance/commands';
import { authCommands } from './auth/commands';
import {
  approveDeduction,
  dropDeduction,
  dropMended,
  postDeduction,
  proposeDeduction,
  recordDeduction,
  warnDeduction,
} from './deductions/commands';
import {
  answerDeduction,
  claimRepair,
  confirmRepair,
  hearDeduction,
  recordAnswer,
  recordRepair,
  refuseRepair,
} from './deductions/hearing';
import { markFavourite, recordDeed, recordEvent, submitDeed, withdrawDeed } from './deeds/commands';
import { approveBatch, approveDeed, returnDeed, undoDecision } from './deeds/decisions';
import { listCommands } from './lists/commands';
import { consentCommands } from './lists/consent/commands';
import { paperConsentCommands } from './lists/consent/paper';
import { placeCommands } from './lists/place/commands';
import { messageCommands } from './messages/commands';
import {
  decideObjection,
  openObjection,
  recordObjection,
  withdrawObjection,
  withdrawRecordedObjection,
} from './objections/commands';
import { periodCommands } from './periods/commands';
import { photoCommands } from './photos/commands';
import type { Command } from './platform/command';
import { residentCommands } from './residents/commands';
import { rewardCommands } from './rewards/commands';
import { rulebookCommands } from './rulebook/commands';

/** Every command there is, by domain. */
const all: Command[] = [
  ...authCommands,
  ...allianceCommands,
  ...residentCommands,
  ...[submitDeed, recordDeed, recordEvent, withdrawDeed, markFavourite],
  ...photoCommands,
  ...messageCommands,
  ...listCommands,
  ...consentCommands,
  ...paperConsentCommands,
  ...placeCommands,
  ...[approveDeed, returnDeed, approveBatch, undoDecision],
  ...periodCommands,
  ...[
    recordDeduction,
    warnDeduction,
    dropMended,
    dropDeduction,
    proposeDeduction,
    approveDeduction,
    postDeduction,
  ],
  ...[answerDeduction, recordAnswer, hearDeduction, claimRepair, recordRepair, confirmRepair, refuseRepair],
  ...[openObjection, recordObjection, decideObjection, withdrawObjection, withdrawRecordedObjection],
  ...rewardCommands,
  ...rulebookCommands,
];

/** The register: command by name. */
export const commands: ReadonlyMap<string, Command> = new Map(all.map((one) => [one.name, one]));

if (commands.size !== all.length) throw new Error('two commands have the same name');
