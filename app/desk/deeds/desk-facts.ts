import 'server-only';
import type { Said } from '@/components/desk/deed-acts';
import type { Actor } from '@/lib/auth/types';
import { canDecideDeeds } from '@/lib/deeds/policy';
import type { Viewer } from '@/lib/deeds/queue/types';
import type { DeedReview } from '@/lib/deeds/review/types';
import { now } from '@/lib/platform/clock';
import { refuse } from '@/lib/platform/refusal';

/** Who looks at the queue, for the reads. */
export function viewerOf(actor: Actor & { desk: NonNullable<Actor['desk']> }): Viewer {
  return { villageId: actor.desk.villageId, personId: actor.personId, now: now() };
}

/** What a person hears before the buttons: their role, then recusal, then what hinders an approval now. */
export function hindrancesOf(
  actor: Actor,
  deed: DeedReview,
): { refusal: Said | null; hindered: Said | null; mayReturn: boolean } {
  if (canDecideDeeds(actor) !== true) {
    return {
      refusal: {
        sentence: '核实由核分员来做，您在这里只能看。',
        next: '发现不对的地方，请告诉核分员。',
      },
      hindered: null,
      mayReturn: false,
    };
  }
  const { award, recusal } = deed;
  if (recusal)
    return { refusal: refuse(recusal).view, hindered: null, mayReturn: recusal === 'SAME_PERSON_TWICE' };
  const hindered = award.kind === 'REFUSED' ? refuse(award.code, award.params).view : null;
  return { refusal: null, hindered, mayReturn: true };
}
