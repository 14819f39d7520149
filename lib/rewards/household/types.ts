import type { Quarter } from '@/lib/platform/clock';

/** What a household's home says of its honours. */
export interface OwnHonours {
  /** the latest rating that holds */
  star: { quarter: Quarter; stars: number } | null;
  plaques: number;
  /** vouchers that can be used */
  vouchers: number;
}
