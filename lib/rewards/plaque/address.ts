import 'server-only';
import { env } from '@/lib/platform/env';

/** Where a certificate's QR code leads: the page that says whether it holds. */
export function certificateAddress(certificate: { villageCode: string; code: string }): string {
  return new URL(`/v/${certificate.villageCode}/certificates/${certificate.code}`, env().BASE_URL).toString();
}
