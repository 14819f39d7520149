import { dayOf, quarterOf } from '@/lib/platform/clock';
import { about, DESK, type PageRow, seat } from './row';

export const DESK_RULES_PAGES: readonly PageRow[] = [
  seat(DESK, '/desk/lists'),
  {
    ...seat(['secretary'], '/desk/lists/new'),
    looks: () =>
      ['RED&subject=HOUSEHOLD', 'BLACK&subject=HOUSEHOLD', 'BLACK&subject=RESIDENT'].map(
        (what) => `?kind=${what}&period=${quarterOf(dayOf(new Date()))}`,
      ),
  },
  about(DESK, '/desk/lists/[id]', (of) => `/desk/lists/${of.list}`),
  about(DESK, '/desk/lists/[id]/[row]', (of) => `/desk/lists/${of.listRow}`),
  seat(DESK, '/desk/places'),
  seat(DESK, '/desk/rulebook'),
  // by number, or the one under way: each desk sees its own village's
  { ...seat(DESK, '/desk/rulebook/[version]'), address: () => '/desk/rulebook/draft' },
  { ...seat(DESK, '/desk/rulebook/[version]/difference'), address: () => '/desk/rulebook/draft/difference' },
  { ...seat(DESK, '/desk/rulebook/[version]/hearing'), address: () => '/desk/rulebook/1/hearing' },
  { ...seat(DESK, '/desk/rulebook/[version]/ballot'), address: () => '/desk/rulebook/1/ballot' },
  ...['settings', 'covenant', 'items/[code]', 'categories/[code]'].map((part) => ({
    ...seat(['secretary'] as const, `/desk/rulebook/[version]/${part}`),
    address: () => `/desk/rulebook/draft/${part.replace('[code]', 'new')}`,
  })),
  // 青竹村 is still drafting: there is nothing to resolve, so not even the secretary has this page
  {
    ...seat(['secretary'], '/desk/rulebook/[version]/resolution'),
    address: () => '/desk/rulebook/draft/resolution',
    status: 404,
  },

  seat(DESK, '/desk/rewards'),
  { ...seat(DESK, '/desk/rewards/stars/[quarter]'), address: () => '/desk/rewards/stars/2020Q1' },
  about(DESK, '/desk/rewards/stars/[quarter]/[id]', (of) => `/desk/rewards/stars/2020Q1/${of.star}`),
  about(DESK, '/desk/rewards/lists/[list]', (of) => `/desk/rewards/lists/${of.redList}`),
  about(DESK, '/desk/rewards/plaques/[id]', (of) => `/desk/rewards/plaques/${of.plaque}`),
  about(
    DESK,
    '/desk/rewards/plaques/[id]/certificate',
    (of) => `/desk/rewards/plaques/${of.plaque}/certificate`,
  ),
  about(DESK, '/desk/rewards/vouchers/[batch]', (of) => `/desk/rewards/vouchers/${of.voucherBatch}`),
  about(
    DESK,
    '/desk/rewards/vouchers/[batch]/[voucher]',
    (of) => `/desk/rewards/vouchers/${of.voucherBatch}/${of.voucher}`,
  ),
  about(
    ['secretary'],
    '/desk/rewards/vouchers/[batch]/sheet',
    (of) => `/desk/rewards/vouchers/${of.voucherBatch}/sheet`,
  ),
];
