import { answerTakePoints } from '@/lib/alliance/redemption/taking';
import { addressOf } from '@/lib/platform/address';
import { now } from '@/lib/platform/clock';

/** The command take-points for phones at a counter: JSON, one round trip to the database. */
export function POST(request: Request): Promise<Response> {
  return answerTakePoints(request, addressOf(request.headers), now());
}
