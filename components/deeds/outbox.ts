import { type DBSchema, openDB } from 'idb';

// Reports that could not be sent, kept on this phone until they can. Each is kept with the id it was first sent
// with, so that sending it again after a lost answer is the same deed.

/** A report that waits here. */
export interface KeptReport {
  id: string;
  /** the resident who wrote it: nobody else on this phone sends it */
  owner: string;
  /** the item's code and name */
  code: string;
  what: string;
  /** the command's input, as the form would have sent it */
  input: Record<string, string | string[]>;
  keptAt: number;
  /** why the village did not take it; it is not sent again by itself */
  refused?: string;
}

interface Outbox extends DBSchema {
  reports: { key: string; value: KeptReport };
}

const open = () =>
  openDB<Outbox>('cunfen-outbox', 1, {
    upgrade(db) {
      db.createObjectStore('reports', { keyPath: 'id' });
    },
  });

/** Keeps a report; false where this browser keeps nothing (private mode). */
export async function keepReport(report: KeptReport): Promise<boolean> {
  try {
    await (await open()).put('reports', report);
    return true;
  } catch {
    return false;
  }
}

/** Lets go of a report that has arrived, or that its owner wants no more. */
export async function dropReport(id: string): Promise<void> {
  try {
    await (await open()).delete('reports', id);
  } catch {
    // Nothing was kept.
  }
}

/** The reports of this resident that wait here, oldest first. */
export async function listReports(owner: string): Promise<KeptReport[]> {
  try {
    const all = await (await open()).getAll('reports');
    return all.filter((one) => one.owner === owner).sort((a, b) => a.keptAt - b.keptAt);
  } catch {
    return [];
  }
}

export type Sent =
  | { kind: 'arrived'; subject: string }
  /** the village said no, in words */
  | { kind: 'refused'; sentence: string }
  | { kind: 'signed-out' }
  /** this browser is at home in another village now; nothing was taken */
  | { kind: 'elsewhere' }
  /** no network, no answer, or a server that is busy: try again later */
  | { kind: 'away' };

const ANSWER_MS_MOST = 25_000;
const LATER = new Set([408, 425, 429]);

/** Refusals of a page whose owner has gone on to another village's home: it is taken once he is back. */
const ELSEWHERE = ['HOME_ELSEWHERE', 'HOME_UNSAID'];

/** Sends a report of the resident's home in a village once. Never throws. */
export async function sendReport(
  report: Pick<KeptReport, 'id' | 'input'>,
  home: string | undefined,
): Promise<Sent> {
  const abort = new AbortController();
  const timer = setTimeout(() => abort.abort(), ANSWER_MS_MOST);
  try {
    const response = await fetch('/api/commands/submit-deed', {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ id: report.id, input: report.input, home }),
      signal: abort.signal,
    });
    if (response.status === 401) return { kind: 'signed-out' };
    if (response.status >= 500 || LATER.has(response.status)) return { kind: 'away' };
    const answer = (await response.json()) as {
      ok?: boolean;
      outcome?: { subject?: string };
      refusal?: { code?: string; sentence?: string };
    };
    if (answer.ok) return { kind: 'arrived', subject: answer.outcome?.subject ?? report.id };
    if (ELSEWHERE.includes(answer.refusal?.code ?? '')) return { kind: 'elsewhere' };
    return { kind: 'refused', sentence: answer.refusal?.sentence ?? '没有收下。' };
  } catch {
    return { kind: 'away' };
  } finally {
    clearTimeout(timer);
  }
}

/** What a form would send, in the shape in which the server reads a form: so both ways are the same request. */
export function inputOf(form: HTMLFormElement): Record<string, string | string[]> {
  const input: Record<string, string | string[]> = {};
  for (const [name, value] of new FormData(form)) {
    if (name.startsWith('_') || typeof value !== 'string') continue;
    if (!name.endsWith('[]')) {
      input[name] = value;
      continue;
    }
    const key = name.slice(0, -2);
    const list = input[key];
    if (Array.isArray(list)) list.push(value);
    else input[key] = [value];
  }
  return input;
}
