import 'server-only';
import { pinyin } from 'pinyin-pro';

/** What a name is found by: letters without tones and spaces, and first letters. */
export interface Spelling {
  pinyin: string;
  initials: string;
}

/**
 * How a person's name is spelled; the surname is read as a surname (单 shàn, 仇 qiú, 曾 zēng). Characters without a
 * known reading are left out. Done when the name is written, so that searching is a plain comparison.
 */
export function spellName(name: string): Spelling {
  return spell(name, 'head');
}

/** How a word that is no name is spelled, for instance an item of the rulebook. */
export function spellWord(word: string): Spelling {
  return spell(word, 'off');
}

/** How one character is read, with its tone, jí; '' when that isn't known. */
export function readCharacter(char: string): string {
  const [reading = ''] = pinyin(char, { type: 'array', nonZh: 'removed' });
  return reading === char ? '' : reading;
}

function spell(text: string, surname: 'head' | 'off'): Spelling {
  const syllables = pinyin(text, { toneType: 'none', type: 'array', surname, v: true, nonZh: 'consecutive' })
    .map((one) => one.toLowerCase().replace(/[^a-z]/g, ''))
    .filter((one) => one !== '');
  return { pinyin: syllables.join(''), initials: syllables.map((one) => one[0] ?? '').join('') };
}
