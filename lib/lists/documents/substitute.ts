import type { ListFacts } from './types';

/** What stands for a character that no font has: a sign nobody takes for a blank, and how it is read. */
export const SUBSTITUTE = '〓';

/** Every text of a list's facts in one: what its documents may have to set. */
export function allText(facts: ListFacts): string {
  const { rows, publicity, ...rest } = facts;
  const said = rows.flatMap((row) => [row.name, row.where, row.repair, ...row.reasons]);
  return [...said, publicity?.from, publicity?.until, ...Object.values(rest)]
    .filter((one) => typeof one === 'string')
    .join('');
}

/**
 * The facts with each character that no font has replaced by 〓 and, where it is known, how it is read: 张〓(jí).
 * `readingOf` answers '' when it isn't.
 */
export function substituteMissing(
  facts: ListFacts,
  missing: readonly string[],
  readingOf: (char: string) => string,
): ListFacts {
  if (missing.length === 0) return facts;
  const set = new Set(missing);
  const mend = (text: string) =>
    [...text]
      .map((char) => {
        if (!set.has(char)) return char;
        const reading = readingOf(char);
        return reading ? `${SUBSTITUTE}(${reading})` : SUBSTITUTE;
      })
      .join('');
  return {
    ...facts,
    villageName: mend(facts.villageName),
    townshipName: mend(facts.townshipName),
    districtName: mend(facts.districtName),
    rule: mend(facts.rule),
    objectionNote: mend(facts.objectionNote),
    rulebookNote: mend(facts.rulebookNote),
    rows: facts.rows.map((row) => ({
      ...row,
      name: mend(row.name),
      where: mend(row.where),
      reasons: row.reasons.map(mend),
      repair: mend(row.repair),
    })),
  };
}

/** The characters of a text that many phones and old computers have no glyph for, each once, in order. */
export function rareCharacters(text: string): string {
  const rare = [...new Set(text)].filter((char) => {
    const code = char.codePointAt(0) ?? 0;
    const isHan = (code >= 0x3400 && code <= 0x9fff) || code >= 0x20000;
    return isHan && !(code >= 0x4e00 && code <= 0x9fa5);
  });
  return rare.sort().join('');
}
