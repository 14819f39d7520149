import 'server-only';
import type { Tx } from '@/lib/platform/command';
import { refuse } from '@/lib/platform/refusal';
import { findText } from '../content/reads';
import { sayPlace, validateRulebook } from '../validate';

/** Refuses a draft with findings (RULEBOOK_FINDINGS, the first of them said): it is neither heard nor adopted. */
export async function mustBeSound(tx: Tx, villageId: string, versionId: string): Promise<void> {
  const text = await findText(tx, villageId, versionId);
  if (!text) throw refuse('NOT_FOUND');
  const findings = validateRulebook(text);
  const [first] = findings;
  if (!first) return;
  throw refuse('RULEBOOK_FINDINGS', {
    count: findings.length,
    where: sayPlace(first.place),
    what: first.what,
    mend: first.mend,
  });
}
