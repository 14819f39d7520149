import { addQuarters } from '@/lib/periods/rules';
import { dayOf, quarterOf } from '@/lib/platform/clock';
import { RESIDENTS, type Subjects, type Who } from '../world';

// Every address that is read: who sees it. For those who may, the address of another village's thing must be answered
// exactly as one of nothing. The same rows say which pages are walked for ease of use, and by whom.

export interface PageRow {
  /** the route as its folder spells it */
  route: string;
  /** which of several rows of a route it is */
  which?: string;
  may: readonly Who[] | 'everyone';
  address: (of: Subjects) => string;
  /** whether the address names something of a household or village */
  isAbout?: boolean;
  /** the answer for those who may, when it is not 200 */
  status?: number;
  /** names the heads of households that consented to it, in full */
  namesConsented?: boolean;
  /** who are shown different things of a page, where one of those who may is not enough to have seen it */
  shownTo?: readonly Who[];
  /** other looks of the page: queries after its address */
  looks?: (of: Subjects) => string[];
}

/** who a household's own things are shown to: here, the household the things are taken from in each village */
export const OWN_HOUSEHOLD: readonly Who[] = ['resident', 'stranger'];
export const DESK: readonly Who[] = ['steward', 'verifier', 'secretary', 'supervisor', 'otherVerifier'];
export const RECORDERS: readonly Who[] = ['steward', 'verifier', 'secretary', 'otherVerifier'];
export const LOG_READERS: readonly Who[] = ['secretary', 'supervisor'];
export const SETTLEMENT: readonly Who[] = ['secretary', 'supervisor'];
export const OFFICE: readonly Who[] = ['township', 'district'];
export const SIGNED_IN: readonly Who[] = [...RESIDENTS, ...DESK, 'merchant', ...OFFICE];

export const LAST_QUARTER = addQuarters(quarterOf(dayOf(new Date())), -1);

export const open = (route: string, status?: number): PageRow => ({
  route,
  may: 'everyone',
  address: () => route,
  ...(status ? { status } : {}),
});
export const seat = (may: readonly Who[], route: string): PageRow => ({ route, may, address: () => route });
export const village = (rest: string): PageRow => ({
  route: `/v/[village]${rest}`,
  may: 'everyone',
  address: (of) => `/v/${of.village}${rest}`,
});
export const about = (may: readonly Who[], route: string, address: (of: Subjects) => string): PageRow => ({
  route,
  may,
  address,
  isAbout: true,
});
