import {
  admitMerchant,
  applyToAlliance,
  changeShop,
  merchantIdOf,
  suspendMerchant,
} from '@/lib/alliance/merchant/commands';
import { addOffer, closeOffer } from '@/lib/alliance/offer/commands';
import { takeMerchantPhoto } from '@/lib/alliance/photo/upload';
import { acceptTerms, signTerms } from '@/lib/alliance/terms/commands';
import type { Actor } from '@/lib/auth/types';
import { addDays, type Day, startOfDay } from '@/lib/platform/clock';
import { type Command, type CommandOutcome, runCommand } from '@/lib/platform/command';
import type { PrismaClient } from '@/lib/platform/generated/client';
import { idFromWords, NIL_ID } from '@/lib/platform/ids';
import type { RefusalCode } from '@/lib/platform/refusal';
import { deskActor } from './actors';
import { demoId, type PlannedVillage } from './people';
import { randomOf } from './random';
import { type PlannedOffer, type PlannedShop, SHOPS } from './shops';
import { drawWare, type Ware } from './wares';

// The alliance of the demo: shops apply, the township admits, villages sign, shops accept and offer. All of it through
// the doors that people use. A village's own first shop is made with the village (write-people.ts).

const PASSING: readonly RefusalCode[] = ['PHOTO_NOT_PROCESSED', 'BUSY'];
const TRIES_MOST = 6;

function applicationId({ key }: Pick<PlannedShop, 'key'>): string {
  return demoId('merchant', key);
}

/** The id of a demo shop. */
export function demoMerchantId(shop: Pick<PlannedShop, 'key' | 'ofVillage'>): string {
  return shop.ofVillage ? demoId(shop.ofVillage, 'merchant') : merchantIdOf(applicationId(shop));
}

function officialActor(township: PlannedShop['township']): Actor {
  return {
    ...nobody(demoId('person', 'township', township)),
    office: { level: 'TOWNSHIP', id: demoId('township', township), name: '' },
  };
}

function nobody(personId: string): Actor {
  return {
    personId,
    sessionId: NIL_ID,
    name: '',
    resident: null,
    residents: [],
    desk: null,
    desks: [],
    office: null,
    shop: null,
    shops: [],
  };
}

async function must(
  command: Command,
  actor: Actor | null,
  words: string[],
  input: unknown,
  now: Date,
): Promise<CommandOutcome> {
  const id = idFromWords('demo-command', 'alliance', command.name, ...words);
  const result = await runCommand(command, { actor, id, input, now });
  if (!result.ok) throw new Error(`${command.name} was refused: ${result.refusal.code} (${words.join(' ')})`);
  return result.outcome;
}

async function picture(
  actor: Actor,
  purpose: 'FRONT' | 'OFFER',
  ware: Ware,
  words: string[],
  now: Date,
): Promise<string> {
  const id = demoId('shop-photo', purpose, ...words);
  const bytes = await drawWare(ware, randomOf('ware', ...words));
  for (let tries = 1; ; tries++) {
    const stored = await takeMerchantPhoto({ actor, bytes, id, purpose, now });
    if (stored.ok) return id;
    // A machine with its hands full may not decode it in time.
    if (!PASSING.includes(stored.refusal.code) || tries >= TRIES_MOST)
      throw new Error(`a picture of ${words.join(' ')} was refused: ${stored.refusal.code}`);
  }
}

/** Gives the demo its shops, up to the evening before `today`. */
export async function seedAlliance(
  db: PrismaClient,
  villages: readonly PlannedVillage[],
  today: Day,
): Promise<void> {
  const at = (daysBack: number, hour: number) =>
    new Date(startOfDay(addDays(today, -daysBack)).getTime() + hour * 3_600_000);
  for (const [order, shop] of SHOPS.entries()) {
    const merchantId = demoMerchantId(shop);
    if (!shop.ofVillage)
      await join(shop, at(shop.fate === 'waiting' ? 4 : 250 - order, 9), at(243 - order, 15));
    if (shop.fate === 'waiting') continue;
    const { ownerId } = await db.merchant.findUniqueOrThrow({
      where: { id: merchantId },
      select: { ownerId: true },
    });
    const owner: Actor = { ...nobody(ownerId ?? ''), shop: { merchantId, name: shop.name } };
    const front = await picture(owner, 'FRONT', 'front', [shop.key], at(240, 10));
    await must(
      changeShop,
      owner,
      [shop.key],
      { openingHours: shop.openingHours, photos: [front] },
      at(240, 11),
    );
    await agree(shop, merchantId, owner, villages, at);
    for (const [place, offer] of shop.offers.entries())
      await giveOffer(shop, offer, owner, today, villages, at(200 - place * 9, 10));
    if (shop.fate === 'suspended') {
      const input = { merchantId, reason: shop.why };
      await must(suspendMerchant, officialActor(shop.township), [shop.key], input, at(12, 10));
    }
  }
}

async function join(shop: PlannedShop, appliedAt: Date, admittedAt: Date): Promise<void> {
  const input = {
    name: shop.name,
    kind: shop.kind,
    address: shop.address,
    openingHours: shop.openingHours,
    townshipId: demoId('township', shop.township),
    contactName: shop.owner,
    contactPhone: shop.phone,
    isCharity: shop.isCharity ?? false,
  };
  const id = applicationId(shop);
  const result = await runCommand(applyToAlliance, { actor: null, id, input, now: appliedAt });
  if (!result.ok) throw new Error(`${shop.name} could not apply: ${result.refusal.code}`);
  if (shop.fate === 'waiting') return;
  await must(
    admitMerchant,
    officialActor(shop.township),
    [shop.key],
    { merchantId: merchantIdOf(id) },
    admittedAt,
  );
}

async function agree(
  shop: PlannedShop,
  merchantId: string,
  owner: Actor,
  villages: readonly PlannedVillage[],
  at: (daysBack: number, hour: number) => Date,
): Promise<void> {
  for (const { village: code, group, ...terms } of shop.terms) {
    const village = villages.find(({ plan }) => plan.code === code);
    if (!village) throw new Error(`no village ${code}`);
    const nearGroupId = demoId(code, 'group', String(group));
    const input = { merchantId, ...terms, nearGroupId };
    const { termsId } = await must(
      signTerms,
      deskActor(village, 'SECRETARY'),
      [shop.key, code],
      input,
      at(235, 10),
    );
    await must(acceptTerms, owner, [shop.key, code], { villageId: village.id, termsId }, at(234, 19));
  }
}

async function giveOffer(
  shop: PlannedShop,
  { ware, fromDays, untilDays, closed, ...offer }: PlannedOffer,
  owner: Actor,
  today: Day,
  villages: readonly PlannedVillage[],
  now: Date,
): Promise<void> {
  const words = [shop.key, offer.title];
  const ids = villages
    .filter(({ plan }) => shop.terms.some(({ village }) => village === plan.code))
    .map(({ id }) => id);
  const input = {
    ...offer,
    validFrom: addDays(today, fromDays ?? -200),
    ...(untilDays === undefined ? {} : { validUntil: addDays(today, untilDays) }),
    villages: ids,
    photos: [await picture(owner, 'OFFER', ware, words, now)],
  };
  const { subject } = await must(addOffer, owner, words, input, now);
  if (!closed) return;
  for (const villageId of ids)
    await must(closeOffer, owner, [...words, villageId], { villageId, offerId: subject }, now);
}
