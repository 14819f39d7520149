import { actorOf } from '@/lib/auth/actor';
import { answerPhoto } from '@/lib/photos/http';

/** A photo, for those who may see it. */
export async function GET(request: Request, { params }: { params: Promise<{ id: string }> }) {
  const { id } = await params;
  return answerPhoto(request, id, await actorOf(request));
}
