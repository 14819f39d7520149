import sharp from 'sharp';
import type { Random } from './random';

// A signed sheet as somebody photographs it on a table: lines of writing that say nothing, and a name that is none.

/** Draws a paper; `lines` of writing on it. */
export async function drawPaper(random: Random, lines = 6): Promise<Buffer> {
  const rows = Array.from({ length: lines }, (_, index) => {
    const width = index === lines - 1 ? random.whole(180, 320) : random.whole(420, 460);
    return `<rect x="170" y="${250 + index * 58}" width="${width}" height="15" rx="7" fill="#8b8f94"/>`;
  }).join('');
  const y = 250 + lines * 58 + 70;
  const strokes = Array.from(
    { length: 7 },
    () => `q${random.whole(8, 22)} ${random.whole(-38, 38)} ${random.whole(26, 40)} ${random.whole(-12, 12)}`,
  ).join(' ');
  const svg = `<svg xmlns="http://www.w3.org/2000/svg" width="900" height="1200" viewBox="0 0 800 1066">
    <rect width="800" height="1066" fill="#8a6a4a"/>
    <path d="M0 180 H800 M0 520 H800 M0 880 H800" stroke="#77583a" stroke-width="6"/>
    <g transform="rotate(${random.whole(-3, 3)} 400 533)">
      <rect x="100" y="90" width="600" height="880" fill="#f7f5ee"/>
      <rect x="280" y="160" width="240" height="26" rx="8" fill="#5d6166"/>
      ${rows}
      <path d="M380 ${y} ${strokes}" fill="none" stroke="#23304a" stroke-width="6" stroke-linecap="round"/>
    </g>
  </svg>`;
  return sharp(Buffer.from(svg)).jpeg({ quality: 84 }).toBuffer();
}
