import { answerShopPhoto } from '@/lib/alliance/photo/http';
import { actorOf } from '@/lib/auth/actor';

/** A picture of the alliance: everybody's once its shop is admitted, else for those who may see it. */
export async function GET(request: Request, { params }: { params: Promise<{ id: string }> }) {
  const { id } = await params;
  return answerShopPhoto(request, id, await actorOf(request));
}
