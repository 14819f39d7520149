import 'server-only';
import { env } from '@/lib/platform/env';

/** What the QR code at a shop's shelf says: its page in a village. */
export function shelfAddress(villageCode: string, merchantId: string): string {
  return new URL(`/v/${villageCode}/shops/${merchantId}`, env().BASE_URL).toString();
}
