import 'server-only';
import type { Command } from '@/lib/platform/command';
import { plaqueCommands } from './plaque/commands';
import { starCommands } from './star/commands';
import { voucherCommands } from './voucher/commands';

/** Every command about rewards. */
export const rewardCommands: Command[] = [...starCommands, ...plaqueCommands, ...voucherCommands];
