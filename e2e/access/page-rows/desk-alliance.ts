import { about, DESK, LOG_READERS, type PageRow, SETTLEMENT, seat } from './row';

export const DESK_ALLIANCE_PAGES: readonly PageRow[] = [
  seat(LOG_READERS, '/desk/alliance/incentives'),
  seat(['secretary'], '/desk/alliance/incentives/new'),
  about(LOG_READERS, '/desk/alliance/incentives/[id]', (of) => `/desk/alliance/incentives/${of.incentive}`),
  about(
    LOG_READERS,
    '/desk/alliance/incentives/[id]/certificate',
    (of) => `/desk/alliance/incentives/${of.incentive}/certificate`,
  ),
  { ...seat(LOG_READERS, '/desk/alliance/patterns'), looks: () => ['?ok=mark-pattern-seen'] },
  { ...seat(DESK, '/desk/alliance'), looks: () => ['?q=zzzz'] },
  // of another township: no desk of 石桥镇 has it
  {
    ...about(
      ['steward', 'verifier', 'secretary', 'supervisor'],
      '/desk/alliance/[merchant]',
      (of) => `/desk/alliance/${of.merchant}`,
    ),
    shownTo: ['verifier', 'secretary'],
    looks: () => ['?edit=terms'],
  },
  about(
    ['steward', 'verifier', 'secretary', 'supervisor'],
    '/desk/alliance/[merchant]/[terms]',
    (of) => `/desk/alliance/${of.merchant}/${of.deskTerms}`,
  ),
  { ...seat(SETTLEMENT, '/desk/alliance/statements'), looks: () => ['?state=over'] },
  {
    ...about(
      SETTLEMENT,
      '/desk/alliance/statements/[id]',
      (of) => `/desk/alliance/statements/${of.statement}`,
    ),
    looks: () => ['?edit=payment'],
  },
  about(
    SETTLEMENT,
    '/desk/alliance/statements/[id]/print',
    (of) => `/desk/alliance/statements/${of.statement}/print`,
  ),
  about(
    SETTLEMENT,
    '/desk/alliance/statements/[id]/file',
    (of) => `/desk/alliance/statements/${of.statement}/file?as=csv`,
  ),
  {
    route: '/desk/alliance/statements/month',
    may: SETTLEMENT,
    address: () => '/desk/alliance/statements/month?month=2020-01',
  },
  about(
    ['secretary'],
    '/desk/alliance/statements/pay/[merchant]',
    (of) => `/desk/alliance/statements/pay/${of.partner}`,
  ),
  {
    ...seat(SETTLEMENT, '/desk/alliance/pool'),
    looks: (of) => ['?edit=record', '?edit=least', '?edit=stop', `?edit=entry&entry=${of.poolEntry}`],
  },
];
