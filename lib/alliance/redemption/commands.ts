import 'server-only';
import type { Command } from '@/lib/platform/command';
import { counterCommands } from './counter-commands';
import { householdCommands } from './household-commands';

/** Everything about points that merchants take. */
export const redemptionCommands: Command[] = [...counterCommands, ...householdCommands];
