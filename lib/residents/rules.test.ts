import { describe, expect, it } from 'vitest';
import type { Day } from '@/lib/platform/clock';
import { spellName } from './pinyin';
import {
  householdCode,
  isExemptHousehold,
  isName,
  kinPair,
  maskName,
  maskPhone,
  mayBeUnder14,
  parseHouseholdCode,
  surnameOf,
  tidyName,
} from './rules';
import { addHouseholdInput, personName } from './schema';

describe('a masked name', () => {
  it.each([
    ['陈小芳', '陈×芳'],
    ['王强', '王×'],
    ['欧阳芳', '欧阳×'],
    ['欧阳小芳', '欧阳×芳'],
    ['司马相如', '司马×如'],
    ['欧阳', '欧×'],
    ['陈李小芳', '陈××芳'],
    ['阿依古丽·买买提', '阿××丽·买×提'],
    ['阿·买买提', '×·买×提'],
    ['𠮷田𠮷', '𠮷×𠮷'],
    ['䶮强', '䶮×'],
    ['王', '×'],
    ['', ''],
    ['Anna Li', 'A××a L×'],
    ['尼玛次仁扎西', '尼××××西'],
  ])('%s is shown as %s', (name, masked) => {
    expect(maskName(name)).toBe(masked);
  });

  it('never shows a whole name, whatever its length', () => {
    for (let length = 1; length <= 20; length++) {
      const name = '𠮷'.repeat(length);
      expect(maskName(name)).toContain('×');
      expect([...maskName(name)]).toHaveLength(length);
    }
  });
});

describe('a name', () => {
  it.each([
    '陈',
    '𠮷田',
    '㛃',
    '䶮强',
    '阿依古丽·买买提',
    '〇心',
    'Anna Li',
    '字'.repeat(20),
    '𠮷'.repeat(20),
  ])('%s is one', (name) => {
    expect(isName(name)).toBe(true);
    expect(personName().parse(name)).toBe(name);
  });

  it.each([
    '',
    ' ',
    '陈1',
    '陈，芳',
    '陈<b>',
    '·芳',
    '芳·',
    '陈··芳',
    '字'.repeat(21),
    '=cmd()',
    '陈\u0000芳',
    '陈\ud800',
    '陈\u202e芳',
    '😀',
  ])('%j is none', (name) => {
    expect(personName().safeParse(name).success).toBe(false);
  });

  it('is tidied: dots people type become ·, blanks around go', () => {
    expect(tidyName(' 阿依古丽 • 买买提 ')).toBe('阿依古丽·买买提');
    expect(tidyName('阿依古丽．买买提')).toBe('阿依古丽·买买提');
    expect(personName().parse('阿依古丽.买买提')).toBe('阿依古丽·买买提');
  });

  it('has the surname a household is called by', () => {
    expect(['陈芳', '欧阳小芳', '欧阳', '阿依古丽·买买提'].map(surnameOf)).toEqual([
      '陈',
      '欧阳',
      '欧',
      '阿依古丽',
    ]);
  });

  it('is spelled with its surname read as one', () => {
    expect(spellName('单小芳')).toEqual({ pinyin: 'shanxiaofang', initials: 'sxf' });
    expect(spellName('曾强').pinyin).toBe('zengqiang');
    expect(spellName('𠮷').pinyin).toBe('');
  });
});

describe('a household code', () => {
  it('is written with two and three digits, and read back however it is typed', () => {
    expect(householdCode(3, 17)).toBe('03-017');
    for (const text of ['03-017', '3-17', '０３－０１７', ' 3—17 '])
      expect(parseHouseholdCode(text)).toBe('03-017');
    for (const text of ['', '3', '3-', '0-1', '1-0', '100-1', '1-1000', '3-17a']) {
      expect(parseHouseholdCode(text)).toBeNull();
    }
  });
});

describe('under fourteen', () => {
  const day = '2026-11-24' as Day;
  it('is assumed through the whole year of the fourteenth birthday, and not after', () => {
    const at = (birthYear: number) => mayBeUnder14({ birthYear, relation: 'CHILD' }, day);
    expect([at(2013), at(2012), at(2011)]).toEqual([true, true, false]);
    expect(mayBeUnder14({ birthYear: 2012, relation: 'CHILD' }, '2026-12-31' as Day)).toBe(true);
    expect(mayBeUnder14({ birthYear: 2012, relation: 'CHILD' }, '2027-01-01' as Day)).toBe(false);
  });

  it('without a birth year is assumed unless the relation rules it out', () => {
    expect(mayBeUnder14({ birthYear: null, relation: 'GRANDCHILD' }, day)).toBe(true);
    expect(mayBeUnder14({ birthYear: null, relation: 'OTHER' }, day)).toBe(true);
    expect(mayBeUnder14({ birthYear: null, relation: 'HEAD' }, day)).toBe(false);
  });
});

it('a phone number is shown with its middle struck out', () => {
  expect(maskPhone('13812341234')).toBe('138****1234');
  expect(maskPhone('12')).toBe('**');
});

it('a household is exempt by any of the three flags', () => {
  const none = { isFiveGuarantee: false, isDisabled: false, isAbsent: false };
  expect(isExemptHousehold(none)).toBe(false);
  for (const flag of Object.keys(none)) expect(isExemptHousehold({ ...none, [flag]: true })).toBe(true);
});

it('a pair of kin is the same row from both sides', () => {
  expect(kinPair('b', 'a')).toEqual(kinPair('a', 'b'));
});

it('a form says beside which field it is wrong, in Chinese', () => {
  const parsed = addHouseholdInput.safeParse({
    groupId: 'x',
    headName: '陈1',
    birthYear: '二〇',
    phone: '12345',
  });
  const fields = parsed.error?.issues.map((issue) => issue.path[0]);
  expect(new Set(fields)).toEqual(new Set(['groupId', 'headName', 'birthYear', 'phone']));
  for (const issue of parsed.error?.issues ?? []) expect(issue.message).toMatch(/[\u4e00-\u9fff]/);
});
