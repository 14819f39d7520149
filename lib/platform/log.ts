import 'server-only';
import pino from 'pino';

/**
 * The program's log: one JSON line an event. It never carries personal data: callers pass ids, codes and counts,
 * and what slips in under these names is struck out.
 */
export const log = pino({
  level: process.env.LOG_LEVEL ?? 'info',
  base: null,
  redact: {
    paths: [
      'phone',
      'code',
      'token',
      'password',
      'cookie',
      'name',
      'note',
      '*.phone',
      '*.code',
      '*.token',
      '*.password',
    ],
    censor: '[removed]',
  },
});
