import 'server-only';
import { env } from '@/lib/platform/env';
import { log } from '@/lib/platform/log';

/**
 * Sends text messages. One is chosen at the start of the process; a carrier's sender is one more object of this
 * shape, and must pass lib/auth/testing/sms-contract.ts.
 */
export interface SmsSender {
  readonly name: string;
  /**
   * Sends a sign-in code to a mainland number (eleven digits). Resolves when the carrier took it, rejects when it
   * didn't, within ten seconds; never answers anything about the number, and never logs it or the code.
   */
  sendCode(phone: string, code: string): Promise<void>;
}

/** Sends nothing: the sign-in page of the demo shows the code itself. */
export const demoSender: SmsSender = {
  name: 'demo',
  async sendCode(phone, code) {
    mustBeSendable(phone, code);
  },
};

/**
 * Writes the code to the terminal of whoever runs the program on a machine of his own, instead of sending it: not to
 * the program's log, which is kept. Refused in production, where nobody would ever get a code.
 */
export const consoleSender: SmsSender = {
  name: 'console',
  async sendCode(phone, code) {
    mustBeSendable(phone, code);
    if (process.env.NODE_ENV === 'production') throw new Error('no SMS sender is configured');
    process.stderr.write(`\n  sign-in code for a number ending in ${phone.slice(-4)}: ${code}\n\n`);
  },
};

/** Throws unless it is a mainland mobile number and six digits. */
export function mustBeSendable(phone: string, code: string): void {
  if (!/^1[3-9]\d{9}$/.test(phone) || !/^\d{6}$/.test(code)) throw new Error('not a number or not a code');
}

let chosen: SmsSender | undefined;

/** The sender of this process. */
export function smsSender(): SmsSender {
  chosen ??= env().DEMO ? demoSender : consoleSender;
  return chosen;
}

/** Lets a test listen to what is sent. */
export function useSmsSender(sender: SmsSender): void {
  chosen = sender;
}

/**
 * Sends without keeping the caller waiting: the answer takes the same time whether or not there is anyone to send to,
 * and a slow carrier holds no database transaction.
 */
export function sendCodeSoon(phone: string, code: string): void {
  setImmediate(() => {
    smsSender()
      .sendCode(phone, code)
      .catch((error: unknown) => {
        log.error(
          { sender: smsSender().name, fault: error instanceof Error ? error.name : 'unknown' },
          'sms',
        );
      });
  });
}
