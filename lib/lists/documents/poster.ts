import { escapeHtml, FAMILIES, fontFaces, htmlDocument } from '@/lib/platform/print/shell';
import type { CutFonts, Face } from '@/lib/platform/print/types';
import { qrSvg } from '@/lib/platform/qr';
import { layOut, POSTER, REASON, type SetRow, type Sheet } from './layout';
import type { ListFacts } from './types';
import {
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
  sayTitle,
  sayWhose,
} from './wording';

// The poster for the road, A3 and A4. The word and the frame tell a red list from a black one, so that a copier without
// colours loses nothing: a red list has a double frame with stepped corners, a black one heavy bars above and below.

export type Paper = 'A3' | 'A4';

const PAPERS = {
  A3: { width: 297, height: 420, unit: 10 },
  A4: { width: 210, height: 297, unit: 10 / Math.SQRT2 },
} as const;

/** Millimetres of A3, as the root unit of the paper. */
const mm = (length: number) => `${Number((length / 10).toFixed(3))}rem`;

/** What each face has to set on a poster. */
export function posterText(facts: ListFacts, pageHash: string): Record<Face, string> {
  const figures = facts.rows.map((row) => `${row.rank}${sayPoints(facts, row)}`).join('');
  const rows = facts.rows.map((row) => sayName(facts, row) + row.where + row.reasons.join('') + row.repair);
  const foot = [...sayFoot(facts), sayEdition(facts), sayHash(pageHash), sayRule(facts)].join('');
  return {
    title: sayKind(facts.kind),
    serif: sayWhole(facts),
    bold: `${figures}凭证号怎么撤下：0123456789ABCDEF`,
    sans: `${rows.join('')}${foot}${WORDS}0123456789ABCDEF`,
  };
}

const WORDS = `扫码看榜单第张共，凭证号怎么撤下：${NO_ROWS}预览尚未公示打印这一页`;

// A browser asks for the font of rare characters only when it has found the other one to lack them, and Chromium prints
// as soon as the fonts are there that it asked for first: every second PDF had them from the system, or as a box. A blank
// of that font has it asked for at once.
const ASK_EARLY = 'body::before{content:"\\3000";position:absolute;font-family:c-rare}';

/** A poster as print HTML. `pageHash` is that of the list's page, which the QR code leads to. */
export function renderPoster(facts: ListFacts, paper: Paper, fonts: CutFonts, pageHash: string): string {
  const layout = layOut(facts);
  const count = layout.sheets.length;
  const sheets = layout.sheets.map((sheet, at) => renderSheet(facts, sheet, at, count, pageHash));
  const { width } = PAPERS[paper];
  return htmlDocument({
    title: `${sayTitle(facts)}（${paper}）`,
    viewport: `width=${Math.round((width * 96) / 25.4) + 40}`,
    css: fontFaces(fonts) + (fonts.rare ? ASK_EARLY : '') + posterStyle(paper, facts.kind),
    body: `<body class="${facts.kind} ${layout.form}"><main><p class="hint">${paper} 纸，共 ${count} 张。打印时选 ${paper} 纸，边距选“无”。</p>${sheets.join('')}</main></body>`,
  });
}

/** 青竹村 · 2026年第三季度 · 先进个人: a sheet has room for one line */
const sayWhole = (facts: ListFacts) => [sayWhose(facts), sayCalled(facts)].filter(Boolean).join(' · ');

/** A smaller size for a line too long to stand in `width` as it is: a second line would print over the rows. */
function fitting(line: string, width: number): string {
  // with its spacing a character takes 1.07 em, one of the Latin ones and of the digits somewhat over half of that
  const ems = [...line].reduce((sum, one) => sum + (one < '\u0100' ? 0.65 : 1.07), 0);
  return ems * 11 <= width ? '' : ` style="font-size:${mm(Math.floor((width / ems) * 10) / 10)}"`;
}

function renderSheet(facts: ListFacts, sheet: Sheet, at: number, count: number, pageHash: string): string {
  const kind = sayKind(facts.kind);
  const part = count > 1 ? `第 ${at + 1} 张，共 ${count} 张` : '';
  const head =
    at === 0
      ? `<header><h1>${kind}</h1>${ORNAMENT}<p class="whose"${fitting(sayWhole(facts), 236)}>${escapeHtml(sayWhole(facts))}</p><p class="rule">${[escapeHtml(sayRule(facts)), part].filter(Boolean).join(' · ')}</p></header>`
      : `<header class="next"><h1>${kind}</h1><p class="whose"${fitting(sayWhole(facts), 150)}>${escapeHtml(sayWhole(facts))}<small>${part}</small></p></header>`;
  const columns = sheet.columns.map(
    (rows) => `<div class="col">${rows.map((row) => renderRow(facts, row)).join('')}</div>`,
  );
  const body = facts.rows.length > 0 ? columns.join('') : `<p class="none">${NO_ROWS}</p>`;
  const foot = sayFoot(facts).map((line) => `<p>${escapeHtml(line)}</p>`);
  return (
    `<section>${frame(facts.kind)}${facts.publicity ? '' : '<p class="pre">预览，尚未公示</p>'}${head}` +
    `<div class="rows"${sheet.above > 2 ? ` style="margin-top:${mm(sheet.above)}"` : ''}>${body}</div>` +
    `<footer><div>${foot.join('')}<p><b>凭证号 ${sayHash(pageHash)}</b> · ${escapeHtml(sayEdition(facts))}</p></div>` +
    `<figure>${qrSvg(facts.address, `${kind}的网址`)}<figcaption>扫码看榜单</figcaption></figure></footer></section>`
  );
}

function renderRow(facts: ListFacts, set: SetRow): string {
  const { row } = set;
  const style = `height:${mm(set.height)};font-size:${mm(set.size)}`;
  const name = `<b${set.scale < 1 ? ` class="${set.breaks ? 'two' : 'one'}" style="font-size:${set.scale.toFixed(3)}em"` : ''}>${escapeHtml(set.name)}</b>`;
  const line = `${isRanked(facts) ? `<i>${row.rank}</i>` : ''}${name}<span>${escapeHtml(row.where)}</span><em>${sayPoints(facts, row)}</em>`;
  if (set.reasons.length === 0 && set.repair.length === 0)
    return `<div class="row" style="${style}">${line}</div>`;
  const [first = '', ...more] = set.repair;
  const head = escapeHtml(first).replace('怎么撤下：', '<strong>怎么撤下：</strong>');
  const lines = [...set.reasons.map(escapeHtml), head, ...more.map(escapeHtml)].filter(Boolean);
  return `<div class="case" style="height:${mm(set.height)}"><div class="row" style="height:${mm(REASON.name)};font-size:${mm(set.size)}">${line}</div>${lines.map((text) => `<p>${text}</p>`).join('')}</div>`;
}

const ORNAMENT =
  '<svg class="orn" viewBox="0 0 160 8"><path d="M0 3.4h70v.5H0zM0 4.7h66v.2H0zM90 3.4h70v.5H90zM94 4.7h66v.2H94zM80 .6l3.4 3.4L80 7.4 76.6 4zM73 2.8 74.2 4 73 5.2 71.8 4zM87 2.8 88.2 4 87 5.2 85.8 4z"/></svg>';

/** The frame, on a sheet of 297 × 420. */
function frame(kind: ListFacts['kind']): string {
  const paths =
    kind === 'RED'
      ? '<path d="M9.5 9.5h278v401H9.5z" fill="none" stroke="#b3201f" stroke-width="5"/>' +
        '<path d="M24.5 16h248v8.5h8.5v371h-8.5v8.5h-248v-8.5H16v-371h8.5z" fill="none" stroke="#b3201f" stroke-width=".9"/>' +
        [
          [18.6, 18.6],
          [275.8, 18.6],
          [18.6, 398.8],
          [275.8, 398.8],
        ]
          .map(([x, y]) => `<path d="M${x} ${y}h2.6v2.6h-2.6z" fill="#b3201f"/>`)
          .join('')
      : '<path d="M9.5 9.5h278v401h-278z" fill="none" stroke="#1b1a18" stroke-width="1"/><path d="M9 9h279v13H9zM9 398h279v13H9z" fill="#1b1a18"/>';
  return `<svg class="frame" viewBox="0 0 297 420" aria-hidden="true">${paths}</svg>`;
}

function posterStyle(paper: Paper, kind: ListFacts['kind']): string {
  const { width, height, unit } = PAPERS[paper];
  const ink = kind === 'RED' ? '#b3201f' : '#1b1a18';
  return `@page{size:${width}mm ${height}mm;margin:0}
*{box-sizing:border-box;margin:0;padding:0;font-weight:400;font-style:normal;-webkit-print-color-adjust:exact;print-color-adjust:exact}
html{font-size:${unit.toFixed(4)}mm;-webkit-text-size-adjust:100%;text-size-adjust:100%}
body{font-family:${FAMILIES.sans};color:#1b1a18;background:#cfcabf}
section{position:relative;width:${mm(297)};height:${mm(419.9)};margin:0 auto 5mm;padding:${mm(34)} ${mm(30)} 0;background:#fff;overflow:hidden;break-after:page;break-inside:avoid}
section:last-of-type{break-after:auto}
.hint{font-size:16px;padding:14px 20px;text-align:center}
.frame{position:absolute;left:0;top:0;width:100%;height:${mm(420)}}.orn{display:block;width:${mm(150)};height:${mm(7.5)};margin:${mm(5)} auto ${mm(5)};fill:${ink}}
.pre{position:absolute;top:${mm(23)};left:${mm(30)};right:${mm(30)};text-align:center;font-size:${mm(5.6)};letter-spacing:.2em}
header{position:relative;text-align:center;height:${mm(104)}}
h1{font-family:${FAMILIES.title};font-size:${mm(kind === 'RED' ? 54 : 50)};line-height:1;color:${ink};letter-spacing:.26em;text-indent:.26em;padding-top:${mm(2)}}
.whose{font-family:${FAMILIES.serif};font-size:${mm(11)};line-height:1.25;letter-spacing:.06em}
.rule{font-size:${mm(6)};line-height:1.4;margin-top:${mm(3)};color:#4a453d}
header.next{height:${mm(50)};display:flex;align-items:flex-end;justify-content:space-between;padding-bottom:${mm(8)};text-align:left}
.next h1{font-size:${mm(30)};letter-spacing:.12em;text-indent:0}.next .whose{padding-bottom:${mm(1.5)}}
.rows{position:relative;display:flex;gap:${mm(POSTER.gutter)};align-items:flex-start}
.col{flex:1;min-width:0;border-top:${mm(0.5)} solid ${kind === 'RED' ? ink : '#1b1a18'}}
.row{display:grid;align-items:center;border-bottom:${mm(0.3)} solid #bdb5a6;line-height:1.12}
.WIDE .row{grid-template-columns:${mm(23)} ${mm(114)} 1fr auto;column-gap:0}.REASONS .row{grid-template-columns:${mm(137)} 1fr auto}
.PAIR .row{grid-template-columns:${mm(16)} 1fr auto;grid-template-rows:auto auto;align-content:center}
.DENSE .row{grid-template-columns:${mm(12)} ${mm(47)} 1fr auto}
i,em{font-family:${FAMILIES.bold};white-space:nowrap}i{color:${ink};font-size:.92em}em{text-align:right}
.row b{white-space:nowrap}.row b.two{white-space:normal;overflow-wrap:anywhere}
.row span{font-size:${mm(6.4)};color:#4a453d;line-height:1.2}
.PAIR .row span{grid-area:2/2/3/4;font-size:${mm(5.4)};margin-top:${mm(0.8)}}.PAIR .row em{grid-area:1/3}.DENSE .row span{font-size:${mm(4.6)}}
.DENSE .row em{font-size:.9em}
.case{border-bottom:${mm(0.4)} solid #1b1a18;padding-bottom:${mm(5)};padding-top:${mm(4)}}.case .row{border:0}
.case p{font-size:${mm(REASON.text)};line-height:${mm(REASON.line)};white-space:nowrap}strong{font-family:${FAMILIES.bold}}
.none{flex:1;text-align:center;font-size:${mm(11)};padding:${mm(40)} 0}
footer{position:absolute;left:${mm(30)};right:${mm(30)};bottom:${mm(26)};height:${mm(44)};display:flex;justify-content:space-between;align-items:flex-end;gap:${mm(8)}}
footer p{font-size:${mm(5.4)};line-height:1.6;color:#1b1a18}footer b{font-family:${FAMILIES.bold};letter-spacing:.03em}
figure{flex:none;text-align:center}.qr{display:block;width:${mm(38)};height:${mm(38)};margin:0 ${mm(-4)} 0 0}figcaption{font-size:${mm(4.6)};line-height:1.2}
.next small{display:block;font:400 ${mm(5)}/1.4 ${FAMILIES.sans};letter-spacing:0;text-align:right;color:#4a453d}
@media print{body{background:#fff}section{margin:0}.hint{display:none}}`;
}
