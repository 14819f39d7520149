import { LAST_QUARTER, open, type PageRow, SIGNED_IN, seat, village } from './row';

export const OPEN_PAGES: readonly PageRow[] = [
  open('/'),
  open('/sign-in'),
  open('/alliance/apply'),
  open('/alliance/apply/sent'),
  // residents of the village keep their bottom bar on these
  { ...village(''), shownTo: ['nobody', 'resident'] },
  { ...village('/lists'), shownTo: ['nobody', 'resident'] },
  {
    route: '/v/[village]/lists/[id]',
    may: 'everyone',
    address: (of) => `/v/${of.village}/lists/${of.list}`,
    isAbout: true,
    namesConsented: true,
    shownTo: ['nobody', 'resident'],
  },
  { ...village('/lists/gone'), status: 410 },
  { ...village('/ranking'), shownTo: ['nobody', 'resident'], looks: () => ['?by=person&period=all'] },
  { ...village('/ledger'), shownTo: ['nobody', 'resident'] },
  village('/ledger/csv'),
  {
    route: '/v/[village]/lists/[id]/[file]',
    may: 'everyone',
    address: (of) => `/v/${of.village}/lists/${of.item}/page.html`,
    status: 404,
  },
  // of a black list that the village shows to itself alone: its people and its office, and to others it is not there
  {
    route: '/v/[village]/lists/[id]/[file]',
    which: ' of a village’s own black list',
    may: ['resident', 'neighbour', 'steward', 'verifier', 'secretary', 'supervisor'],
    address: (of) => of.document,
  },
  village('/rulebook'),
  village('/solvency'),
  { ...village('/periods/[code]'), address: (of) => `/v/${of.village}/periods/${LAST_QUARTER}` },
  village('/objections'),
  village('/honours'),
  {
    ...village('/shops'),
    shownTo: ['nobody', 'resident'],
    looks: () => ['?q=dm', '?category=DINING&sort=category', '?q=zzzz'],
  },
  {
    route: '/v/[village]/shops/[merchant]',
    may: 'everyone',
    address: (of) => `/v/${of.village}/shops/${of.villageMerchant}`,
    isAbout: true,
    shownTo: ['nobody', 'resident'],
  },
  {
    route: '/v/[village]/certificates/[code]',
    may: 'everyone',
    address: (of) => `/v/${of.village}/certificates/${of.certificate}`,
    isAbout: true,
  },
  village('/rulebook/draft'),

  seat(SIGNED_IN, '/account'),

  // the alliance: what its members receive, and what is worth a look
  {
    ...open('/alliance/certificates/[code]'),
    address: (of) => `/alliance/certificates/${of.honour}`,
  },
];
