import type { ReactNode } from 'react';
import { QrCode } from '@/components/ui/qr';
import type { Day } from '@/lib/platform/clock';
import { groupCertificateCode, sayDayFormally } from '@/lib/rewards/plaque/rules';
import { Flourish, type FlowerMark, FretBorder, RoundFlower } from './ornaments';

// A certificate, A4 landscape: one drawing in millimetres, so that the sheet on the screen is the sheet on the wall.

const WIDTH = 297;
const HEIGHT = 210;
const MIDDLE = WIDTH / 2;

/** How large a title of so many characters is set: four as wide as the flourish allows, twenty still on their line. */
function titleSize(title: string): { size: number; spacing: number } {
  const characters = [...title].length;
  if (characters <= 4) return { size: 32, spacing: 8 };
  const size = Math.min(30, Math.floor(226 / (characters * 1.12)));
  return { size, spacing: size * 0.12 };
}

/** How large a name is set, so that one of twenty characters still has its line. */
function nameSize(name: string): number {
  const characters = [...name].length;
  return characters <= 5 ? 17 : Math.max(8, Math.floor(150 / (characters + 3)));
}

/** The sheet as it is printed. */
export function CertificateSheet({
  label,
  mark,
  title,
  name,
  after,
  words,
  small,
  code,
  address,
  issuer,
  day,
  isDemo,
}: {
  /** what a screen reader says of the whole */
  label: string;
  mark: FlowerMark;
  title: string;
  name: string;
  /** set small behind the name: 家庭 */
  after?: string;
  /** two lines */
  words: readonly [string, string];
  /** first line beside the code: a number, until when it holds */
  small: ReactNode;
  code: string;
  /** where the QR code leads */
  address: string;
  issuer: string;
  day: Day;
  isDemo: boolean;
}) {
  const { size: set, spacing } = titleSize(title);
  const size = nameSize(name);
  return (
    <svg className="certificate" viewBox={`0 0 ${WIDTH} ${HEIGHT}`} role="img" aria-label={label}>
      <rect className="cert-sheet" width={WIDTH} height={HEIGHT} />
      <rect className="cert-line cert-heavy" x={9} y={9} width={WIDTH - 18} height={HEIGHT - 18} />
      <rect className="cert-line" x={11.2} y={11.2} width={WIDTH - 22.4} height={HEIGHT - 22.4} />
      <FretBorder x={12.5} y={13} across={34} down={23} />
      <rect className="cert-line" x={21.6} y={22.1} width={WIDTH - 43.2} height={HEIGHT - 44.2} />

      <RoundFlower x={MIDDLE} y={42} mark={mark} />
      <text
        className="cert-title"
        x={MIDDLE + spacing / 2}
        y={91 - (32 - set) / 3}
        fontSize={set}
        letterSpacing={spacing}
        textAnchor="middle"
      >
        {title}
      </text>
      <Flourish x={MIDDLE} y={99.5} reach={62} />

      <text className="cert-name" x={MIDDLE} y={120} textAnchor="middle" fontSize={size}>
        {name}
        {after ? (
          <tspan fontSize={Math.min(11, size)} dx={3}>
            {after}
          </tspan>
        ) : null}
      </text>
      {words.map((line, index) => (
        <text
          key={line}
          className="cert-words"
          x={MIDDLE}
          y={137.5 + index * 12}
          textAnchor="middle"
          fontSize={8}
        >
          {line}
        </text>
      ))}

      <QrCode text={address} label="核验二维码" at={{ x: 30, y: 152, width: 31, height: 31 }} />
      <text className="cert-small" x={64} y={163} fontSize={4.4}>
        {small}
      </text>
      <text className="cert-small" x={64} y={170} fontSize={3.6}>
        扫码核验真伪
      </text>
      <text className="cert-small" x={64} y={176} fontSize={2.9}>
        {groupCertificateCode(code)}
      </text>

      <text className="cert-place" x={267} y={168} fontSize={9.5} textAnchor="end" letterSpacing={1.2}>
        {issuer}
      </text>
      <text className="cert-words" x={266} y={179} fontSize={6.6} textAnchor="end">
        {sayDayFormally(day)}
      </text>
      {isDemo ? (
        <text className="cert-small" x={MIDDLE} y={185.5} fontSize={2.9} textAnchor="middle">
          演示数据，人名地名均为虚构
        </text>
      ) : null}
    </svg>
  );
}
