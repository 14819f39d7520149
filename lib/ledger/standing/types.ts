/** What is ranked: households, or the people of them. */
export type RankedBy = 'household' | 'resident';

/** A line of a ranking; the name is masked. */
export interface RankView {
  /** the household's or resident's id */
  id: string;
  /** ties carry the same place; the next one counts them: 1, 2, 2, 4 */
  place: number;
  /** 03-017 */
  householdCode: string;
  /** masked: the head's of a household, '' when it has none */
  name: string;
  honour: number;
}

export interface RankPage {
  lines: RankView[];
  /** how many are ranked */
  total: number;
  /** the highest honour score: what bars are drawn against */
  most: number;
  /** counting from 1; pages beyond the last are the last */
  page: number;
  pages: number;
}

export interface OwnRank {
  place: number;
  /** where the line stands: its page and the ones before it */
  page: number;
  honour: number;
  total: number;
}
