import { RESIDENTS } from '../world';
import { about, OWN_HOUSEHOLD, type PageRow, seat } from './row';

export const RESIDENT_PAGES: readonly PageRow[] = [
  seat(RESIDENTS, '/me'),
  { ...seat(RESIDENTS, '/me/log'), looks: () => ['?q=cdds', `?q=${encodeURIComponent('没有这样的事')}`] },
  {
    ...seat(RESIDENTS, '/me/log/[item]'),
    address: (of) => `/me/log/${of.itemCode}`,
    looks: () => ['?day=other'],
  },
  seat(RESIDENTS, '/me/deeds'),
  {
    ...about(OWN_HOUSEHOLD, '/me/deeds/[id]', (of) => `/me/deeds/${of.deed}`),
    looks: () => ['?ok=submit-deed'],
  },
  about(OWN_HOUSEHOLD, '/me/deeds/[id]/withdraw', (of) => `/me/deeds/${of.waitingDeed}/withdraw`),
  seat(RESIDENTS, '/me/deductions'),
  about(OWN_HOUSEHOLD, '/me/deductions/[id]', (of) => `/me/deductions/${of.deduction}`),
  seat(RESIDENTS, '/me/objections'),
  about(
    OWN_HOUSEHOLD,
    '/me/objections/new',
    (of) => `/me/objections/new?kind=DEDUCTION&subject=${of.deduction}`,
  ),
  about(OWN_HOUSEHOLD, '/me/objections/[id]', (of) => `/me/objections/${of.objection}`),
  seat(RESIDENTS, '/me/ballot'),
  seat(RESIDENTS, '/me/messages'),
  seat(RESIDENTS, '/me/consent'),
  seat(RESIDENTS, '/me/rewards'),
  about(OWN_HOUSEHOLD, '/me/rewards/[id]/certificate', (of) => `/me/rewards/${of.plaque}/certificate`),
  { ...seat(RESIDENTS, '/me/pay'), looks: () => ['?new=1', '?look=1'] },
  seat(RESIDENTS, '/me/pay/limit'),
  // gently to everyone: a shop of another village takes nothing here, and no shop neither
  {
    ...seat(RESIDENTS, '/me/buy/[merchant]'),
    address: (of) => `/me/buy/${of.shop}`,
    looks: (of) => [`?offer=${of.shopOffer}`],
  },
  { ...seat(RESIDENTS, '/me/redemptions'), looks: () => ['?page=99'] },
  about(OWN_HOUSEHOLD, '/me/redemptions/[id]', (of) => `/me/redemptions/${of.redemption}`),
  seat(RESIDENTS, '/me/profile'),
  // opened by the command export-household for some minutes; before that the way leads back to the page that asks
  { ...seat(RESIDENTS, '/me/profile/export'), status: 303 },
];
