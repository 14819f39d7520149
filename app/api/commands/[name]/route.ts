import { actorOf } from '@/lib/auth/actor';
import { deviceCookieOf } from '@/lib/auth/known-device';
import { commands } from '@/lib/commands';
import { addressOf } from '@/lib/platform/address';
import { now } from '@/lib/platform/clock';
import { answerCommand } from '@/lib/platform/command-http';

/** The one door through which anything is written. */
export async function POST(request: Request, { params }: { params: Promise<{ name: string }> }) {
  const { name } = await params;
  return answerCommand(request, name, {
    commands,
    actor: await actorOf(request),
    address: addressOf(request.headers),
    device: deviceCookieOf(request),
    now: now(),
  });
}
