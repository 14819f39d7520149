import 'server-only';
import { env } from '@/lib/platform/env';

/** Where an honour's QR code leads: the page that says whether it holds. */
export function honourAddress(code: string): string {
  return new URL(`/alliance/certificates/${code}`, env().BASE_URL).toString();
}
