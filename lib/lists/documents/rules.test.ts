import { describe, expect, it } from 'vitest';
import type { Actor } from '@/lib/auth/types';
import type { Day } from '@/lib/platform/clock';
import { type Asked, FILES, fileNameOf, servingOf } from './rules';

const day = (text: string) => text as Day;
const LAST = day('2026-12-31');
const list = (more: Partial<Asked> = {}): Asked => ({
  villageId: 'v',
  kind: 'RED',
  subject: 'HOUSEHOLD',
  state: 'PUBLICITY',
  audience: 'EVERYONE',
  wasPublic: true,
  lastDay: LAST,
  hasDocument: true,
  isBeingMade: false,
  isFallen: false,
  ...more,
});
const seat = (more: object) => ({ personId: 'p', desks: [], residents: [], ...more }) as unknown as Actor;
const nobody = null;
const neighbour = seat({
  residents: [{ villageId: 'other' }],
  desks: [{ villageId: 'other', roles: ['SECRETARY'] }],
});
const resident = seat({ residents: [{ villageId: 'v' }] });
const office = seat({ desks: [{ villageId: 'v', roles: ['SUPERVISOR'] }] });
const answers = (of: Asked, today = LAST) =>
  [nobody, neighbour, resident, office].map((actor) => servingOf(of, actor, today)).join(' ');

describe('who is served what', () => {
  it('everyone, what everyone may see, up to its last day and not a day longer', () => {
    expect(answers(list())).toBe('PUBLIC PUBLIC PUBLIC PUBLIC');
    expect(answers(list({ state: 'FINAL' }), day('2026-12-30'))).toBe('PUBLIC PUBLIC PUBLIC PUBLIC');
    expect(answers(list({ state: 'FINAL' }), day('2027-01-01'))).toBe('GONE GONE GONE GONE');
    expect(answers(list({ state: 'PUBLICITY' }), day('2027-01-01'))).toBe('GONE GONE GONE GONE');
    expect(answers(list({ lastDay: null }))).toBe('GONE GONE GONE GONE');
  });

  it('nobody, what has ended; what is being made anew is told from it', () => {
    expect(answers(list({ state: 'EXPIRED' }))).toBe('GONE GONE GONE GONE');
    expect(answers(list({ state: 'WITHDRAWN' }))).toBe('GONE GONE GONE GONE');
    const anew = { hasDocument: false, isBeingMade: true };
    expect(answers(list(anew))).toBe('ANEW ANEW ANEW ANEW');
    expect(answers(list({ ...anew, audience: 'VILLAGE' }))).toBe('ABSENT ABSENT ANEW ANEW');
    expect(answers(list({ ...anew, state: 'WITHDRAWN' }))).toBe('GONE GONE GONE GONE');
    expect(answers(list({ hasDocument: false }))).toBe('ABSENT ABSENT ABSENT ABSENT');
  });

  it('its own people, what is for the village alone; to others it is not there, also when it has ended', () => {
    const black = { kind: 'BLACK', audience: 'VILLAGE' } as const;
    expect(answers(list(black))).toBe('ABSENT ABSENT MEMBERS MEMBERS');
    expect(answers(list({ ...black, state: 'EXPIRED' }))).toBe('ABSENT ABSENT GONE GONE');
    expect(answers(list({ ...black, isFallen: true }))).toBe('ABSENT ABSENT GONE GONE');
  });

  it('the office, what is still in preparation', () => {
    const before = { wasPublic: false, lastDay: null };
    expect(answers(list({ ...before, state: 'CHECKED' }))).toBe('ABSENT ABSENT ABSENT MEMBERS');
    expect(answers(list({ ...before, state: 'CHECKED', hasDocument: false }))).toBe(
      'ABSENT ABSENT ABSENT ABSENT',
    );
    expect(answers(list({ ...before, state: 'CHECKED', isFallen: true }))).toBe(
      'ABSENT ABSENT ABSENT ABSENT',
    );
    expect(answers(list({ ...before, state: 'DRAFT' }))).toBe('ABSENT ABSENT ABSENT ABSENT');
    expect(answers(list({ ...before, state: 'WITHDRAWN' }))).toBe('ABSENT ABSENT ABSENT ABSENT');
  });
});

it('each kind of document has one address', () => {
  const kinds = Object.values(FILES).map((file) => file.kind);
  expect(new Set(kinds).size).toBe(6);
  expect(kinds.map(fileNameOf)).toEqual(Object.keys(FILES));
});
