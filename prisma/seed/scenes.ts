import type { Random } from './random';

// Pictures of good deeds, drawn: sky, hills, a road or a yard, and people as plain figures. Nobody real is in them.

export type SceneKind =
  | 'road'
  | 'river'
  | 'yard'
  | 'field'
  | 'bins'
  | 'square'
  | 'visit'
  | 'night'
  | 'trees'
  | 'hall';

export interface Scene {
  kind: SceneKind;
  width: number;
  height: number;
  svg: string;
}

interface Palette {
  sky: string;
  far: string;
  near: string;
  ground: string;
  path: string;
  wall: string;
  roof: string;
}

const PALETTES: readonly Palette[] = [
  {
    sky: '#9db4c0',
    far: '#5c7a63',
    near: '#6f8f5b',
    ground: '#7d9a62',
    path: '#cbbfa8',
    wall: '#e9e1d0',
    roof: '#7a4b3a',
  },
  {
    sky: '#c9d3d0',
    far: '#7d9284',
    near: '#8aa06a',
    ground: '#93a873',
    path: '#d8cdb8',
    wall: '#f0e9da',
    roof: '#8a5a42',
  },
  {
    sky: '#e3cfae',
    far: '#8c7f66',
    near: '#95894f',
    ground: '#a89a5e',
    path: '#d9c49c',
    wall: '#efe2c6',
    roof: '#6d3f31',
  },
  {
    sky: '#8fa9b8',
    far: '#46645a',
    near: '#587a4c',
    ground: '#668a55',
    path: '#b9ad97',
    wall: '#ded6c6',
    roof: '#5e3d33',
  },
  {
    sky: '#b9c7d6',
    far: '#66808c',
    near: '#77906f',
    ground: '#86a077',
    path: '#c4bba9',
    wall: '#e6e2d8',
    roof: '#93604a',
  },
];
const NIGHT: Palette = {
  sky: '#20303f',
  far: '#16232c',
  near: '#1d2f2a',
  ground: '#22352d',
  path: '#4a4f4c',
  wall: '#57544c',
  roof: '#32251f',
};
const CLOTHES = ['#b3201f', '#2f5d7c', '#3d6b4f', '#8a5a00', '#6b4a73', '#d0832f', '#44505c', '#c6573f'];
const HAIR = ['#3b2f2a', '#2a2522', '#6f6a66', '#a5a09a'];

/** Drawn in units of a large photo, rendered smaller: what a phone sends after shrinking. */
const RENDERED = 0.8;

const n = (value: number) => Math.round(value * 10) / 10;

function hills(
  random: Random,
  width: number,
  top: number,
  bottom: number,
  height: number,
  colour: string,
): string {
  const peaks = random.whole(3, 6);
  const points: string[] = [`0,${n(bottom)}`];
  for (let i = 0; i <= peaks; i++) {
    points.push(`${n((width * i) / peaks)},${n(top + random.next() * (bottom - top))}`);
  }
  points.push(`${width},${n(bottom)}`, `${width},${height}`, `0,${height}`);
  return `<polygon points="${points.join(' ')}" fill="${colour}"/>`;
}

function person(
  random: Random,
  x: number,
  y: number,
  size: number,
  holding: 'broom' | 'bag' | 'spade' | 'lamp' | '',
): string {
  const clothes = random.pick(CLOTHES);
  const hair = random.pick(HAIR);
  const flip = random.chance(0.5) ? -1 : 1;
  const s = size / 100;
  const things = {
    broom: `<path d="M12 -58 L46 -4" stroke="#5a4630" stroke-width="5"/><path d="M40 -14 L60 2 L38 8z" fill="#a98b4f"/>`,
    bag: `<path d="M16 -40 q16 6 12 34 h-22 q-4 -26 10 -34" fill="#d9d4c6"/>`,
    spade: `<path d="M14 -56 L34 -6" stroke="#5a4630" stroke-width="5"/><path d="M28 -12 l14 -2 l-2 16 l-10 0z" fill="#777"/>`,
    lamp: `<path d="M14 -50 L70 -64 L70 -30z" fill="#f7e7a8" opacity="0.6"/><rect x="10" y="-54" width="12" height="6" fill="#222"/>`,
    '': '',
  };
  return `<g transform="translate(${n(x)} ${n(y)}) scale(${n(flip * s * 100) / 100} ${n(s * 100) / 100})">
    <path d="M-14 -70 h28 l7 46 h-42z" fill="${clothes}"/><rect x="-13" y="-26" width="10" height="26" fill="#3a3a3e"/>
    <rect x="4" y="-26" width="10" height="26" fill="#3a3a3e"/><circle cx="0" cy="-84" r="13" fill="#c89f7d"/>
    <path d="M-13 -86 a13 13 0 0 1 26 0 q-13 -7 -26 0" fill="${hair}"/>${things[holding]}</g>`;
}

function house(random: Random, x: number, y: number, w: number, palette: Palette): string {
  const h = w * (0.5 + random.next() * 0.25);
  const door = w * 0.18;
  const lintel = random.chance(0.5)
    ? `<rect x="${n(x + w * 0.4 - 4)}" y="${n(y - h * 0.62)}" width="${n(door + 8)}" height="7" fill="#b3201f"/>`
    : '';
  return `<rect x="${n(x)}" y="${n(y - h)}" width="${n(w)}" height="${n(h)}" fill="${palette.wall}"/>
    <polygon points="${n(x - w * 0.08)},${n(y - h + 3)} ${n(x + w / 2)},${n(y - h - w * 0.3)} ${n(x + w * 1.08)},${n(y - h + 3)}" fill="${palette.roof}"/>
    <rect x="${n(x + w * 0.4)}" y="${n(y - h * 0.55)}" width="${n(door)}" height="${n(h * 0.55)}" fill="#5a4630"/>${lintel}
    <rect x="${n(x + w * 0.1)}" y="${n(y - h * 0.65)}" width="${n(w * 0.17)}" height="${n(h * 0.27)}" fill="#8fa3a8"/>
    <rect x="${n(x + w * 0.72)}" y="${n(y - h * 0.65)}" width="${n(w * 0.17)}" height="${n(h * 0.27)}" fill="#8fa3a8"/>`;
}

function tree(random: Random, x: number, y: number, size: number): string {
  const green = random.pick(['#4d6b46', '#5b7a4b', '#3f5e44', '#728a4e']);
  return `<rect x="${n(x - size * 0.05)}" y="${n(y - size * 0.5)}" width="${n(size * 0.1)}" height="${n(size * 0.5)}" fill="#5a4630"/>
    <ellipse cx="${n(x)}" cy="${n(y - size * 0.72)}" rx="${n(size * (0.25 + random.next() * 0.15))}" ry="${n(size * 0.36)}" fill="${green}"/>`;
}

/** Grass, leaves, gravel: what makes one photo differ from the next in the same place. */
function specks(
  random: Random,
  width: number,
  from: number,
  to: number,
  colours: readonly string[],
  count: number,
): string {
  return Array.from({ length: count }, () => {
    const x = random.next() * width;
    const y = from + random.next() * (to - from);
    const size = 2 + (random.next() * 9 * (y - from)) / Math.max(1, to - from);
    return `<ellipse cx="${n(x)}" cy="${n(y)}" rx="${n(size)}" ry="${n(size * 0.5)}" fill="${random.pick(colours)}" opacity="0.7"/>`;
  }).join('');
}

/** Draws a scene; the same chance gives the same picture. */
export function drawScene(kind: SceneKind, random: Random): Scene {
  const upright = random.chance(0.35);
  const [width, height] = upright ? [960, 1280] : [1280, 960];
  const palette = kind === 'night' ? NIGHT : random.pick(PALETTES);
  const horizon = height * (0.36 + random.next() * 0.2);
  const parts: string[] = [`<rect width="${width}" height="${height}" fill="${palette.sky}"/>`];
  if (kind === 'hall') parts.push(drawHall(random, width, height));
  else {
    if (kind === 'night')
      parts.push(`<circle cx="${n(width * random.next())}" cy="${n(height * 0.14)}" r="34" fill="#e9e2c4"/>`);
    else if (random.chance(0.6)) {
      const x = width * random.next();
      parts.push(
        `<ellipse cx="${n(x)}" cy="${n(height * 0.13)}" rx="${n(width * 0.16)}" ry="26" fill="#ffffff" opacity="0.45"/>`,
      );
    }
    parts.push(hills(random, width, horizon * 0.3, horizon * 0.95, height, palette.far));
    parts.push(hills(random, width, horizon * 0.85, horizon * 1.08, height, palette.near));
    parts.push(
      `<rect y="${n(horizon * 1.05)}" width="${width}" height="${height}" fill="${palette.ground}"/>`,
    );
    parts.push(drawPlace(kind, random, width, height, horizon, palette));
  }
  return {
    kind,
    width,
    height,
    svg: `<svg xmlns="http://www.w3.org/2000/svg" width="${width * RENDERED}" height="${height * RENDERED}" viewBox="0 0 ${width} ${height}">${parts.join('')}</svg>`,
  };
}

function drawHall(random: Random, width: number, height: number): string {
  const wall = random.pick(['#efe7d6', '#e4e4dc', '#f1e3cf']);
  const banner = `<rect x="${n(width * 0.12)}" y="${n(height * 0.1)}" width="${n(width * 0.76)}" height="${n(height * 0.08)}" fill="#b3201f"/>`;
  const rows = [0.62, 0.78, 0.98].map((y, row) =>
    Array.from({ length: random.whole(4, 7) }, (_, i) =>
      person(random, width * (0.08 + i * 0.15 + random.next() * 0.05), height * y, 150 + row * 50, ''),
    ).join(''),
  );
  return `<rect width="${width}" height="${height}" fill="${wall}"/>${banner}
    <rect y="${n(height * 0.56)}" width="${width}" height="${height}" fill="#b8a98d"/>
    <rect x="${n(width * (0.3 + random.next() * 0.25))}" y="${n(height * 0.4)}" width="${n(width * 0.2)}" height="${n(height * 0.12)}" fill="#8a6a48"/>${rows.join('')}`;
}

function drawPlace(
  kind: SceneKind,
  random: Random,
  width: number,
  height: number,
  horizon: number,
  palette: Palette,
): string {
  const at = (from: number, to: number) => width * (from + random.next() * (to - from));
  const low = (from: number, to: number) => height * (from + random.next() * (to - from));
  const people = (count: number, holding: Parameters<typeof person>[4], size = 190) =>
    Array.from({ length: count }, () =>
      person(random, at(0.15, 0.85), low(0.72, 0.96), size + random.whole(-30, 60), holding),
    ).join('');
  const road = () => {
    const far = at(0.3, 0.7);
    const near = at(0.25, 0.75);
    const wide = width * (0.28 + random.next() * 0.2);
    return `<polygon points="${n(near - wide)},${height} ${n(far - 22)},${n(horizon * 1.03)} ${n(far + 22)},${n(horizon * 1.03)} ${n(near + wide)},${height}" fill="${palette.path}"/>`;
  };
  const homes = (count: number) =>
    Array.from({ length: count }, () =>
      house(
        random,
        at(0, 0.75),
        horizon * (1.08 + random.next() * 0.12),
        width * (0.16 + random.next() * 0.14),
        palette,
      ),
    ).join('');
  const trees = (count: number) =>
    Array.from({ length: count }, () =>
      tree(random, at(0, 1), horizon * (1.1 + random.next() * 0.3), height * (0.16 + random.next() * 0.16)),
    ).join('');
  const grass = specks(
    random,
    width,
    horizon * 1.1,
    height,
    ['#5b7a4b', '#8aa06a', '#a89a5e', '#4d6b46'],
    90,
  );
  switch (kind) {
    case 'road':
      return (
        grass +
        homes(random.whole(0, 2)) +
        trees(random.whole(1, 4)) +
        road() +
        specks(random, width, height * 0.6, height, ['#8a7a4b', '#a9683a'], 25) +
        people(random.whole(1, 2), 'broom')
      );
    case 'river': {
      const bank = low(0.55, 0.68);
      const wave = Array.from(
        { length: 12 },
        () =>
          `<rect x="${n(at(0, 0.9))}" y="${n(bank + random.next() * (height - bank))}" width="${n(60 + random.next() * 160)}" height="4" fill="#c9dbe0" opacity="0.7"/>`,
      ).join('');
      return `${grass}${trees(3)}<path d="M0 ${n(bank)} Q ${n(width / 2)} ${n(bank - 60 + random.next() * 120)} ${width} ${n(bank + 20)} V ${height} H 0z" fill="#6f97a5"/>${wave}${people(random.whole(1, 3), 'bag', 200)}`;
    }
    case 'yard':
      return `${grass}<rect y="${n(height * 0.66)}" width="${width}" height="${height}" fill="${palette.path}"/>${house(random, at(0.05, 0.3), height * 0.68, width * (0.45 + random.next() * 0.15), palette)}${trees(2)}${people(random.whole(0, 1), 'broom')}`;
    case 'field': {
      const rows = Array.from(
        { length: 14 },
        (_, i) =>
          `<path d="M${n(width * (i / 13))} ${height} L ${n(width * (0.3 + 0.4 * (i / 13)))} ${n(horizon * 1.08)}" stroke="${i % 2 ? '#a89a5e' : '#8b9a4e'}" stroke-width="${n(10 + random.next() * 14)}"/>`,
      ).join('');
      return rows + trees(random.whole(1, 3)) + people(random.whole(1, 3), 'spade');
    }
    case 'bins': {
      const colours = random.shuffled(['#23604a', '#2f5d7c', '#b3201f', '#6b6b6b']);
      const x0 = at(0.12, 0.3);
      const size = width * (0.13 + random.next() * 0.04);
      const bins = colours
        .map(
          (colour, i) =>
            `<rect x="${n(x0 + i * size * 1.12)}" y="${n(height * 0.58)}" width="${n(size)}" height="${n(size * 1.3)}" fill="${colour}"/><rect x="${n(x0 + i * size * 1.12 - 5)}" y="${n(height * 0.58 - 16)}" width="${n(size + 10)}" height="20" fill="#2a2a2a"/>`,
        )
        .join('');
      return grass + homes(1) + bins + people(1, 'bag', 210);
    }
    case 'square':
      return `<rect y="${n(height * 0.6)}" width="${width}" height="${height}" fill="#bdb6a6"/>${homes(2)}${trees(random.whole(2, 5))}<rect x="${n(at(0.1, 0.8))}" y="${n(height * 0.3)}" width="8" height="${n(height * 0.34)}" fill="#777"/>${specks(random, width, height * 0.62, height, ['#a9683a', '#8a7a4b', '#d8cdb8'], 40)}${people(random.whole(3, 7), 'broom', 150)}`;
    case 'visit':
      return `<rect y="${n(height * 0.62)}" width="${width}" height="${height}" fill="#c9bda6"/>${house(random, at(-0.05, 0.2), height * 0.66, width * 0.62, palette)}<rect x="${n(at(0.45, 0.6))}" y="${n(height * 0.76)}" width="${n(width * 0.2)}" height="16" fill="#6b4a30"/>${people(2, random.chance(0.4) ? 'bag' : '', 250)}`;
    case 'night':
      return trees(3) + homes(2) + road() + people(random.whole(2, 3), 'lamp', 210);
    case 'trees': {
      const saplings = Array.from({ length: random.whole(6, 12) }, (_, i) =>
        tree(random, width * (0.06 + i * 0.085), low(0.6, 0.82), height * 0.15),
      ).join('');
      return grass + saplings + people(random.whole(1, 3), 'spade');
    }
    case 'hall':
      return '';
  }
}
