import 'server-only';
import { type ChildProcess, fork } from 'node:child_process';
import { join } from 'node:path';
import type { CutFonts, Drawing, Face } from './types';

/** A process that sets type; see press-worker.mjs. One is opened for a batch of documents and closed after it. */
export interface Press {
  /** The characters of a text that none of the fonts has. */
  missing(text: string): Promise<string[]>;
  /** Fonts of these characters alone, to go into a document. */
  cutFonts(wanted: Partial<Record<Face, string>>): Promise<CutFonts>;
  /** A PNG. The same drawing always gives the same bytes. */
  draw(drawing: Drawing): Promise<Uint8Array>;
  close(): void;
}

const ANSWER_MS = 60_000;
const HEAP_MEGABYTES = 384;

type Answer = { id: number; ok: true; answer: unknown } | { id: number; ok: false; why: string };

/** Starts a press. Whatever it is asked rejects when it takes more than a minute, and then the press is gone. */
export function openPress(): Press {
  // `process.cwd()` is the program's folder: the checkout, or the standalone build. The bundler is not to follow it.
  const root = /* turbopackIgnore: true */ process.cwd();
  const file = join(/* turbopackIgnore: true */ root, 'lib', 'platform', 'print', 'press-worker.mjs');
  const child = fork(/* turbopackIgnore: true */ file, [], {
    serialization: 'advanced',
    execArgv: [`--max-old-space-size=${HEAP_MEGABYTES}`],
    env: {
      PATH: process.env.PATH ?? '',
      NODE_ENV: 'production',
      MALLOC_ARENA_MAX: '2',
      CUNFEN_FONTS: join(/* turbopackIgnore: true */ root, 'assets', 'fonts'),
    },
    stdio: ['ignore', 'ignore', 'ignore', 'ipc'],
  });
  const ask = questioner(child);
  return {
    missing: async (text) => (await ask({ op: 'missing', text })) as string[],
    cutFonts: async (wanted) => (await ask({ op: 'fonts', wanted })) as CutFonts,
    draw: async (drawing) => Buffer.from((await ask({ op: 'picture', drawing })) as string, 'base64'),
    close: () => void child.kill('SIGKILL'),
  };
}

function questioner(child: ChildProcess): (question: object) => Promise<unknown> {
  const waiting = new Map<number, { done(answer: unknown): void; fail(error: Error): void }>();
  let count = 0;
  let isOver: Error | null = null;
  const endAll = (error: Error) => {
    isOver ??= error;
    for (const { fail } of waiting.values()) fail(isOver);
    waiting.clear();
  };
  child.on('message', (message) => {
    const answer = message as Answer;
    const asked = waiting.get(answer.id);
    waiting.delete(answer.id);
    if (answer.ok) asked?.done(answer.answer);
    else asked?.fail(new Error(`the press: ${answer.why}`));
  });
  child.on('error', (error) => endAll(error));
  child.on('exit', (code, signal) => endAll(new Error(`the press ended (${signal ?? code})`)));
  return (question) =>
    new Promise((done, fail) => {
      if (isOver) return fail(isOver);
      const id = ++count;
      const timer = setTimeout(() => child.kill('SIGKILL'), ANSWER_MS);
      const settle =
        <T>(act: (value: T) => void) =>
        (value: T) => {
          clearTimeout(timer);
          act(value);
        };
      waiting.set(id, { done: settle(done), fail: settle(fail) });
      child.send({ id, ...question }, (error) => {
        if (error) endAll(error);
      });
    });
}
