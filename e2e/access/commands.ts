import { ACCOUNT } from './command-rows/account';
import { ALLIANCE } from './command-rows/alliance';
import { COUNTER } from './command-rows/counter';
import { DEEDS } from './command-rows/deeds';
import { LISTS } from './command-rows/lists';
import { PEOPLE } from './command-rows/people';
import type { CommandRows } from './command-rows/row';
import { RULEBOOK } from './command-rows/rulebook';
import { SETTLEMENT } from './command-rows/settlement';

const PARTS: CommandRows[] = [ACCOUNT, DEEDS, PEOPLE, LISTS, RULEBOOK, COUNTER, SETTLEMENT, ALLIANCE];

/** Every command has a row, and one only. */
export const COMMANDS: CommandRows = Object.assign({}, ...PARTS);

/** Names that two parts have a row for: one would hide the other. */
export const TWICE = PARTS.flatMap(Object.keys).filter((name, at, all) => all.indexOf(name) !== at);
