import 'server-only';
import { env } from '@/lib/platform/env';

/** Where a voucher's QR code leads: the shop's page that takes it, which says what it buys first. */
export function voucherAddress(code: string): string {
  return new URL(`/shop/voucher?code=${code}`, env().BASE_URL).toString();
}
