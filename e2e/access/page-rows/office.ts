import { OFFICE, type PageRow, seat } from './row';

export const OFFICE_PAGES: readonly PageRow[] = [
  seat(OFFICE, '/office/alliance/incentives'),
  seat(['township'], '/office/alliance/incentives/new'),
  // both villages lie in the same township
  {
    ...seat(OFFICE, '/office/alliance/incentives/[id]'),
    address: (of) => `/office/alliance/incentives/${of.incentive}`,
  },
  {
    ...seat(OFFICE, '/office/alliance/incentives/[id]/certificate'),
    address: (of) => `/office/alliance/incentives/${of.incentive}/certificate`,
  },
  { ...seat(['township'], '/office/alliance/patterns'), looks: () => ['?ok=mark-township-pattern-seen'] },

  seat(OFFICE, '/office'),
  {
    ...seat(OFFICE, '/office/alliance'),
    shownTo: ['township', 'district'],
    looks: () => ['?state=APPLIED', '?q=zzzz'],
  },
  // a district sees all of its townships' merchants
  {
    ...seat(OFFICE, '/office/alliance/[merchant]'),
    address: (of) => `/office/alliance/${of.officeMerchant}`,
    shownTo: ['township', 'district'],
  },
  seat(OFFICE, '/office/alliance/settlement'),
];
