import type { CutFonts } from './types';

// What every self-contained document shares: escaping, the head, fonts inside the file. No script, nothing from outside.

/** What a document allows itself: its own styles, pictures and fonts inside the file, nothing else. */
export const DOCUMENT_POLICY =
  "default-src 'none'; script-src 'none'; style-src 'unsafe-inline'; img-src data:; font-src data:; " +
  "base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

/** `text` as it stands in HTML, in an element or an attribute. */
export function escapeHtml(text: string): string {
  return text.replace(/[&<>"']/g, (sign) => `&#${sign.charCodeAt(0)};`);
}

const FORMATS: Record<string, string> = { rare: 'opentype' };

/** The family of a face in a document with cut fonts, with those that stand in for what it lacks. */
export const FAMILIES = {
  sans: 'c-sans,c-rare,"PingFang SC","Noto Sans CJK SC","Microsoft YaHei",sans-serif',
  bold: 'c-bold,c-sans,c-rare,"PingFang SC","Noto Sans CJK SC","Microsoft YaHei",sans-serif',
  serif: 'c-serif,c-sans,c-rare,"Songti SC","Noto Serif CJK SC",SimSun,serif',
  title: 'c-title,c-serif,c-sans,c-rare,"Songti SC","Noto Serif CJK SC",SimSun,serif',
} as const;

/** The @font-face rules of cut fonts, the files inside. */
export function fontFaces(fonts: CutFonts): string {
  return Object.entries(fonts)
    .map(
      ([name, base64]) =>
        `@font-face{font-family:c-${name};src:url(data:font/${FORMATS[name] ? 'otf' : 'ttf'};base64,${base64}) format("${FORMATS[name] ?? 'truetype'}")}`,
    )
    .join('');
}

/** A whole document. `viewport` is how wide a phone shows it. */
export function htmlDocument(parts: { title: string; css: string; body: string; viewport?: string }): string {
  return (
    '<!doctype html><html lang="zh-CN"><meta charset="utf-8">' +
    `<meta name="viewport" content="${parts.viewport ?? 'width=device-width'}">` +
    // ways out of a browser's own accord: telephone numbers as links, translation
    '<meta name="format-detection" content="telephone=no"><meta name="robots" content="noindex">' +
    `<title>${escapeHtml(parts.title)}</title><style>${parts.css}</style>${parts.body}</html>\n`
  );
}
