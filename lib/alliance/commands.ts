import 'server-only';
import type { Command } from '@/lib/platform/command';
import { incentiveCommands } from './incentive/commands';
import { merchantCommands } from './merchant/commands';
import { offerCommands } from './offer/commands';
import { shopPhotoCommands } from './photo/commands';
import { poolCommands } from './pool/commands';
import { redemptionCommands } from './redemption/commands';
import { settlementCommands } from './settlement/commands';
import { termsCommands } from './terms/commands';

/** Everything the alliance of merchants can be told to do. */
export const allianceCommands: Command[] = [
  ...merchantCommands,
  ...termsCommands,
  ...offerCommands,
  ...shopPhotoCommands,
  ...redemptionCommands,
  ...settlementCommands,
  ...poolCommands,
  ...incentiveCommands,
];
