import 'server-only';
import { env } from '@/lib/platform/env';

/** What the QR code of a pay code says before its digits: the shop's counter, which reads it from its address too. */
export function payAddress(): string {
  return `${env().BASE_URL.replace(/\/$/, '')}/shop/take?code=`;
}
