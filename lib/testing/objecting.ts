import { decideObjection, openObjection } from '@/lib/objections/commands';
import type { ObjectionSubject } from '@/lib/platform/generated/enums';
import { at, testDay } from './deduction-way';
import { refusalOf, type WorkingVillage } from './working-village';

type V = Pick<WorkingVillage, 'run' | 'actorOf' | 'household'>;

/** A household's head objects to something; answers the objection. */
export async function object(
  v: V,
  household: number,
  kind: ObjectionSubject,
  subject: string,
  now = at(testDay(0), 12),
): Promise<string> {
  const input = { kind, subject, body: '不是我家的，请再看看' };
  const actor = await v.actorOf(v.household(household).head.personId);
  const result = await v.run(openObjection, actor, input, { now });
  if (!result.ok) throw new Error(`refused: ${result.refusal.code}`);
  return String(result.outcome.subject);
}

/** Somebody decides it; the refusal's code, or null. */
export async function decide(
  v: V,
  objectionId: string,
  by: { id: string },
  now = at(testDay(1)),
  outcome = 'REJECTED',
): Promise<string | null> {
  const input = { objectionId, outcome, reason: '看过现场' };
  return refusalOf(await v.run(decideObjection, await v.actorOf(by), input, { now }));
}
