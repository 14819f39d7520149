import { randomBytes } from 'node:crypto';
import { CERTIFICATE_ALPHABET, CERTIFICATE_CHARACTERS } from './rules';

/** A fresh code of a certificate: 100 bits from the system's generator. */
export function drawCertificateCode(): string {
  return [...randomBytes(CERTIFICATE_CHARACTERS)].map((byte) => CERTIFICATE_ALPHABET[byte & 31]).join('');
}
