import type { DocumentKind, ListKind, ListSubject } from '@/lib/platform/generated/enums';

/** One line of a list as it is published: nothing in it may say more than its household agreed to. */
export interface ListedRow {
  rank: number;
  /** as it may be shown: masked, or in full with consent; of a place its name */
  name: string;
  /** whether the name is shown in full by consent */
  isNamed: boolean;
  /** household code and group, 一组 01-004; of a place its kind and who keeps it, 路段 · 一组 */
  where: string;
  points: number;
  /** of a black row: the items it rests on, 露天焚烧秸秆、垃圾（2026年8月3日） */
  reasons: string[];
  /** of a black row: what would repair it */
  repair: string;
}

/** All that a document of a list says. The same facts always give the same bytes. */
export interface ListFacts {
  villageId: string;
  listId: string;
  villageName: string;
  townshipName: string;
  districtName: string;
  /** fictional: the document says so */
  isDemo: boolean;
  kind: ListKind;
  subject: ListSubject;
  /** 2026年第三季度 */
  periodName: string;
  rows: ListedRow[];
  /** the ledger's moment it was drawn from, as it is said: 2026年10月8日 09:00 */
  asOf: string;
  /** 前 10 名（并列同列）, or what else the rule is */
  rule: string;
  /** first and last day of publicity, as they are said; null while it is not public */
  publicity: { from: string; until: string } | null;
  /** days of the answer to an objection and where to bring it, one sentence */
  objectionNote: string;
  /** 按村民会议 2026年1月12日通过的第 2 版细则 */
  rulebookNote: string;
  /** the page's address, for the QR code */
  address: string;
  /** edition of the documents, from 1; and the short hash of the ones they take the place of */
  edition: number;
  replaces: string | null;
}

/** A document of a list that is out at present. */
export interface DocumentView {
  kind: DocumentKind;
  edition: number;
  bytes: number;
  madeAt: Date;
  /** its hash as it is compared by eye: 7F3A 91C2 */
  number: string;
  /** the last part of its address: page.html */
  file: string;
}

/** One edition of a list's documents. */
export interface EditionView {
  edition: number;
  /** 凭证号: of its page, as it stands on posters and pictures */
  number: string;
  madeAt: Date;
  retiredAt: Date | null;
  retiredWhy: string;
}
