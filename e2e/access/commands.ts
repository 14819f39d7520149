import { ACCOUNT } from './command-rows/account';
import { ALLIANCE } from './command-rows/alliance';
import { COUNTER } from './command-rows/counter';
import { DEEDS } from './command-rows/deeds';
import { LISTS } from './command-rows/lists';
import { PEOPLE } from './command-rows/people';
import type { CommandRows } from './command-rows/row';
import { RULEBOOK } from './command-rows/rulebook';
import { SETTLEMENT } from './command-rows/settlement';

// Every command has a row; one of two names would hide the other.

export const COMMANDS: CommandRows = {
  ...ACCOUNT,
  ...DEEDS,
  ...PEOPLE,
  ...LISTS,
  ...RULEBOOK,
  ...COUNTER,
  ...SETTLEMENT,
  ...ALLIANCE,
};
