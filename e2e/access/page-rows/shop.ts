import { addDays, dayOf } from '@/lib/platform/clock';
import { about, type PageRow, seat } from './row';

export const SHOP_PAGES: readonly PageRow[] = [
  { ...seat(['merchant'], '/shop'), looks: () => [`?day=${addDays(dayOf(new Date()), -1)}`] },
  seat(['merchant'], '/shop/statistics'),
  seat(['merchant'], '/shop/statistics/csv'),
  seat(['merchant'], '/shop/incentives'),
  about(['merchant'], '/shop/incentives/[id]', (of) => `/shop/incentives/${of.incentive}`),
  about(
    ['merchant'],
    '/shop/incentives/[id]/certificate',
    (of) => `/shop/incentives/${of.incentive}/certificate`,
  ),
  { ...seat(['merchant'], '/shop/offers'), looks: () => ['?state=SOLD_OUT', '?q=zzzz'] },
  seat(['merchant'], '/shop/offers/new'),
  about(['merchant'], '/shop/offers/[id]', (of) => `/shop/offers/${of.offer}`),
  {
    ...about(['merchant'], '/shop/offers/[id]/change', (of) => `/shop/offers/${of.offer}/change`),
    looks: () => ['?step=look&title=x'],
  },
  seat(['merchant'], '/shop/terms'),
  about(['merchant'], '/shop/terms/[terms]', (of) => `/shop/terms/${of.terms}`),
  seat(['merchant'], '/shop/staff'),
  seat(['merchant'], '/shop/sign'),
  seat(['merchant'], '/shop/facts'),
  { ...seat(['merchant'], '/shop/take'), looks: () => ['?code=12345678'] },
  { ...seat(['merchant'], '/shop/today'), looks: () => ['?day=2020-01-03', '?q=2021', '?q=9999'] },
  seat(['merchant'], '/shop/orders'),
  { ...seat(['merchant'], '/shop/voucher'), looks: () => ['?code=123', '?code=000000000010'] },
  about(['merchant'], '/shop/redemptions/[id]', (of) => `/shop/redemptions/${of.shopRedemption}`),

  // settlement with merchants
  { ...seat(['merchant'], '/shop/statements'), looks: () => ['?state=over'] },
  {
    ...about(
      ['merchant'],
      '/shop/statements/[village]/[id]',
      (of) => `/shop/statements/${of.settlingVillage}/${of.statement}`,
    ),
    looks: () => ['?edit=miss'],
  },
  about(
    ['merchant'],
    '/shop/statements/[village]/[id]/print',
    (of) => `/shop/statements/${of.settlingVillage}/${of.statement}/print`,
  ),
  about(
    ['merchant'],
    '/shop/statements/[village]/[id]/file',
    (of) => `/shop/statements/${of.settlingVillage}/${of.statement}/file`,
  ),
  {
    route: '/shop/statements/month',
    may: ['merchant'],
    address: () => '/shop/statements/month?month=2020-01&as=csv',
  },
];
