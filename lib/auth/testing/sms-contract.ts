import { describe, expect, it, vi } from 'vitest';
import { log } from '@/lib/platform/log';
import type { SmsSender } from '../sms';

const NUMBER = '19912345678';
const CODE = '090807';

/** What every sender must do. Call it in the sender's own test, with a sender pointed at a carrier's sandbox. */
export function smsSenderContract(make: () => SmsSender): void {
  describe(`${make().name}: any sender of text messages`, () => {
    it('resolves with nothing when the message was taken', async () => {
      await expect(make().sendCode(NUMBER, CODE)).resolves.toBeUndefined();
    });

    it.each([
      ['a number that is too short', '1991234567', CODE],
      ['a foreign number', '+4915112345678', CODE],
      ['a number with a line break', `${NUMBER}\n`, CODE],
      ['a code of five digits', NUMBER, '12345'],
      ['a code that is text', NUMBER, '请转账给'],
    ])('rejects %s, and its error holds neither number nor code', async (_what, phone, code) => {
      const error = await make()
        .sendCode(phone, code)
        .then(() => null)
        .catch((caught: Error) => caught);
      expect(error).toBeInstanceOf(Error);
      expect(`${error?.message}${error?.stack}`).not.toContain(phone);
      expect(`${error?.message}${error?.stack}`).not.toContain(code);
    });

    it('writes neither number nor code to the log', async () => {
      const lines: unknown[][] = [];
      const levels = ['info', 'warn', 'error', 'debug'] as const;
      const spies = levels.map((level) =>
        vi.spyOn(log, level).mockImplementation((...line: unknown[]) => void lines.push(line)),
      );
      await make().sendCode(NUMBER, CODE);
      for (const spy of spies) spy.mockRestore();
      expect(JSON.stringify(lines)).not.toMatch(/12345678|090807/);
    });
  });
}
