import { about, DESK, LOG_READERS, type PageRow, RECORDERS, seat } from './row';

export const DESK_PAGES: readonly PageRow[] = [
  seat(DESK, '/desk'),
  seat(DESK, '/desk/deeds'),
  {
    ...about(DESK, '/desk/deeds/[id]', (of) => `/desk/deeds/${of.waitingDeed}`),
    shownTo: ['verifier', 'secretary'],
  },
  seat(DESK, '/desk/deeds/done'),
  about(DESK, '/desk/deeds/event/[id]', (of) => `/desk/deeds/event/${of.event}`),
  seat(DESK, '/desk/events'),
  seat(RECORDERS, '/desk/events/new'),
  {
    ...seat(RECORDERS, '/desk/log-deed'),
    looks: (of) => [`?for=${of.residentId}`, `?for=${of.residentId}&item=${of.itemCode}`],
  },
  { ...seat(DESK, '/desk/deductions'), looks: () => ['?task=none'] },
  {
    ...seat(RECORDERS, '/desk/deductions/new'),
    looks: (of) => [`?for=${of.household}`, `?for=${of.household}&item=HOME-04`],
  },
  about(DESK, '/desk/deductions/[id]', (of) => `/desk/deductions/${of.deduction}`),
  about(DESK, '/desk/deductions/[id]/slip', (of) => `/desk/deductions/${of.warned}/slip`),
  about(DESK, '/desk/deductions/[id]/notice', (of) => `/desk/deductions/${of.deduction}/notice`),
  about(RECORDERS, '/desk/deductions/[id]/say', (of) => `/desk/deductions/${of.deduction}/say`),
  { ...seat(DESK, '/desk/objections'), looks: () => ['?which=over'] },
  { ...seat(RECORDERS, '/desk/objections/new'), looks: (of) => [`?for=${of.household}`] },
  about(RECORDERS, '/desk/objections/new/lines', (of) => `/desk/objections/new/lines?for=${of.household}`),
  about(RECORDERS, '/desk/objections/new/places', (of) => `/desk/objections/new/places?for=${of.household}`),
  about(DESK, '/desk/objections/[id]', (of) => `/desk/objections/${of.objection}`),
  { ...seat(DESK, '/desk/people'), shownTo: ['secretary'] },
  seat(['secretary'], '/desk/people/new'),
  {
    ...about(DESK, '/desk/people/[household]', (of) => `/desk/people/${of.household}`),
    shownTo: ['verifier', 'secretary'],
  },
  about(
    ['steward', 'verifier', 'otherVerifier'],
    '/desk/people/[household]/consent',
    (of) => `/desk/people/${of.household}/consent`,
  ),
  about(
    ['secretary'],
    '/desk/people/[household]/[resident]',
    (of) => `/desk/people/${of.household}/${of.residentId}`,
  ),
  seat(DESK, '/desk/periods'),
  seat(DESK, '/desk/calendar'),
  seat(LOG_READERS, '/desk/log'),
];
