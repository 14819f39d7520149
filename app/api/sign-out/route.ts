import { answerSignOut } from '@/lib/auth/http';

/** Ends this browser's session. */
export async function POST(request: Request) {
  return answerSignOut(request);
}
