import { z } from 'zod';

/**
 * Every variable the program reads, read once. `npm start` sets what is required; a deployment sets it itself
 * (see .env.example).
 */
const envShape = z.object({
  /** PostgreSQL, as the owner of the tables. The program itself works as the role cunfen_app. */
  DATABASE_URL: z
    .string()
    .regex(/^postgres(ql)?:\/\//, { error: 'DATABASE_URL must begin with postgresql://' }),
  /** Signs sessions and form tokens; at least 32 characters. */
  AUTH_SECRET: z.string().min(32, { error: 'AUTH_SECRET must have at least 32 characters' }),
  /** The address people reach the program at. */
  BASE_URL: z.url().default('http://localhost:3000'),
  /** Where photos and documents are kept. */
  DATA_DIR: z.string().default('.data'),
  /** Demo mode: demo people one tap away, sign-in codes shown. Never on for real people. */
  DEMO: z.stringbool().default(false),
  /** Whether this process runs the jobs too ('inline'), or a separate worker does ('off'). */
  WORKER: z.enum(['inline', 'off']).default('inline'),
  /** pino's levels. */
  LOG_LEVEL: z.enum(['fatal', 'error', 'warn', 'info', 'debug', 'silent']).default('info'),
  /** Whether the caller's address is taken from X-Forwarded-For: only behind a proxy that sets it. */
  TRUST_PROXY: z.stringbool().default(false),
  /** Database connections of one process. */
  DATABASE_POOL_MAX: z.string().regex(/^\d+$/).default('10').transform(Number),
});

export type Env = z.infer<typeof envShape>;

let read: Env | undefined;

/** The environment; throws a sentence that names each wrong variable. */
export function env(): Env {
  if (read) return read;
  const parsed = envShape.safeParse(process.env);
  if (!parsed.success) {
    const lines = parsed.error.issues.map((issue) => `  ${issue.path.join('.')}: ${issue.message}`);
    throw new Error(`The environment is not complete:\n${lines.join('\n')}`);
  }
  read = parsed.data;
  return read;
}
