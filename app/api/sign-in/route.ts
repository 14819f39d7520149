import { answerSignIn } from '@/lib/auth/http';

/** Signs in by one-time code or by password. */
export async function POST(request: Request) {
  return answerSignIn(request);
}
