import { commands } from '@/lib/commands';
import { describeCommands } from '@/lib/platform/command-http';

/** All commands with their JSON schema. They are the same for everyone; nothing about people is in them. */
export function GET() {
  return Response.json(describeCommands(commands), { headers: { 'cache-control': 'no-store' } });
}
