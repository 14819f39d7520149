import { type Day, yearOf } from '@/lib/platform/clock';
import type { HouseholdFlags, MemberView, Relation } from './types';

// What holds for names, household codes and ages. Pure; characters are counted as people count them (𠮷 is one).

/** The longest name we keep. */
export const NAME_CHARACTERS_MOST = 20;

/** Surnames of two characters that are still common enough to meet in a village. */
const COMPOUND_SURNAMES = new Set([
  ...['欧阳', '司马', '上官', '诸葛', '司徒', '东方', '独孤', '南宫', '万俟', '闻人', '夏侯', '尉迟', '公羊'],
  ...['赫连', '澹台', '皇甫', '宗政', '濮阳', '公冶', '太叔', '申屠', '公孙', '慕容', '仲孙', '钟离', '长孙'],
  ...['宇文', '鲜于', '闾丘', '令狐', '端木', '百里', '呼延', '东郭', '南门', '羊舌', '微生', '西门', '第五'],
]);

const NAME = /^[\p{L}\p{M}〇]+(?:[· ][\p{L}\p{M}〇]+)*$/u;

/** Brings the dots people type between the parts of a name to the one we keep, `·`. */
export function tidyName(text: string): string {
  return text
    .normalize('NFC')
    .trim()
    .replace(/\s*[•・‧∙･⋅.．]\s*/g, '·')
    .replace(/\s+/g, ' ');
}

/** Whether `text` is a name: letters of any script, rare ones too, parts joined by `·` or a space. */
export function isName(text: string): boolean {
  const length = [...text].length;
  return length >= 1 && length <= NAME_CHARACTERS_MOST && NAME.test(text);
}

/** How many characters at the head of a name are the surname. */
export function surnameLength(name: string): 1 | 2 {
  const characters = [...name];
  return characters.length >= 3 && COMPOUND_SURNAMES.has(characters.slice(0, 2).join('')) ? 2 : 1;
}

/** The surname as a household is called by it: 陈 of 陈芳, 欧阳 of 欧阳小芳; the first part of a name with `·`. */
export function surnameOf(name: string): string {
  const [first = ''] = name.split('·');
  if (first !== name) return first;
  return [...name].slice(0, surnameLength(name)).join('');
}

/**
 * A name as the public sees it: 陈小芳 → 陈×芳, 王强 → 王×, 欧阳小芳 → 欧阳×芳, 阿依古丽·买买提 → 阿××丽·买×提.
 * One character alone is masked whole: nothing of it could be shown without showing it all.
 */
export function maskName(name: string): string {
  if (/[· ]/.test(name)) return name.replace(/[^· ]+/g, (part) => maskPart([...part], 1));
  return maskPart([...name], surnameLength(name));
}

function maskPart(characters: string[], shownFirst: number): string {
  const head = characters.slice(0, shownFirst).join('');
  const rest = characters.slice(shownFirst);
  if (characters.length <= 1) return '×'.repeat(characters.length);
  if (rest.length === 1) return `${head}×`;
  return `${head}${'×'.repeat(rest.length - 1)}${rest.at(-1) ?? ''}`;
}

/** A phone number as others see it: 138****1234. Anything else is masked whole. */
export function maskPhone(phone: string): string {
  return /^\d{11}$/.test(phone) ? `${phone.slice(0, 3)}****${phone.slice(7)}` : '*'.repeat([...phone].length);
}

/** A household's code, `03-017`: its group and its running number in it. */
export function householdCode(group: number, number: number): string {
  return `${String(group).padStart(2, '0')}-${String(number).padStart(3, '0')}`;
}

/** `text` as a household code, forgiving `3-17` and full-width digits; null when it is none. */
export function parseHouseholdCode(text: string): string | null {
  const narrow = text.normalize('NFKC').replace(/[—–−]/g, '-').trim();
  const found = /^(\d{1,2})-(\d{1,3})$/.exec(narrow);
  if (!found || Number(found[1]) < 1 || Number(found[2]) < 1) return null;
  return householdCode(Number(found[1]), Number(found[2]));
}

/** Under-14s are never listed, photographed or deducted. */
export const LISTED_FROM_AGE = 14;

/** Relations to the head that no child under 14 has. */
export const SURELY_GROWN: ReadonlySet<Relation> = new Set<Relation>([
  'HEAD',
  'SPOUSE',
  'PARENT',
  'GRANDPARENT',
  'CHILD_IN_LAW',
]);

/**
 * Whether someone may still be under 14 on `day`. Only the birth year is kept, so who turns 14 this year counts as
 * under 14 all year. Of someone without a birth year it is assumed unless the relation to the head rules it out.
 */
export function mayBeUnder14(who: { birthYear: number | null; relation: Relation }, day: Day): boolean {
  if (who.birthYear === null) return !SURELY_GROWN.has(who.relation);
  return Number(yearOf(day)) - who.birthYear <= LISTED_FROM_AGE;
}

/** Whether a household is never deducted and never on a black list: 五保, 失能, 无人在家. */
export function isExemptHousehold(flags: HouseholdFlags): boolean {
  return flags.isFiveGuarantee || flags.isDisabled || flags.isAbsent;
}

/** Kin are one row a pair: the smaller id first. */
export function kinPair(one: string, other: string): { residentAId: string; residentBId: string } {
  return one < other ? { residentAId: one, residentBId: other } : { residentAId: other, residentBId: one };
}

/** Why a household is exempt, as it is said: 五保、无人在家; '' when it isn't. */
export function sayFlags(flags: HouseholdFlags): string {
  const said = [
    flags.isFiveGuarantee ? '五保' : '',
    flags.isDisabled ? '失能' : '',
    flags.isAbsent ? '无人在家' : '',
  ];
  return said.filter(Boolean).join('、');
}

interface HouseholdFacts {
  doorNumber: string;
  flags: HouseholdFlags;
}

/** What a form that changes a household showed of it, sent back with it: "010 1号". Of another it would undo a change. */
export function shownOf({ doorNumber, flags }: HouseholdFacts): string {
  const marks = [flags.isFiveGuarantee, flags.isDisabled, flags.isAbsent];
  return `${marks.map(Number).join('')} ${doorNumber}`.trim();
}

/** What a household's form shows, as it is said: 门牌“1号”，失能. */
export function sayFacts({ doorNumber, flags }: HouseholdFacts): string {
  return `${doorNumber ? `门牌“${doorNumber}”` : '没有门牌'}，${sayFlags(flags) || '没有五保、失能、无人在家'}`;
}

/** Whether a member is secretary today or later: an office that the village neither gives nor ends. */
export function holdsSecretary({ appointments }: Pick<MemberView, 'appointments'>): boolean {
  return appointments.some((held) => held.role === 'SECRETARY');
}
