import { answerDemoSignIn } from '@/lib/auth/http';

/** Signs in as one of the demo people; not there outside demo mode. */
export async function POST(request: Request) {
  return answerDemoSignIn(request);
}
