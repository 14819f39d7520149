import type { Actor } from '@/lib/auth/types';
import type { Day } from '@/lib/platform/clock';
import type { DocumentKind, ListAudience, ListState, ListSubject } from '@/lib/platform/generated/enums';

// Which documents there are, and whether one is served to whom. Pure.

export interface FileOf {
  kind: DocumentKind;
  mediaType: string;
  /** how the file is called when it is saved, behind the list's name */
  suffix: string;
}

const HTML = 'text/html; charset=utf-8';
const PDF = 'application/pdf';

/** The files of a list, by the last part of their address. */
export const FILES: Readonly<Record<string, FileOf>> = {
  'page.html': { kind: 'HTML', mediaType: HTML, suffix: '.html' },
  'picture.png': { kind: 'PNG', mediaType: 'image/png', suffix: '.png' },
  'a3.html': { kind: 'POSTER_A3', mediaType: HTML, suffix: ' A3.html' },
  'a4.html': { kind: 'POSTER_A4', mediaType: HTML, suffix: ' A4.html' },
  'a3.pdf': { kind: 'PDF_A3', mediaType: PDF, suffix: ' A3.pdf' },
  'a4.pdf': { kind: 'PDF_A4', mediaType: PDF, suffix: ' A4.pdf' },
};

/** The last part of a document's address. */
export function fileNameOf(kind: DocumentKind): string {
  return Object.keys(FILES).find((name) => FILES[name]?.kind === kind) ?? '';
}

/** The states in which a list has documents. */
export const SHOWN_STATES: readonly ListState[] = ['CHECKED', 'PUBLICITY', 'FINAL'];

/** What is known of a list when one of its documents is asked for. */
export interface Asked {
  villageId: string;
  kind: 'RED' | 'BLACK';
  subject: ListSubject;
  state: ListState;
  audience: ListAudience;
  /** whether it ever was before the public */
  wasPublic: boolean;
  /** the last day it is shown, by its days and not by what a job has got round to; null while it is not public */
  lastDay: Day | null;
  hasDocument: boolean;
  /** whether none of its documents is out: new ones are being made */
  isBeingMade: boolean;
  /** whether the rulebook in force no longer bears it: a black list alone */
  isFallen: boolean;
}

/**
 * What someone is answered. PUBLIC: the file, for everyone and shared caches · MEMBERS: the file, for this person alone
 * · ANEW: the list is published and its documents are just being made anew · GONE: it is no longer published · ABSENT:
 * there is nothing, as far as this person is concerned.
 */
export type Serving = 'PUBLIC' | 'MEMBERS' | 'ANEW' | 'GONE' | 'ABSENT';

/** Decides what someone who asks for a document of a list on a day is answered. */
export function servingOf(list: Asked, actor: Actor | null, today: Day): Serving {
  const isOffice = actor?.desks.some((desk) => desk.villageId === list.villageId) ?? false;
  const isMember = isOffice || (actor?.residents.some((home) => home.villageId === list.villageId) ?? false);
  if (!list.wasPublic && !isOffice) return 'ABSENT';
  const isForAll = list.audience === 'EVERYONE';
  if (!isForAll && !isMember) return 'ABSENT';
  if (list.state === 'CHECKED') return list.hasDocument && !list.isFallen ? 'MEMBERS' : 'ABSENT';
  const isUp =
    (list.state === 'PUBLICITY' || list.state === 'FINAL') && list.lastDay !== null && today <= list.lastDay;
  if (!isUp || list.isFallen) return list.wasPublic ? 'GONE' : 'ABSENT';
  // without Chromium there never is a PDF
  if (!list.hasDocument) return list.isBeingMade ? 'ANEW' : 'ABSENT';
  return isForAll ? 'PUBLIC' : 'MEMBERS';
}
