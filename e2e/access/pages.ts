import { addQuarters } from '@/lib/periods/rules';
import { addDays, dayOf, quarterOf } from '@/lib/platform/clock';
import { RESIDENTS, type Subjects, type Who } from './world';

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
const OWN_HOUSEHOLD: readonly Who[] = ['resident', 'stranger'];
const DESK: readonly Who[] = ['steward', 'verifier', 'secretary', 'supervisor', 'otherVerifier'];
const RECORDERS: readonly Who[] = ['steward', 'verifier', 'secretary', 'otherVerifier'];
const LOG_READERS: readonly Who[] = ['secretary', 'supervisor'];
const SETTLEMENT: readonly Who[] = ['secretary', 'supervisor'];
const OFFICE: readonly Who[] = ['township', 'district'];
const SIGNED_IN: readonly Who[] = [...RESIDENTS, ...DESK, 'merchant', ...OFFICE];

const LAST_QUARTER = addQuarters(quarterOf(dayOf(new Date())), -1);

const open = (route: string, status?: number): PageRow => ({
  route,
  may: 'everyone',
  address: () => route,
  ...(status ? { status } : {}),
});
const seat = (may: readonly Who[], route: string): PageRow => ({ route, may, address: () => route });
const village = (rest: string): PageRow => ({
  route: `/v/[village]${rest}`,
  may: 'everyone',
  address: (of) => `/v/${of.village}${rest}`,
});
const about = (may: readonly Who[], route: string, address: (of: Subjects) => string): PageRow => ({
  route,
  may,
  address,
  isAbout: true,
});

export const PAGES: readonly PageRow[] = [
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
  seat(DESK, '/desk/lists'),
  {
    ...seat(['secretary'], '/desk/lists/new'),
    looks: () =>
      ['RED&subject=HOUSEHOLD', 'BLACK&subject=HOUSEHOLD', 'BLACK&subject=RESIDENT'].map(
        (what) => `?kind=${what}&period=${quarterOf(dayOf(new Date()))}`,
      ),
  },
  about(DESK, '/desk/lists/[id]', (of) => `/desk/lists/${of.list}`),
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
  seat(LOG_READERS, '/desk/log'),

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

  // the alliance: what its members receive, and what is worth a look
  {
    ...open('/alliance/certificates/[code]'),
    address: (of) => `/alliance/certificates/${of.honour}`,
  },
  seat(LOG_READERS, '/desk/alliance/incentives'),
  seat(['secretary'], '/desk/alliance/incentives/new'),
  about(LOG_READERS, '/desk/alliance/incentives/[id]', (of) => `/desk/alliance/incentives/${of.incentive}`),
  about(
    LOG_READERS,
    '/desk/alliance/incentives/[id]/certificate',
    (of) => `/desk/alliance/incentives/${of.incentive}/certificate`,
  ),
  { ...seat(LOG_READERS, '/desk/alliance/patterns'), looks: () => ['?ok=mark-pattern-seen'] },
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
  seat(OFFICE, '/office/alliance/settlement'),
];
