import sharp from 'sharp';
import type { Random } from './random';

// Pictures of what shops give, drawn: one thing in front of a plain wall. Nothing of it is a real brand.

export type Ware =
  | 'bottle'
  | 'bag'
  | 'soap'
  | 'bowl'
  | 'plate'
  | 'comb'
  | 'shirt'
  | 'book'
  | 'tool'
  | 'bulb'
  | 'hands'
  | 'pulse'
  | 'egg'
  | 'towel'
  | 'front';

const GROUNDS = [
  ['#d8d2c2', '#b7a98c'],
  ['#cfd8d3', '#98a99d'],
  ['#e2d3bd', '#b89a73'],
  ['#c9d2da', '#8f9fae'],
  ['#dcd6d0', '#a99c90'],
] as const;

const INKS = ['#b3201f', '#23604a', '#2f4f7a', '#8a5a00', '#6b3a5c'] as const;

const SHAPES: Record<Ware, (ink: string) => string> = {
  bottle: (ink) =>
    `<path d="M340 120h120v60l30 60v300q0 20-20 20H330q-20 0-20-20V240l30-60z" fill="#e8c24a"/><rect x="350" y="90" width="100" height="40" fill="${ink}"/><rect x="310" y="330" width="180" height="120" fill="#fffdf5"/><rect x="330" y="360" width="140" height="16" fill="${ink}"/><rect x="330" y="392" width="100" height="12" fill="#999"/>`,
  bag: (ink) =>
    `<path d="M260 180q140-50 280 0l30 360q-170 40-340 0z" fill="#f1ead6"/><path d="M290 160q110-30 220 0l-10 40q-100-26-200 0z" fill="${ink}"/><circle cx="400" cy="370" r="80" fill="none" stroke="${ink}" stroke-width="14"/><path d="M370 400q30-90 60 0" fill="none" stroke="${ink}" stroke-width="12"/>`,
  soap: (ink) =>
    `<rect x="230" y="330" width="340" height="180" rx="50" fill="#f7f2e6"/><rect x="280" y="380" width="240" height="80" rx="24" fill="none" stroke="${ink}" stroke-width="12"/><g fill="#ffffff" opacity=".85"><circle cx="300" cy="270" r="44"/><circle cx="380" cy="220" r="30"/><circle cx="450" cy="280" r="54"/></g>`,
  bowl: (ink) =>
    `<path d="M200 330h400q-10 190-200 200q-190-10-200-200z" fill="#fdfaf2"/><path d="M200 330h400v24H200z" fill="${ink}"/><path d="M240 330q40-60 80 0t80 0 80 0 80 0" fill="none" stroke="#e6c25a" stroke-width="22"/><path d="M470 140L420 320M520 150L450 320" stroke="#7a4b3a" stroke-width="14"/>`,
  plate: (ink) =>
    `<ellipse cx="400" cy="400" rx="240" ry="120" fill="#fdfaf2"/><ellipse cx="400" cy="390" rx="170" ry="76" fill="#e6dcc4"/><g fill="${ink}"><circle cx="340" cy="370" r="34"/><circle cx="420" cy="350" r="40"/><circle cx="480" cy="390" r="32"/></g><g fill="#3f7a46"><rect x="330" y="400" width="60" height="16"/><rect x="420" y="410" width="70" height="14"/></g>`,
  comb: (ink) =>
    `<rect x="220" y="250" width="360" height="70" rx="20" fill="${ink}"/>${Array.from({ length: 11 }, (_, i) => `<rect x="${240 + i * 31}" y="320" width="14" height="120" fill="${ink}"/>`).join('')}<circle cx="300" cy="520" r="34" fill="none" stroke="#555" stroke-width="14"/><circle cx="400" cy="520" r="34" fill="none" stroke="#555" stroke-width="14"/>`,
  shirt: (ink) =>
    `<path d="M300 170l-130 90 50 90 60-36v260h240V314l60 36 50-90-130-90q-100 70-200 0z" fill="${ink}"/><path d="M340 180q60 44 120 0" fill="none" stroke="#fff" stroke-width="10"/>`,
  book: (ink) =>
    `<path d="M180 220q110-40 220 10v330q-110-50-220-10z" fill="#fdfaf2"/><path d="M620 220q-110-40-220 10v330q110-50 220-10z" fill="#efe7d3"/><g stroke="${ink}" stroke-width="10"><path d="M220 300h130M220 350h130M220 400h100M450 300h130M450 350h130"/></g>`,
  tool: (ink) =>
    `<path d="M250 530L450 330a90 90 0 0 1 120-120l-60 60 40 40 60-60a90 90 0 0 1-120 120L290 570z" fill="#8d959b"/><rect x="220" y="500" width="90" height="90" rx="16" transform="rotate(-45 265 545)" fill="${ink}"/>`,
  bulb: (ink) =>
    `<path d="M400 140a150 150 0 0 1 90 270q-20 20-20 60H330q0-40-20-60a150 150 0 0 1 90-270z" fill="#f6e08a"/><rect x="335" y="480" width="130" height="26" fill="#888"/><rect x="345" y="512" width="110" height="26" fill="${ink}"/>`,
  hands: (ink) =>
    `<path d="M400 320q-60-90-130-40t130 200q200-150 130-200t-130 40z" fill="${ink}"/><path d="M160 470q100 30 160 100h160q60-70 160-100v90q-120 20-180 70H340q-60-50-180-70z" fill="#e8c9a6"/>`,
  pulse: (ink) =>
    `<rect x="200" y="200" width="400" height="300" rx="26" fill="#fdfaf2"/><path d="M230 360h90l40-90 60 170 50-110 30 30h70" fill="none" stroke="${ink}" stroke-width="16"/><rect x="330" y="520" width="140" height="26" fill="#999"/>`,
  egg: (ink) =>
    `<path d="M180 420h440l-40 120H220z" fill="${ink}"/><g fill="#e9c6a0"><ellipse cx="260" cy="370" rx="56" ry="72"/><ellipse cx="370" cy="350" rx="56" ry="72"/><ellipse cx="480" cy="370" rx="56" ry="72"/><ellipse cx="560" cy="390" rx="46" ry="60"/></g>`,
  towel: (ink) =>
    `<rect x="220" y="180" width="360" height="380" rx="12" fill="#f5f0e4"/><rect x="220" y="250" width="360" height="30" fill="${ink}"/><rect x="220" y="300" width="360" height="12" fill="${ink}"/><rect x="220" y="500" width="360" height="24" fill="${ink}"/>`,
  front: (ink) =>
    `<rect x="90" y="130" width="620" height="470" fill="#e9e1d0"/><rect x="70" y="100" width="660" height="100" fill="${ink}"/><rect x="200" y="130" width="400" height="40" fill="#f7e9c8"/><path d="M90 200h620l-30 60H120z" fill="#fdfaf2"/><path d="M90 200h77l-8 60h-39zM244 200h78l-2 60h-70zM400 200h77l6 60h-73zM555 200h78l18 60h-76z" fill="${ink}"/><rect x="130" y="290" width="240" height="200" fill="#9fb8c0"/><rect x="430" y="290" width="130" height="310" fill="#7a4b3a"/><rect x="130" y="500" width="240" height="60" fill="#b08a5a"/><circle cx="545" cy="450" r="8" fill="#f0d48a"/>`,
};

/** Draws the picture of a ware, as a phone would hand it over. */
export async function drawWare(ware: Ware, random: Random): Promise<Buffer> {
  const [wall, table] = random.pick(GROUNDS);
  const ink = random.pick(INKS);
  const tilt = random.whole(-2, 2);
  const svg = `<svg xmlns="http://www.w3.org/2000/svg" width="800" height="700" viewBox="0 0 800 700">
    <rect width="800" height="700" fill="${wall}"/><rect y="${ware === 'front' ? 590 : 520}" width="800" height="200" fill="${table}"/>
    <ellipse cx="400" cy="572" rx="230" ry="22" fill="#000" opacity="${ware === 'front' ? 0 : 0.14}"/>
    <g transform="rotate(${tilt} 400 400)">${SHAPES[ware](ink)}</g></svg>`;
  return sharp(Buffer.from(svg)).jpeg({ quality: 84 }).toBuffer();
}
