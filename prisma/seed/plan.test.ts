import { describe, expect, it } from 'vitest';
import { addDays, type Day, dayOf } from '@/lib/platform/clock';
import { isName, maskName, NAME_CHARACTERS_MOST } from '@/lib/residents/rules';
import { catalogueShape } from '@/lib/rulebook/schema';
import sample from './catalogue.json' with { type: 'json' };
import { DAYS_BACK, planHistory } from './deeds';
import { RARE_NAMES } from './names';
import { planVillage } from './people';
import { VILLAGES } from './places';
import { randomOf } from './random';
import { drawScene } from './scenes';

const catalogue = catalogueShape.parse(sample);
const TODAY = '2026-11-24' as Day;
const villages = VILLAGES.map((plan) => planVillage(plan, 2026));
const histories = villages.map((village) => planHistory(village, catalogue, TODAY));

describe('the people of the demo', () => {
  it('are the same each time, and other in each village', () => {
    expect(VILLAGES.map((plan) => planVillage(plan, 2026))).toEqual(villages);
    const names = villages.map((village) => village.households.map((home) => home.residents[0]?.name).join());
    expect(new Set(names).size).toBe(3);
  });

  it.each(villages.map((village) => [village.plan.name, village] as const))(
    '%s has households and people enough',
    (_, village) => {
      const residents = village.households.flatMap((home) => home.residents);
      expect(village.households.length).toBeGreaterThanOrEqual(30);
      expect(village.households.length).toBeLessThanOrEqual(60);
      expect(residents.length).toBeGreaterThanOrEqual(125);
      expect(residents.length).toBeLessThanOrEqual(165);
      expect(new Set(residents.map((one) => one.name)).size).toBe(residents.length);
      expect(village.households.some((home) => home.isAbsent)).toBe(true);
      for (const { name } of residents) {
        expect(isName(name)).toBe(true);
        expect(maskName(name)).toContain('×');
      }
    },
  );

  it('have names that software stumbles over', () => {
    const all = villages.flatMap((village) =>
      village.households.flatMap((home) => home.residents.map((one) => one.name)),
    );
    expect([...RARE_NAMES.twentyCharacters]).toHaveLength(NAME_CHARACTERS_MOST);
    expect(all).toContain(RARE_NAMES.twentyCharacters);
    for (const character of ['𠮷', '䶮', '㛃', '·'])
      expect(all.some((name) => name.includes(character))).toBe(true);
    expect(all.some((name) => [...name].length === 2)).toBe(true);
    expect(all.some((name) => /^(欧阳|诸葛|皇甫|令狐)/u.test(name))).toBe(true);
  });

  it('have phone numbers of their own, and the office lives in households', () => {
    const phones = villages.flatMap((village) =>
      village.households.flatMap((home) => home.residents.flatMap((one) => one.person?.phone ?? [])),
    );
    expect(new Set(phones).size).toBe(phones.length);
    for (const phone of phones) expect(phone).toMatch(/^1380000\d{4}$/);
    for (const village of villages) {
      expect(village.officials.VERIFIER.every((one) => one.person)).toBe(true);
      expect(village.officials.STEWARD[0]?.person).not.toBeNull();
    }
  });
});

describe('the history of the demo', () => {
  it('follows from the village and the day', () => {
    expect(villages.map((village) => planHistory(village, catalogue, TODAY))).toEqual(histories);
  });

  it('lies in the three months before the day, and nothing in its future', () => {
    for (const { deeds, events } of histories) {
      const moments = [
        ...deeds.flatMap((deed) => [
          deed.submittedAt,
          ...Object.values(deed.fate).filter((one) => one instanceof Date),
        ]),
        ...events.flatMap((event) => [event.recordedAt, ...(event.approvedAt ? [event.approvedAt] : [])]),
      ];
      for (const moment of moments) {
        expect(dayOf(moment) < TODAY).toBe(true);
        expect(dayOf(moment) >= addDays(TODAY, -DAYS_BACK - 2)).toBe(true);
      }
      for (const deed of deeds) expect(deed.deedOn <= dayOf(deed.submittedAt)).toBe(true);
    }
  });

  it('decides after what it decides about', () => {
    for (const deed of histories.flatMap((history) => history.deeds)) {
      const { fate } = deed;
      if (fate.kind !== 'WAIT') expect(fate.at > deed.submittedAt).toBe(true);
      if (fate.kind === 'UNDO') expect(fate.undoAt > fate.at).toBe(true);
    }
  });

  it('has deeds with photos, notes and measures, by residents and by the steward', () => {
    for (const { deeds } of histories) {
      expect(deeds.length).toBeGreaterThan(120);
      expect(deeds.some((deed) => deed.photos.length > 1)).toBe(true);
      expect(deeds.some((deed) => deed.note !== '')).toBe(true);
      expect(deeds.some((deed) => deed.metricValue)).toBe(true);
      expect(deeds.some((deed) => deed.quantity > 1)).toBe(true);
      expect(deeds.some((deed) => deed.reporter === 'STEWARD')).toBe(true);
      expect(new Set(deeds.map((deed) => deed.itemCode)).size).toBeGreaterThan(20);
    }
  });
});

describe('the pictures', () => {
  it('are the same for the same chance, well-formed, and without words', () => {
    for (const kind of [
      'road',
      'river',
      'yard',
      'field',
      'bins',
      'square',
      'visit',
      'night',
      'trees',
      'hall',
    ] as const) {
      const one = drawScene(kind, randomOf('a', kind));
      expect(drawScene(kind, randomOf('a', kind))).toEqual(one);
      expect(drawScene(kind, randomOf('b', kind)).svg).not.toBe(one.svg);
      expect(one.svg).not.toMatch(/NaN|undefined|<text/);
    }
  });
});
