import { afterEach, expect, it, vi } from 'vitest';
import { consoleSender, demoSender } from './sms';
import { smsSenderContract } from './testing/sms-contract';

vi.spyOn(process.stderr, 'write').mockReturnValue(true);
afterEach(() => vi.unstubAllEnvs());

smsSenderContract(() => demoSender);
smsSenderContract(() => consoleSender);

it('the terminal is no sender in production', async () => {
  vi.stubEnv('NODE_ENV', 'production');
  await expect(consoleSender.sendCode('19912345678', '123456')).rejects.toThrow('no SMS sender');
});
