import { authRefusals } from './refusals/auth';
import { deductionRefusals } from './refusals/deduction';
import { deedRefusals } from './refusals/deed';
import type { RefusalEntry } from './refusals/entry';
import { incentiveRefusals } from './refusals/incentive';
import { ledgerRefusals } from './refusals/ledger';
import { listRefusals } from './refusals/list';
import { merchantRefusals } from './refusals/merchant';
import { objectionRefusals } from './refusals/objection';
import { peopleRefusals } from './refusals/people';
import { periodRefusals } from './refusals/period';
import { photoRefusals } from './refusals/photo';
import { redemptionRefusals } from './refusals/redemption';
import { requestRefusals } from './refusals/request';
import { rewardRefusals } from './refusals/reward';
import { rulebookRefusals } from './refusals/rulebook';
import { settlementRefusals } from './refusals/settlement';

export type { RefusalEntry } from './refusals/entry';

/** Every refusal of the product, by its stable code; one file a domain lies beside. */
export const REFUSALS = {
  ...requestRefusals,
  ...ledgerRefusals,
  ...deedRefusals,
  ...authRefusals,
  ...peopleRefusals,
  ...photoRefusals,
  ...rulebookRefusals,
  ...deductionRefusals,
  ...objectionRefusals,
  ...periodRefusals,
  ...listRefusals,
  ...rewardRefusals,
  ...merchantRefusals,
  ...redemptionRefusals,
  ...settlementRefusals,
  ...incentiveRefusals,
} satisfies Record<string, RefusalEntry>;

export type RefusalCode = keyof typeof REFUSALS;
