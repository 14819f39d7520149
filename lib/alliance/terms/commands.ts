import 'server-only';
import type { Command } from '@/lib/platform/command';

export const termsCommands: Command[] = [];
