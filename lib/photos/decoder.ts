import 'server-only';
import { type ChildProcess, fork } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import { log } from '@/lib/platform/log';
import { type PhotoFormat, PIXELS_MOST } from './rules';

// A few processes that decode photos, apart from the one that answers requests: a decoder that hangs, eats memory or
// is taken over has no secrets, no database and ten seconds to live.

export interface DecodedPhoto {
  ok: true;
  /** JPEG, longest side 1600 px, without metadata */
  large: Uint8Array;
  /** JPEG, longest side 320 px, without metadata */
  small: Uint8Array;
  /** of the large one, in pixels */
  width: number;
  height: number;
  /** 64 bits as a signed decimal number; '0' when the picture is too plain to compare */
  perceptual: string;
  /** the file's EXIF block, if it had one */
  exif: Uint8Array | null;
}

export type DecodeFailure = { ok: false; why: 'UNREADABLE' | 'TOO_MANY_PIXELS' | 'GAVE_UP' | 'BUSY' };

export interface DecoderLimits {
  pixelsMost: number;
  /** of computing on one photo (Linux), so that a busy machine does not turn good photos away */
  computingMs: number;
  /** on the clock, from the moment a process has it */
  timeoutMs: number;
  /** resident memory of one process (Linux) */
  memoryBytesMost: number;
  /** between two looks at what the process has used */
  lookMs: number;
}

const LIMITS: DecoderLimits = {
  pixelsMost: PIXELS_MOST,
  computingMs: 10_000,
  timeoutMs: 30_000,
  memoryBytesMost: 768 * 1024 * 1024,
  lookMs: 100,
};
const PROCESSES_MOST = Math.max(1, Math.min(2, availableParallelism()));
const WAITING_MOST = 40;
const JOBS_OF_A_PROCESS = 200;
const IDLE_MS = 60_000;
const PAGE_BYTES = 4096;
const TICK_MS = 10;

interface Task {
  bytes: Uint8Array;
  format: PhotoFormat;
  limits: DecoderLimits;
  done(answer: DecodedPhoto | DecodeFailure): void;
}

interface Worker {
  child: ChildProcess;
  task: Task | null;
  jobs: number;
  /** when it began with its task */
  computedBeforeMs: number | undefined;
  timers: NodeJS.Timeout[];
  idle: NodeJS.Timeout | undefined;
}

interface Pool {
  workers: Worker[];
  waiting: Task[];
}

// Kept on globalThis so that a hot reload in development does not leave processes behind.
const kept = globalThis as unknown as { cunfenDecoders?: Pool; cunfenDecode?: Decode | null };

type Decode = (bytes: Uint8Array, format: PhotoFormat) => Promise<DecodedPhoto | DecodeFailure>;

/** Lets a test say what becomes of photos, and when; null gives them to the processes again. */
export function useDecoder(decode: Decode | null): void {
  kept.cunfenDecode = decode;
}

function pool(): Pool {
  kept.cunfenDecoders ??= { workers: [], waiting: [] };
  return kept.cunfenDecoders;
}

/**
 * Decodes a photo of a known format in another process and answers its two sizes. UNREADABLE when it is broken, GAVE_UP
 * when it takes more than its time or its memory, BUSY when too many are waiting. Never throws
 * for what a file contains.
 */
export function decodePhoto(
  bytes: Uint8Array,
  format: PhotoFormat,
  limits: Partial<DecoderLimits> = {},
): Promise<DecodedPhoto | DecodeFailure> {
  if (kept.cunfenDecode) return kept.cunfenDecode(bytes, format);
  const { waiting } = pool();
  if (waiting.length >= WAITING_MOST) return Promise.resolve({ ok: false, why: 'BUSY' });
  return new Promise((done) => {
    waiting.push({ bytes, format, limits: { ...LIMITS, ...limits }, done });
    assign();
  });
}

/** Ends the processes; the next photo starts new ones. For tests and scripts. */
export function stopDecoders(): void {
  for (const worker of [...pool().workers]) {
    worker.child.kill('SIGKILL');
    settle(worker, { ok: false, why: 'GAVE_UP' });
    retire(worker);
  }
}

function assign(): void {
  const { workers, waiting } = pool();
  if (waiting.length === 0) return;
  const free =
    workers.find((worker) => !worker.task) ?? (workers.length < PROCESSES_MOST ? startWorker() : null);
  const task = free ? waiting.shift() : undefined;
  if (!free || !task) return;
  give(free, task);
  assign();
}

function startWorker(): Worker {
  // `process.cwd()` is the program's folder: the checkout, or the standalone build. The bundler is not to follow it.
  const file = join(/* turbopackIgnore: true */ process.cwd(), 'lib', 'photos', 'decode-worker.mjs');
  const child = fork(/* turbopackIgnore: true */ file, [], {
    serialization: 'advanced',
    execArgv: ['--max-old-space-size=128'],
    // no secrets; one malloc arena keeps memory from growing by fragments
    env: { PATH: process.env.PATH ?? '', NODE_ENV: 'production', MALLOC_ARENA_MAX: '2' },
    stdio: ['ignore', 'ignore', 'ignore', 'ipc'],
  });
  const worker: Worker = {
    child,
    task: null,
    jobs: 0,
    computedBeforeMs: undefined,
    timers: [],
    idle: undefined,
  };
  child.on('message', (message) => {
    settle(worker, message as DecodedPhoto | DecodeFailure);
    if (worker.jobs >= JOBS_OF_A_PROCESS) end(worker);
    else rest(worker);
    assign();
  });
  const over = (cause: unknown) => {
    if (worker.task || cause instanceof Error) {
      log.warn({ fault: String(cause), jobs: worker.jobs }, 'photo decoder ended');
    }
    settle(worker, { ok: false, why: 'GAVE_UP' });
    retire(worker);
    assign();
  };
  child.on('error', over);
  child.on('exit', (code, signal) => over(signal ?? code));
  pool().workers.push(worker);
  return worker;
}

function give(worker: Worker, task: Task): void {
  const { child } = worker;
  worker.task = task;
  worker.computedBeforeMs = undefined;
  worker.jobs += 1;
  clearTimeout(worker.idle);
  child.ref();
  child.channel?.ref();
  // Killing it is answered by `exit`: the task fails, and the next one gets a new process.
  const stop = () => child.kill('SIGKILL');
  worker.timers = [
    setTimeout(stop, task.limits.timeoutMs),
    setInterval(() => void stopWhenGreedy(worker, task), task.limits.lookMs),
  ];
  const { bytes, format, limits } = task;
  child.send({ job: worker.jobs, bytes, format, pixelsMost: limits.pixelsMost }, (error) => {
    if (error) stop();
  });
}

async function stopWhenGreedy(worker: Worker, task: Task): Promise<void> {
  const { computedMs, residentBytes } = await usageOf(worker.child.pid);
  if (worker.task !== task) return;
  worker.computedBeforeMs ??= computedMs;
  const { computingMs, memoryBytesMost } = task.limits;
  if (computedMs - worker.computedBeforeMs > computingMs || residentBytes > memoryBytesMost) {
    worker.child.kill('SIGKILL');
  }
}

/** What a process has used so far, as Linux tells; zeros elsewhere. */
async function usageOf(pid: number | undefined): Promise<{ computedMs: number; residentBytes: number }> {
  const text = await readFile(`/proc/${pid}/stat`, 'utf8').catch(() => '');
  // The second field, a name in brackets, may contain spaces: count behind it.
  const fields = text.slice(text.lastIndexOf(')') + 2).split(' ');
  const field = (number: number) => Number(fields[number - 3] ?? 0);
  return { computedMs: (field(14) + field(15)) * TICK_MS, residentBytes: field(24) * PAGE_BYTES };
}

function settle(worker: Worker, answer: DecodedPhoto | DecodeFailure): void {
  for (const timer of worker.timers) clearTimeout(timer);
  worker.timers = [];
  const { task } = worker;
  worker.task = null;
  task?.done(answer);
}

/** Lets an idle process keep nobody alive, and go after a while. */
function rest(worker: Worker): void {
  worker.child.unref();
  worker.child.channel?.unref();
  worker.idle = setTimeout(() => end(worker), IDLE_MS).unref();
}

function end(worker: Worker): void {
  retire(worker);
  worker.child.kill();
}

function retire(worker: Worker): void {
  clearTimeout(worker.idle);
  const { workers } = pool();
  const at = workers.indexOf(worker);
  if (at >= 0) workers.splice(at, 1);
}
