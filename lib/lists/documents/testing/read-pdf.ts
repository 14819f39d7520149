import { inflateSync } from 'node:zlib';

// What a PDF by Chromium draws for a character, read from the file itself: its fonts with the outlines they embed. No
// reader's fallback fonts come between.

export interface DrawnCharacter {
  /** of the embedded font, as it calls itself */
  font: string;
  /** its code in that font; 0 is the box for what it lacks */
  glyph: number;
  /** its outline as the file has it; empty when nothing is drawn */
  outline: Buffer;
}

/** Every character that the file says it shows, and what is drawn for it. */
export function readCharacters(pdf: Uint8Array): Map<string, DrawnCharacter> {
  const objects = objectsOf(Buffer.from(pdf));
  const found = new Map<string, DrawnCharacter>();
  for (const { text } of objects.values()) {
    if (!/\/Type \/Font\b/.test(text) || !text.includes('/ToUnicode')) continue;
    const drawn = text.includes('/Subtype /Type3')
      ? drawnOfProcedures(objects, text)
      : drawnOfTables(objects, text);
    for (const [glyph, character] of unicodeOf(
      streamOf(objects, refOf(text, 'ToUnicode')).toString('latin1'),
    )) {
      found.set(character, { font: drawn.font, glyph, outline: drawn.outline(glyph) });
    }
  }
  return found;
}

interface PdfObject {
  text: string;
  stream: Buffer;
}
type Objects = Map<number, PdfObject>;

function objectsOf(pdf: Buffer): Objects {
  const text = pdf.toString('latin1');
  const objects: Objects = new Map();
  for (const match of text.matchAll(/^(\d+) 0 obj\n/gm)) {
    const from = match.index + match[0].length;
    const end = text.indexOf('\nendobj', from);
    const at = text.slice(from, end).search(/>> ?stream\r?\n/);
    const head = at < 0 ? text.slice(from, end) : text.slice(from, from + at + 2);
    const start = at < 0 ? end : text.indexOf('\n', from + at) + 1;
    const length = Number(/\/Length (\d+)/.exec(head)?.[1] ?? 0);
    // a stream may contain what looks like the end of an object
    objects.set(Number(match[1]), { text: head, stream: pdf.subarray(start, start + length) });
  }
  return objects;
}

function refOf(text: string, key: string): number {
  return Number(new RegExp(`/${key} \\[?(\\d+) 0 R`).exec(text)?.[1]);
}

function streamOf(objects: Objects, id: number): Buffer {
  const object = objects.get(id);
  if (!object) throw new Error(`the PDF has no object ${id}`);
  return object.text.includes('/FlateDecode') ? inflateSync(object.stream) : object.stream;
}

/** The pairs of a ToUnicode map: bfchar, and bfrange with one start. */
function unicodeOf(map: string): [glyph: number, character: string][] {
  const said = (hex: string) => Buffer.from(hex, 'hex').swap16().toString('utf16le');
  const pairs: [number, string][] = [];
  for (const [, body = ''] of map.matchAll(/beginbfchar\n([\s\S]*?)endbfchar/g)) {
    for (const [, glyph = '', to = ''] of body.matchAll(/<([0-9A-F]+)> <([0-9A-F]+)>/g))
      pairs.push([Number.parseInt(glyph, 16), said(to)]);
  }
  for (const [, body = ''] of map.matchAll(/beginbfrange\n([\s\S]*?)endbfrange/g)) {
    for (const [, from = '', until = '', to = ''] of body.matchAll(
      /<([0-9A-F]+)> <([0-9A-F]+)> <([0-9A-F]+)>/g,
    )) {
      const first = Number.parseInt(from, 16);
      const start = said(to).codePointAt(0) ?? 0;
      for (let glyph = first; glyph <= Number.parseInt(until, 16); glyph++)
        pairs.push([glyph, String.fromCodePoint(start + glyph - first)]);
    }
  }
  return pairs;
}

interface Drawn {
  font: string;
  outline: (glyph: number) => Buffer;
}

/** A font of TrueType outlines: by its tables `loca` and `glyf`. */
function drawnOfTables(objects: Objects, font: string): Drawn {
  const descendant = objects.get(refOf(font, 'DescendantFonts'))?.text ?? '';
  const descriptor = objects.get(refOf(descendant, 'FontDescriptor'))?.text ?? '';
  const file = streamOf(objects, refOf(descriptor, 'FontFile2'));
  const tables = new Map<string, Buffer>();
  for (let n = 0; n < file.readUInt16BE(4); n++) {
    const at = 12 + 16 * n;
    const start = file.readUInt32BE(at + 8);
    tables.set(file.toString('latin1', at, at + 4), file.subarray(start, start + file.readUInt32BE(at + 12)));
  }
  const [head, loca, glyf] = ['head', 'loca', 'glyf'].map((name) => tables.get(name) ?? Buffer.alloc(0));
  const isLong = head?.readInt16BE(50) === 1;
  const placeOf = (glyph: number) =>
    (isLong ? loca?.readUInt32BE(4 * glyph) : 2 * (loca?.readUInt16BE(2 * glyph) ?? 0)) ?? 0;
  return {
    font: /\/FontName \/(?:[A-Z]+\+)?([^\s/]+)/.exec(descriptor)?.[1] ?? '',
    outline: (glyph) => glyf?.subarray(placeOf(glyph), placeOf(glyph + 1)) ?? Buffer.alloc(0),
  };
}

/** A font whose outlines Chromium writes as drawings, one a character: it does so with those of OpenType's other kind. */
function drawnOfProcedures(objects: Objects, font: string): Drawn {
  const descriptor = objects.get(refOf(font, 'FontDescriptor'))?.text ?? '';
  const names = /\/Differences \[0 ([^\]]*)\]/.exec(font)?.[1]?.split(/\s+/) ?? [];
  return {
    font: /\/FontName \/(?:[A-Z]+\+)?([^\s/]+)/.exec(descriptor)?.[1] ?? '',
    outline(code) {
      const name = names[code] ?? '/g0';
      const id = Number(new RegExp(`${name} (\\d+) 0 R`).exec(font.slice(font.indexOf('/CharProcs')))?.[1]);
      // g0 is the box for what the font lacks; the first line of the others is the box they stand in
      return name === '/g0' || !id
        ? Buffer.alloc(0)
        : Buffer.from(streamOf(objects, id).toString('latin1').split('\n').slice(1).join('\n'));
    },
  };
}
