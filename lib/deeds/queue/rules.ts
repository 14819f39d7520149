import { type Channel, Channel as Channels } from '@/lib/platform/generated/enums';
import { isId } from '@/lib/platform/ids';
import type { QueueFilter, QueueShow, Warning } from './types';

/** From so many deeds of one household and day on, the verifier is told. */
export const MANY_IN_A_DAY = 5;

/** A photo may be this many days older than the deed's day before the verifier is told. */
export const TAKEN_BEFORE_DAYS = 3;

/** Days of waiting that can be asked for. */
export const WAITED_STEPS = [1, 3, 7] as const;

/** How a deed came in, as it is said. */
export const CHANNEL_NAMES: Record<Channel, string> = {
  SELF: '村民自己记',
  STEWARD: '帮办员代记',
  EVENT: '活动登记',
  ROUND: '巡查记',
};

/** A warning in two to four characters, for a line of the queue. */
export const WARNING_WORDS: Record<Warning, string> = {
  PHOTO_SEEN: '照片相似',
  TAKEN_BEFORE: '旧照片',
  TAKEN_AFTER: '事后拍的',
  MANY_IN_A_DAY: '一天多件',
  LAST_DAY: '最后一天报',
};

type Params = Record<string, string | string[] | undefined>;

const SHOWS: Record<string, QueueShow> = { warned: 'WARNED', event: 'EVENT', second: 'SECOND' };

function one(params: Params, name: string): string {
  const value = params[name];
  return typeof value === 'string' ? value : '';
}

/** The filter an address asks for; what makes no sense is not asked. */
export function parseQueueFilter(params: Params): QueueFilter {
  const show = SHOWS[one(params, 'show')];
  const itemCode = one(params, 'item');
  const groupId = one(params, 'group');
  const channel = one(params, 'channel');
  const waited = Number(one(params, 'waited'));
  return {
    ...(show ? { show } : {}),
    ...(/^[A-Z0-9_-]{1,40}$/.test(itemCode) ? { itemCode } : {}),
    ...(isId(groupId) ? { groupId } : {}),
    ...(channel in Channels ? { channel: channel as Channel } : {}),
    ...(WAITED_STEPS.some((step) => step === waited) ? { waitedDays: waited } : {}),
  };
}

/** The filter as the query of an address, without the question mark; '' for the whole queue. */
export function writeQueueFilter(filter: QueueFilter): string {
  const query = new URLSearchParams();
  if (filter.show) query.set('show', filter.show.toLowerCase());
  if (filter.itemCode) query.set('item', filter.itemCode);
  if (filter.groupId) query.set('group', filter.groupId);
  if (filter.channel) query.set('channel', filter.channel);
  if (filter.waitedDays) query.set('waited', String(filter.waitedDays));
  return query.toString();
}

/** How many of the folded filters are set (not those of the chips). */
export function countFolded(filter: QueueFilter): number {
  return [filter.itemCode, filter.groupId, filter.channel, filter.waitedDays].filter(Boolean).length;
}
