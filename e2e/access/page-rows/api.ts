import { RESIDENTS } from '../world';
import { about, DESK, open, type PageRow, SIGNED_IN, seat } from './row';

export const API_PAGES: readonly PageRow[] = [
  open('/api/health'),
  open('/api/live', 204),
  open('/api/commands'),
  // written to only
  { ...open('/api/commands/[name]', 405), address: () => '/api/commands/submit-deed' },
  open('/api/sign-in', 405),
  open('/api/sign-in/demo', 405),
  open('/api/sign-out', 405),
  open('/api/text-size', 405),
  open('/api/photos', 405),
  open('/api/take-points', 405),
  open('/api/pay-code', 405),
  seat(RESIDENTS, '/api/paying/household'),
  seat(['merchant'], '/api/paying/shop'),
  // to whose it isn't a redemption is one that isn't there, and both are an answer
  {
    route: '/api/redemptions/[id]',
    may: SIGNED_IN,
    address: (of) => `/api/redemptions/${of.redemption}`,
    looks: (of) => [`?village=${of.villageId}`],
  },
  open('/api/shop-photos', 405),
  open('/api/shop-applications', 405),
  { ...open('/api/shop-photos/[id]'), address: (of) => `/api/shop-photos/${of.shopPhoto}` },
  about(['resident', 'stranger', ...DESK], '/api/photos/[id]', (of) => `/api/photos/${of.photo}`),
];
