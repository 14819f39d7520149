import type { Drawing, DrawnItem } from '@/lib/platform/print/types';
import { QR_QUIET, qrCode } from '@/lib/platform/qr';
import type { ListedRow, ListFacts } from './types';
import {
  breakLines,
  isRanked,
  NO_ROWS,
  sayCalled,
  sayEdition,
  sayFoot,
  sayHash,
  sayKind,
  sayName,
  sayPoints,
  sayRule,
  sayWhose,
  widthOf,
} from './wording';

// The picture for the WeChat group: 1080 pixels wide, which a phone shows at about a third, so nothing in it is set
// smaller than 34. Pure: what is drawn, not how.

export const PICTURE_WIDTH = 1080;
const EDGE = 84;
const INNER = PICTURE_WIDTH - 2 * EDGE;
const INK = '#1b1a18';
const SOFT = '#4a453d';
const LINE = '#c9c1b2';
const RED = '#b3201f';
/** From so many rows on the picture has two columns: one of a hundred rows would be too long for a chat. */
const TWO_COLUMNS_FROM = 41;

type Text = Omit<Extract<DrawnItem, { kind: 'text' }>, 'kind'>;

/** Takes items and keeps account of how far down the picture has come. */
class Sheet {
  readonly items: DrawnItem[] = [];
  y = 0;
  text(of: Text): void {
    this.items.push({ kind: 'text', ...of });
  }
  rect(x: number, y: number, width: number, height: number, fill: string): void {
    this.items.push({ kind: 'rect', x, y, width, height, fill });
  }
}

/** The picture of a list. `pageHash` is that of its page. */
export function drawPicture(facts: ListFacts, pageHash: string): Drawing {
  const sheet = new Sheet();
  const ink = facts.kind === 'RED' ? RED : INK;
  drawHead(sheet, facts, ink);
  if (facts.rows.length === 0) {
    sheet.y += 120;
    sheet.text({
      text: NO_ROWS,
      face: 'sans',
      size: 44,
      fill: SOFT,
      x: PICTURE_WIDTH / 2,
      y: sheet.y,
      anchor: 'middle',
    });
    sheet.y += 80;
  } else if (facts.rows.some((row) => row.reasons.length > 0 || row.repair)) {
    for (const row of facts.rows) drawCase(sheet, facts, row, ink);
  } else if (facts.rows.length >= TWO_COLUMNS_FROM) {
    drawColumns(sheet, facts, ink);
  } else {
    for (const row of facts.rows) drawRow(sheet, facts, row, ink);
  }
  drawFoot(sheet, facts, pageHash);
  const height = sheet.y;
  return {
    width: PICTURE_WIDTH,
    height,
    ground: '#ffffff',
    items: [...frame(facts.kind, height), ...sheet.items],
  };
}

function frame(kind: ListFacts['kind'], height: number): DrawnItem[] {
  const box = (inset: number, stroke: string, strokeWidth: number): DrawnItem => ({
    kind: 'rect',
    x: inset,
    y: inset,
    width: PICTURE_WIDTH - 2 * inset,
    height: height - 2 * inset,
    stroke,
    strokeWidth,
  });
  if (kind === 'RED') return [box(11, RED, 22), box(33, RED, 3)];
  const bar = (y: number): DrawnItem => ({
    kind: 'rect',
    x: 0,
    y,
    width: PICTURE_WIDTH,
    height: 44,
    fill: INK,
  });
  return [box(2, INK, 4), bar(0), bar(height - 44)];
}

function drawHead(sheet: Sheet, facts: ListFacts, ink: string): void {
  const middle = PICTURE_WIDTH / 2;
  const centred = { x: middle, anchor: 'middle', widthMost: INNER } as const;
  sheet.y = 84;
  if (!facts.publicity) {
    sheet.y += 30;
    sheet.text({ ...centred, text: '预览，尚未公示', face: 'sans', size: 36, fill: INK, y: sheet.y });
  }
  sheet.y += 190;
  sheet.text({
    ...centred,
    text: sayKind(facts.kind),
    face: 'title',
    size: 200,
    fill: ink,
    spacing: 60,
    y: sheet.y,
  });
  sheet.y += 66;
  drawOrnament(sheet, ink);
  sheet.y += 74;
  sheet.text({
    ...centred,
    text: sayWhose(facts),
    face: 'serif',
    size: 52,
    fill: INK,
    spacing: 3,
    y: sheet.y,
  });
  sheet.y += 72;
  sheet.text({
    ...centred,
    text: sayCalled(facts),
    face: 'serif',
    size: 52,
    fill: INK,
    spacing: 3,
    y: sheet.y,
  });
  sheet.y += 60;
  sheet.text({ ...centred, text: sayRule(facts), face: 'sans', size: 36, fill: SOFT, y: sheet.y });
  sheet.y += 44;
  sheet.rect(EDGE, sheet.y, INNER, 4, ink);
}

function drawOrnament(sheet: Sheet, ink: string): void {
  const middle = PICTURE_WIDTH / 2;
  sheet.rect(middle - 260, sheet.y - 1, 220, 3, ink);
  sheet.rect(middle + 40, sheet.y - 1, 220, 3, ink);
  sheet.items.push({
    kind: 'path',
    d: 'M0-12 12 0 0 12-12 0zM-26-5-21 0-26 5-31 0zM26-5 31 0 26 5 21 0z',
    x: middle,
    y: sheet.y,
    scale: 1,
    fill: ink,
  });
}

const NAME = 54;
/** Beside the place a name may be so wide; longer ones have the line, or two, for themselves. */
const NAME_BESIDE = 350;
const NAME_ALONE = 590;

/** Where names begin: behind their places, where they have them. */
const leftOf = (facts: ListFacts) => (isRanked(facts) ? EDGE + 100 : EDGE + 4);

function drawRow(sheet: Sheet, facts: ListFacts, row: ListedRow, ink: string): void {
  const name = sayName(facts, row);
  const isLong = widthOf(name) * NAME > NAME_BESIDE || widthOf(row.where) * 36 > 240;
  const lines = isLong ? breakLines(name, NAME_ALONE / NAME) : [name];
  const x = leftOf(facts);
  let base = sheet.y + (isLong ? 66 : 71);
  if (isRanked(facts)) {
    const place = { text: String(row.rank), face: 'bold', size: 50, fill: ink } as const;
    sheet.text({ ...place, x: EDGE + 4, y: base, widthMost: 84 });
  }
  sheet.text({
    text: sayPoints(facts, row),
    face: 'bold',
    size: NAME,
    fill: INK,
    x: EDGE + INNER,
    y: base,
    anchor: 'end',
    widthMost: 220,
  });
  lines.forEach((text, at) => {
    const widthMost = isLong ? NAME_ALONE : NAME_BESIDE;
    sheet.text({ text, face: 'sans', size: NAME, fill: INK, x, y: base + at * 66, widthMost });
  });
  base += (lines.length - 1) * 66;
  const where = { text: row.where, face: 'sans', size: 36, fill: SOFT } as const;
  if (isLong) sheet.text({ ...where, x, y: base + 54, widthMost: EDGE + INNER - x });
  else sheet.text({ ...where, x: EDGE + 470, y: base - 4, widthMost: 210 });
  sheet.y = base + (isLong ? 84 : 33);
  sheet.rect(EDGE, sheet.y - 1, INNER, 2, LINE);
}

function drawCase(sheet: Sheet, facts: ListFacts, row: ListedRow, ink: string): void {
  const left = leftOf(facts);
  const width = EDGE + INNER - left;
  drawRow(sheet, facts, row, ink);
  sheet.items.pop();
  const size = 40;
  const most = width / size;
  sheet.y += 40;
  const lines = [
    ...row.reasons.flatMap((reason) => breakLines(reason, most)),
    ...(row.repair ? breakLines(`怎么撤下：${row.repair}`, most) : []),
  ];
  for (const text of lines) {
    sheet.text({ text, face: 'sans', size, fill: INK, x: left, y: sheet.y, widthMost: width });
    sheet.y += 58;
  }
  sheet.y += 4;
  sheet.rect(EDGE, sheet.y - 1, INNER, 3, INK);
}

function drawColumns(sheet: Sheet, facts: ListFacts, ink: string): void {
  const width = (INNER - 40) / 2;
  const height = 112;
  const half = Math.ceil(facts.rows.length / 2);
  const top = sheet.y;
  facts.rows.forEach((row, at) => {
    const x = EDGE + (at < half ? 0 : width + 40);
    const y = top + (at % half) * height;
    sheet.text({ text: String(row.rank), face: 'bold', size: 40, fill: ink, x, y: y + 54, widthMost: 72 });
    sheet.text({
      text: sayName(facts, row),
      face: 'sans',
      size: 44,
      fill: INK,
      x: x + 80,
      y: y + 54,
      widthMost: 216,
    });
    sheet.text({
      text: sayPoints(facts, row),
      face: 'bold',
      size: 40,
      fill: INK,
      x: x + width,
      y: y + 54,
      anchor: 'end',
      widthMost: 132,
    });
    sheet.text({
      text: row.where,
      face: 'sans',
      size: 34,
      fill: SOFT,
      x: x + 80,
      y: y + 97,
      widthMost: width - 80,
    });
    sheet.rect(x, y + height - 1, width, 2, LINE);
  });
  sheet.y = top + half * height;
}

function drawFoot(sheet: Sheet, facts: ListFacts, pageHash: string): void {
  const size = 34;
  const side = 280;
  const { modules, path } = qrCode(facts.address);
  const scale = Math.floor(side / (modules + 2 * QR_QUIET)) || 1;
  const drawn = scale * (modules + 2 * QR_QUIET);
  sheet.y += 64;
  const top = sheet.y - 34;
  const textWidth = INNER - drawn - 24;
  const lines = [...sayFoot(facts), `凭证号 ${sayHash(pageHash)}`, sayEdition(facts)];
  for (const text of lines.flatMap((line) => breakLines(line, textWidth / size))) {
    sheet.text({ text, face: 'sans', size, fill: INK, x: EDGE, y: sheet.y, widthMost: textWidth });
    sheet.y += 50;
  }
  const right = EDGE + INNER - drawn + QR_QUIET * scale;
  sheet.items.push({ kind: 'path', d: path, x: right, y: top + QR_QUIET * scale, scale, fill: '#000000' });
  const caption = { face: 'sans', size, fill: INK, x: EDGE + INNER - drawn / 2, anchor: 'middle' } as const;
  sheet.text({ ...caption, text: '长按识别看榜单', y: top + drawn + 26, widthMost: drawn });
  sheet.y = Math.max(sheet.y, top + drawn + 40) + 76;
}
