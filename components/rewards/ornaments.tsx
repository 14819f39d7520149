// Ornaments of the certificate, drawn line by line: a fret (回纹) for the border, a round flower with a house in its
// middle. No seal: what the village's own seal says it sets itself, on paper. Measures are millimetres.

const TILE = 8;

/** The fret's unit, one tile wide, standing on the edge away from the middle of the sheet. */
const FRET = 'M0 7H7.1V1.2H1.5V5.1H4.9V3.3';

/** Runs of the fret along the four sides of a rectangle whose corners are left to flowers. */
export function FretBorder({
  x,
  y,
  across,
  down,
}: {
  x: number;
  y: number;
  /** tiles a side, corners counted */
  across: number;
  down: number;
}) {
  const right = x + across * TILE;
  const bottom = y + down * TILE;
  const middleX = (x + right) / 2;
  const middleY = (y + bottom) / 2;
  // Drawn once along the top and once along the left; turned half round they are the bottom and the right.
  const top = Array.from({ length: across - 2 }, (_, index) => index + 1).map((index) => (
    <path
      key={index}
      d={`${FRET}M7.1 7H8.7`}
      transform={`translate(${x + index * TILE} ${y + TILE}) scale(1 -1)`}
    />
  ));
  const left = Array.from({ length: down - 2 }, (_, index) => index + 1).map((index) => (
    <path
      key={index}
      d={`${FRET}M7.1 7H8.7`}
      transform={`translate(${x + TILE} ${y + (index + 1) * TILE}) rotate(-90) scale(1 -1)`}
    />
  ));
  const turned = `rotate(180 ${middleX} ${middleY})`;
  return (
    <g className="cert-fret">
      <g>{top}</g>
      <g>{left}</g>
      <g transform={turned}>{top}</g>
      <g transform={turned}>{left}</g>
      {[
        [x, y],
        [right - TILE, y],
        [x, bottom - TILE],
        [right - TILE, bottom - TILE],
      ].map(([cornerX, cornerY]) => (
        <CornerFlower key={`${cornerX}-${cornerY}`} x={cornerX ?? 0} y={cornerY ?? 0} />
      ))}
    </g>
  );
}

/** A flower of four petals in a square of one tile. */
function CornerFlower({ x, y }: { x: number; y: number }) {
  return (
    <g transform={`translate(${x + TILE / 2} ${y + TILE / 2})`}>
      <rect x={-3.4} y={-3.4} width={6.8} height={6.8} />
      {[0, 90, 180, 270].map((angle) => (
        <path
          key={angle}
          className="cert-solid"
          transform={`rotate(${angle})`}
          d="M0 -.5C1.7 -1.2 1.7 -2.6 0 -3C-1.7 -2.6 -1.7 -1.2 0 -.5z"
        />
      ))}
    </g>
  );
}

const MARKS = {
  house: 'M0 -3.9L4.4 -.3H3.2V3.2H.9V.9H-.9V3.2H-3.2V-.3H-4.4z',
  /** an awning over a counter */
  shop: 'M-3 -3.7H3L4.4 -1.1V0H3.4V3.5H-3.4V0H-4.4V-1.1zM-2.4 .2V2.5H-.2V.2zM.7 .2V3.5H2.4V.2z',
  heart:
    'M0 3.9C-2.4 2.2 -4.4 .3 -4.4 -1.5C-4.4 -4 -1.2 -4.4 0 -2C1.2 -4.4 4.4 -4 4.4 -1.5C4.4 .3 2.4 2.2 0 3.9z',
} as const;

export type FlowerMark = keyof typeof MARKS;

/** The round flower with a mark in its middle, about a point, 30 across. */
export function RoundFlower({ x, y, mark = 'house' }: { x: number; y: number; mark?: FlowerMark }) {
  return (
    <g className="cert-flower" transform={`translate(${x} ${y})`}>
      <circle r={15} />
      <circle r={13.9} className="cert-thin" />
      {Array.from({ length: 12 }, (_, index) => index * 30).map((angle) => (
        <g key={angle} transform={`rotate(${angle})`}>
          <path d="M0 -7C3 -8.4 3.1 -11.2 0 -13.2C-3.1 -11.2 -3 -8.4 0 -7z" />
          <path className="cert-solid" d="M0 -8.3C1.3 -9.1 1.3 -10.4 0 -11.6C-1.3 -10.4 -1.3 -9.1 0 -8.3z" />
        </g>
      ))}
      <circle r={6.6} className="cert-ground" />
      <circle r={5.6} className="cert-thin" />
      <path className="cert-solid" fillRule="evenodd" d={MARKS[mark]} />
    </g>
  );
}

/** A rule that thins out to both ends from a diamond, of the given half-width. */
export function Flourish({ x, y, reach }: { x: number; y: number; reach: number }) {
  return (
    <g className="cert-solid" transform={`translate(${x} ${y})`}>
      <path d="M0 -1.3L1.3 0L0 1.3L-1.3 0z" />
      <path d={`M2.6 0L${reach} -.12V.12zM-2.6 0L-${reach} -.12V.12z`} />
      <path d="M4.6 -.55L5.15 0L4.6 .55L4.05 0zM-4.6 -.55L-4.05 0L-4.6 .55L-5.15 0z" />
    </g>
  );
}
