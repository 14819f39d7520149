import { randomBytes } from 'node:crypto';
import { chmodSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Embedded, startEmbedded } from './embedded';

/** A PostgreSQL in a temporary folder that is gone afterwards, however the caller ends. */
export async function startThrowaway(settings: Record<string, string> = {}): Promise<Embedded> {
  const base = mkdtempSync(join(tmpdir(), 'cunfen-pg-'));
  // PostgreSQL may run as another user, who has to pass through.
  chmodSync(base, 0o711);
  try {
    const password = randomBytes(18).toString('base64url');
    return await startEmbedded({ folder: join(base, 'data'), password, throwaway: base, settings });
  } catch (error) {
    rmSync(base, { recursive: true, force: true });
    throw error;
  }
}
