// Sets type: measures what the fonts have, cuts out the few characters a document needs, and draws pictures. It runs as
// a process of its own (lib/platform/print/press.ts starts and ends it), because fonts weigh tens of megabytes and
// drawing takes seconds, and without anything of the program but the folder of fonts. The characters are drawn from
// their outlines, so that neither the system's fonts nor its settings change a pixel.
//
// In:  { id, op: 'missing', text } | { id, op: 'fonts', wanted: { <face>: text } } | { id, op: 'picture', drawing }
// Out: { id, ok: true, answer } or { id, ok: false, why }

import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { brotliDecompressSync } from 'node:zlib';
import * as hb from 'harfbuzzjs';
import sharp from 'sharp';

const FOLDER = process.env.CUNFEN_FONTS;

/** Each face, its file, and who stands in for a character it lacks. */
const FACES = {
  sans: { file: 'sans-medium.ttf.br', next: 'rare' },
  bold: { file: 'sans-bold.ttf.br', next: 'sans' },
  serif: { file: 'serif-semibold.ttf.br', next: 'sans' },
  title: { file: 'serif-black.ttf.br', next: 'serif' },
  rare: { file: 'sans-rare.otf.br', next: null },
};

sharp.cache(false);
sharp.concurrency(1);

const opened = new Map();

function face(name) {
  let known = opened.get(name);
  if (!known) {
    const bytes = brotliDecompressSync(readFileSync(join(FOLDER, FACES[name].file)));
    const font = new hb.Font(new hb.Face(new hb.Blob(bytes)));
    known = { name, bytes, font, glyphs: new Map() };
    opened.set(name, known);
  }
  return known;
}

/** The first face from `name` on that has the character, and its glyph there. */
function find(name, char) {
  const code = char.codePointAt(0);
  for (let at = name; at; at = FACES[at].next) {
    const one = face(at);
    const glyph = one.font.nominalGlyph(code);
    if (glyph) return { face: one, glyph };
  }
  return null;
}

function missing(text) {
  return [...new Set(text)].filter((char) => char.trim() !== '' && !find('sans', char));
}

// The part of HarfBuzz that cuts fonts is a module of its own, with nothing but its C functions.
let cutter;

async function openCutter() {
  if (!cutter) {
    const file = fileURLToPath(import.meta.resolve('harfbuzzjs/dist/harfbuzz-subset.wasm'));
    cutter = (await WebAssembly.instantiate(readFileSync(file))).instance.exports;
    cutter._initialize();
  }
  return cutter;
}

const WRITABLE = 2;
const DROPPED_TABLES = 3;
const KEPT_FEATURES = 6;
const NO_HINTING = 0x1;
const NO_LAYOUT_CLOSURE = 0x200;
const tag = (name) => [...name].reduce((sum, letter) => (sum << 8) + letter.charCodeAt(0), 0);

/** A font of these characters alone. */
async function cut(name, chars) {
  const c = await openCutter();
  const { bytes } = face(name);
  const at = c.malloc(bytes.length);
  new Uint8Array(c.memory.buffer).set(bytes, at);
  const blob = c.hb_blob_create(at, bytes.length, WRITABLE, 0, 0);
  const whole = c.hb_face_create(blob, 0);
  c.hb_blob_destroy(blob);
  const input = c.hb_subset_input_create_or_fail();
  c.hb_set_clear(c.hb_subset_input_set(input, KEPT_FEATURES));
  for (const table of ['GSUB', 'GPOS', 'GDEF', 'BASE', 'vhea', 'vmtx', 'VORG', 'STAT', 'DSIG', 'gasp']) {
    c.hb_set_add(c.hb_subset_input_set(input, DROPPED_TABLES), tag(table));
  }
  c.hb_subset_input_set_flags(input, NO_HINTING | NO_LAYOUT_CLOSURE);
  const set = c.hb_subset_input_unicode_set(input);
  for (const char of chars) c.hb_set_add(set, char.codePointAt(0));
  const small = c.hb_subset_or_fail(whole, input);
  c.hb_subset_input_destroy(input);
  if (!small) throw new Error('the font could not be cut');
  const result = c.hb_face_reference_blob(small);
  const from = c.hb_blob_get_data(result, 0);
  const length = c.hb_blob_get_length(result);
  const out = Buffer.from(new Uint8Array(c.memory.buffer).subarray(from, from + length));
  c.hb_blob_destroy(result);
  c.hb_face_destroy(small);
  c.hb_face_destroy(whole);
  c.free(at);
  return out;
}

async function fonts(wanted) {
  const chars = new Map();
  for (const [name, text] of Object.entries(wanted)) {
    for (const char of new Set(text)) {
      const found = find(name, char);
      if (!found) continue;
      const set = chars.get(found.face.name) ?? new Set();
      chars.set(found.face.name, set.add(char));
    }
  }
  const cutOut = {};
  for (const name of Object.keys(FACES)) {
    const set = chars.get(name);
    if (set) cutOut[name] = (await cut(name, [...set].sort())).toString('base64');
  }
  return cutOut;
}

const EM = 1000;
const short = (number) => String(Math.round(number * 100) / 100);

/** A picture as SVG of outlines alone. */
function toSvg(drawing) {
  const symbols = new Map();
  const body = drawing.items.map((item) => {
    if (item.kind === 'rect') {
      const stroke = item.stroke ? ` stroke="${item.stroke}" stroke-width="${item.strokeWidth}"` : '';
      return `<rect x="${item.x}" y="${item.y}" width="${item.width}" height="${item.height}" fill="${item.fill ?? 'none'}"${stroke}/>`;
    }
    if (item.kind === 'path') {
      return `<path transform="translate(${item.x} ${item.y}) scale(${item.scale})" d="${item.d}" fill="${item.fill}" shape-rendering="crispEdges"/>`;
    }
    return setText(item, symbols);
  });
  return (
    `<svg xmlns="http://www.w3.org/2000/svg" width="${drawing.width}" height="${drawing.height}">` +
    `<rect width="100%" height="100%" fill="${drawing.ground}"/>` +
    `<defs>${[...symbols].map(([id, d]) => `<path id="${id}" d="${d}"/>`).join('')}</defs>${body.join('')}</svg>`
  );
}

/** One line of text; wider than it may be, it is set smaller. `anchor` says where `x` is: start, middle or end. */
function setText(item, symbols) {
  const run = [];
  let width = 0;
  const spacing = ((item.spacing ?? 0) * EM) / item.size;
  for (const char of item.text) {
    const found = find(item.face, char);
    if (!found) continue;
    if (run.length > 0) width += spacing;
    run.push({ ...found, at: width });
    width += found.face.font.glyphHAdvance(found.glyph);
  }
  const size = item.widthMost ? Math.min(item.size, (item.widthMost * EM) / Math.max(width, 1)) : item.size;
  const scale = size / EM;
  const left = item.x - (item.anchor === 'end' ? width : item.anchor === 'middle' ? width / 2 : 0) * scale;
  const uses = run.map(({ face: one, glyph, at }) => {
    const id = `${one.name}${glyph}`;
    if (!symbols.has(id)) symbols.set(id, one.font.glyphToPath(glyph));
    return `<use href="#${id}" x="${short(at)}"/>`;
  });
  return `<g fill="${item.fill}" transform="translate(${short(left)} ${short(item.y)}) scale(${scale} ${-scale})">${uses.join('')}</g>`;
}

async function picture(drawing) {
  const svg = Buffer.from(toSvg(drawing));
  const png = await sharp(svg, { limitInputPixels: 60_000_000, unlimited: true })
    .flatten({ background: drawing.ground })
    .png({ palette: true, colours: 32, dither: 0, compressionLevel: 9, effort: 2 })
    .toBuffer();
  return png.toString('base64');
}

const ops = {
  missing: ({ text }) => missing(text),
  fonts: ({ wanted }) => fonts(wanted),
  picture: ({ drawing }) => picture(drawing),
};

process.on('message', async (message) => {
  try {
    process.send({ id: message.id, ok: true, answer: await ops[message.op](message) });
  } catch (error) {
    process.send({ id: message.id, ok: false, why: String(error?.stack ?? error) });
  }
});
process.on('disconnect', () => process.exit(0));
