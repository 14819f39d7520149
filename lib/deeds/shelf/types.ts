import type { ItemSubject } from '@/lib/platform/generated/enums';

/** Someone of the household, for whom a deed can be logged. */
export interface MemberView {
  id: string;
  name: string;
  relation: string;
}

/** What the first screen of 记一件好事 offers before the whole rulebook: codes of items. */
export interface ItemShelf {
  favourites: string[];
  recent: string[];
  /** what others of the village log, for a household that has nothing of its own yet */
  popular: string[];
}

/** Of whom an item's cap counts, and how much of it is used on a day. */
export interface ItemUse {
  subject: ItemSubject;
  /** by resident of the household; the household's sum under '' */
  used: Record<string, number>;
  /** how many deeds of this item wait */
  waiting: number;
}
