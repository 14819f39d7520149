// Makes assets/fonts anew from Noto's own fonts; by hand, when they change. In a folder with the packages unpacked:
//   node scripts/cut-fonts.mjs NotoSansSC_500Medium.ttf NotoSansSC_700Bold.ttf NotoSerifSC_600SemiBold.ttf \
//     NotoSerifSC_900Black.ttf NotoSansCJK-Medium.ttc
import { readFileSync, writeFileSync } from 'node:fs';
import { brotliCompressSync, constants } from 'node:zlib';
import { Blob, Face } from 'harfbuzzjs';

const [medium, bold, semibold, black, cjk] = process.argv.slice(2).map((path) => readFileSync(path));
/** The face for mainland China in Noto's collection. */
const SC = 2;

const cutter = readFileSync(new URL('../node_modules/harfbuzzjs/dist/harfbuzz-subset.wasm', import.meta.url));
const tag = (name) => [...name].reduce((sum, letter) => (sum << 8) + letter.charCodeAt(0), 0);

async function cut(file, bytes, codes, index = 0) {
  // A fresh one each time: nothing is given back.
  const { exports: c } = (await WebAssembly.instantiate(cutter)).instance;
  c._initialize();
  const at = c.malloc(bytes.length);
  new Uint8Array(c.memory.buffer).set(bytes, at);
  const face = c.hb_face_create(c.hb_blob_create(at, bytes.length, 2, 0, 0), index);
  const input = c.hb_subset_input_create_or_fail();
  c.hb_set_clear(c.hb_subset_input_set(input, 6));
  for (const table of ['GSUB', 'GPOS', 'GDEF', 'BASE', 'vhea', 'vmtx', 'VORG', 'STAT', 'DSIG', 'gasp']) {
    c.hb_set_add(c.hb_subset_input_set(input, 3), tag(table));
  }
  for (const name of [0, 1, 2, 4, 6, 13, 14]) c.hb_set_add(c.hb_subset_input_set(input, 4), name);
  c.hb_subset_input_set_flags(input, 0x201);
  for (const code of codes) c.hb_set_add(c.hb_subset_input_unicode_set(input), code);
  const blob = c.hb_face_reference_blob(c.hb_subset_or_fail(face, input));
  const from = c.hb_blob_get_data(blob, 0);
  const small = Buffer.from(
    new Uint8Array(c.memory.buffer).subarray(from, from + c.hb_blob_get_length(blob)),
  );
  const params = { [constants.BROTLI_PARAM_QUALITY]: 11, [constants.BROTLI_PARAM_LGWIN]: 24 };
  writeFileSync(`assets/fonts/${file}`, brotliCompressSync(small, { params }));
}

const codesOf = (text) => [...text].map((char) => char.codePointAt(0));
const all = (bytes, index = 0) => [...new Face(new Blob(bytes), index).collectUnicodes()];

const latin = Array.from({ length: 95 }, (_, n) => 0x20 + n);
const marks = codesOf('·×—–“”‘’、。，：；！？（）《》〈〉【】〔〕…　〓①②③④⑤⑥⑦⑧⑨⑩%％+−±°℃');
// GB 2312 level 1: the 3,755 commonest characters.
const common = [];
for (let row = 0xb0; row <= 0xd7; row++) {
  for (let cell = 0xa1; cell <= 0xfe; cell++) {
    const char = new TextDecoder('gbk').decode(Uint8Array.of(row, cell));
    if (char !== '\ufffd' && char.length === 1) common.push(char.codePointAt(0));
  }
}
const titles = codesOf(
  '红黑榜光荣证书之家奖状荣誉积分代金券村社区星级公示牌善行德文明美庭院好婆媳邻里先进示范户个人路河道段广场表彰' +
    '一二三四五六七八九十第年季度月日名单居民组人物最孝老爱亲卫生清洁互助志愿服务平安和谐风尚家园',
);
const has = new Set(all(medium));
const rare = all(cjk, SC).filter(
  (code) =>
    code >= 0x2e80 &&
    !has.has(code) &&
    !(code >= 0xac00 && code <= 0xd7ff) &&
    !(code >= 0x3130 && code <= 0x318f),
);

await cut('sans-medium.ttf.br', medium, has);
await cut('sans-bold.ttf.br', bold, [...latin, ...marks, ...common]);
await cut('serif-semibold.ttf.br', semibold, all(semibold));
await cut('serif-black.ttf.br', black, [...latin, ...marks, ...titles]);
await cut('sans-rare.otf.br', cjk, rare, SC);
