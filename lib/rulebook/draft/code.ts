import { spellWord } from '@/lib/residents/pinyin';

// Codes name the same category or item across versions: caps and the difference go by them. People never type them.

/** A code for a new category from its name's initials, other than those taken. */
export function newCategoryCode(name: string, taken: ReadonlySet<string>): string {
  const initials = spellWord(name).initials.toUpperCase().slice(0, 12);
  const basis = initials.length >= 2 ? initials : `${initials}LB`;
  for (let place = 0; ; place++) {
    const code = place === 0 ? basis : `${basis}_${lettersOf(place)}`;
    if (!taken.has(code)) return code;
  }
}

/** A, B … Z, AA, AB … */
function lettersOf(place: number): string {
  const rest = Math.floor((place - 1) / 26);
  return `${rest > 0 ? lettersOf(rest) : ''}${String.fromCharCode(65 + ((place - 1) % 26))}`;
}

/**
 * A code for a new item of a category, after every code that any version of the village has used: what was another
 * item once does not come back under its code. Null when 99 are used up.
 */
export function newItemCode(categoryCode: string, used: readonly string[]): string | null {
  const pattern = new RegExp(`^${categoryCode}-(\\d{2})$`);
  const numbers = used.map((code) => Number(pattern.exec(code)?.[1] ?? 0));
  const next = Math.max(0, ...numbers) + 1;
  return next > 99 ? null : `${categoryCode}-${String(next).padStart(2, '0')}`;
}
