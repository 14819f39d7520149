import 'server-only';
import { spellWord } from '@/lib/residents/pinyin';

/** What a name or title is found by: its letters and their first ones, of each word; written when it is. */
export function spellForSearch(...words: string[]): string {
  return words
    .map((word) => spellWord(word))
    .map(({ pinyin, initials }) => `${pinyin} ${initials}`)
    .join(' ')
    .slice(0, 400);
}

/** The patterns of a search among names and their spelling: everything when nothing is looked for. */
export function searchPattern(search: string): string {
  const literal = search.replace(/[\\%_]/g, '\\$&');
  return `%${literal.replace(/(?<=[a-z])['\s]+(?=[a-z])/g, '').replaceAll('ü', 'v')}%`;
}
