import { escapeHtml, fontFaces, htmlDocument } from '@/lib/platform/print/shell';
import type { CutFonts } from '@/lib/platform/print/types';
import { qrSvg } from '@/lib/platform/qr';
import type { ListedRow, ListFacts } from './types';
import {
  isRanked,
  NO_ROWS,
  sayCalled,
  sayEdition,
  sayFigure,
  sayFoot,
  sayKind,
  sayName,
  sayRule,
  sayTitle,
  sayWhose,
} from './wording';

// The list as a page for phones: one file without scripts and without anything from outside, short in its markup,
// because villagers open it on a weak network. HTML lets the ends of cells and rows be left out.

const SERIF = '"Songti SC","Noto Serif CJK SC","Source Han Serif SC",STSong,SimSun,serif';
const SANS = '"PingFang SC","Noto Sans CJK SC","Microsoft YaHei",system-ui,sans-serif';

const STYLE = `*{box-sizing:border-box;margin:0}
body{background:#e9e4d9;color:#1b1a18;font:18px/1.5 c-sans,c-rare,${SANS};font-variant-numeric:tabular-nums;-webkit-text-size-adjust:100%}
main{max-width:680px;margin:0 auto;background:#fffefb;padding:32px 20px 28px;border:8px solid var(--k);position:relative;overflow-wrap:anywhere}
.RED main:before{content:"";position:absolute;inset:5px;border:1.5px solid var(--k);pointer-events:none}
.BLACK main{border-width:14px 1.5px}
h1{font:900 72px/1.1 ${SERIF};color:var(--k);letter-spacing:.22em;text-indent:.22em;text-align:center}
.w{text-align:center;font-size:21px;margin-top:10px}.w+.w{margin:0 0 4px}.r{text-align:center;color:#5d574e;font-size:17px}
table{width:100%;border-collapse:collapse;margin:20px 0 0}th{font-weight:400;font-size:16px;color:#5d574e;text-align:left;padding:0 4px 6px 0;white-space:nowrap}
td{padding:11px 6px 11px 0;border-top:1px solid #ddd6c9;vertical-align:baseline}tr:last-child td{border-bottom:1px solid #ddd6c9}
td:nth-last-child(4){width:2.1em;font-weight:700;color:var(--k)}td:nth-last-child(3){font-size:21px;line-height:1.3}td:nth-last-child(2){font-size:16px;color:#5d574e;width:6.5em}td:last-child{font-size:21px;font-weight:700;text-align:right;padding-right:0;white-space:nowrap}th:last-child{text-align:right;padding-right:0}
.d td{border-top:0;padding-top:0;font-size:18px!important;font-weight:400!important;line-height:1.5;text-align:left!important;white-space:normal!important}.d p+p{margin-top:4px}.d b{font-weight:700}.d+tr td{border-top:1px solid #ddd6c9}
.e{padding:28px 0;text-align:center;color:#5d574e}
footer{margin-top:24px;font-size:16px;color:#5d574e}footer p{margin-bottom:6px}footer div{display:flex;gap:16px;align-items:center;margin-top:16px}.qr{width:132px;height:132px;flex:none}
a{color:var(--k);display:inline-block;padding:10px 0;font-size:18px}
.pre{background:#1b1a18;color:#fff;text-align:center;padding:6px;margin-bottom:20px}
@media print{body{background:#fff}main{border-width:6px}tr{break-inside:avoid}}`;

const HEADS = {
  HOUSEHOLD: ['名次', '户主', '组和户号', '积分'],
  RESIDENT: ['名次', '姓名', '组和户号', '积分'],
  PLACE: ['名次', '地段', '哪一类，谁管', '得分'],
} as const;

/** The list as a self-contained page. `rareFonts` has the characters that phones may lack. */
export function renderPage(facts: ListFacts, rareFonts: CutFonts): string {
  const kind = sayKind(facts.kind);
  const [place, name, where, points] = HEADS[facts.subject];
  const rows = facts.rows.map((row) => renderRow(facts, row)).join('');
  const table = rows
    ? `<table><tr>${isRanked(facts) ? `<th>${place}` : ''}<th>${name}<th>${where}<th>${isRanked(facts) ? points : '扣分'}${rows}</table>`
    : `<p class="e">${NO_ROWS}</p>`;
  const notes = sayFoot(facts).map((line) => `<p>${escapeHtml(line)}`);
  return htmlDocument({
    title: sayTitle(facts),
    css: `${fontFaces(rareFonts)}:root{--k:${facts.kind === 'RED' ? '#b3201f' : '#1b1a18'}}${STYLE}`,
    body:
      `<body class="${facts.kind}"><main>${facts.publicity ? '' : '<p class="pre">预览，尚未公示</p>'}` +
      `<h1>${kind}</h1><p class="w">${escapeHtml(sayWhose(facts))}<p class="w">${sayCalled(facts)}<p class="r">${escapeHtml(sayRule(facts))}</p>${table}` +
      `<footer>${notes.join('')}<p>${escapeHtml(sayEdition(facts))}</p>` +
      `<div>${qrSvg(facts.address, `${kind}的网址`)}<p><a href="${escapeHtml(facts.address)}">看榜单现在的样子</a><br>` +
      '这一页可以转发、打印；榜单有更正或到期后，以网址里的为准。</div></footer></main></body>',
  });
}

function renderRow(facts: ListFacts, row: ListedRow): string {
  const place = isRanked(facts) ? `<td>${row.rank}` : '';
  const line = `<tr>${place}<td>${escapeHtml(sayName(facts, row))}<td>${escapeHtml(row.where)}<td>${sayFigure(facts, row)}`;
  if (row.reasons.length === 0 && !row.repair) return line;
  const reasons = row.reasons.map((reason) => `<p>${escapeHtml(reason)}`).join('');
  const repair = row.repair ? `<p><b>怎么撤下：</b>${escapeHtml(row.repair)}` : '';
  return `${line}<tr class=d><td colspan=3>${reasons}${repair}`;
}
