import { actorOf } from '@/lib/auth/actor';
import { answerDocument } from '@/lib/lists/documents/http';
import { now } from '@/lib/platform/clock';

/** A published document of a list, for those who may see it. */
export async function GET(
  request: Request,
  { params }: { params: Promise<{ village: string; id: string; file: string }> },
): Promise<Response> {
  const { village, id, file } = await params;
  return answerDocument(request, { village, list: id, file, actor: () => actorOf(request), now: now() });
}
