import { QrCode } from '@/components/ui/qr';
import { sayQuarter } from '@/lib/platform/clock';
import { groupCertificateCode, sayDayFormally } from '@/lib/rewards/plaque/rules';
import type { CertificateView } from '@/lib/rewards/plaque/types';
import { Flourish, FretBorder, HouseFlower } from './ornaments';

// 红榜之家, A4 landscape: one drawing in millimetres, so that the sheet on the screen is the sheet on the wall.

const WIDTH = 297;
const HEIGHT = 210;
const MIDDLE = WIDTH / 2;

/** How large a name is set, so that one of twenty characters still has its line. */
function nameSize(name: string): number {
  const characters = [...name].length;
  return characters <= 5 ? 17 : Math.max(8, Math.floor(150 / (characters + 3)));
}

/** The certificate as it is printed. `address` is where its QR code leads. */
export function Certificate({ certificate, address }: { certificate: CertificateView; address: string }) {
  const { headName, villageName, quarter, number, code } = certificate;
  const size = nameSize(headName);
  const name = headName || certificate.householdCode;
  return (
    <svg
      className="certificate"
      viewBox={`0 0 ${WIDTH} ${HEIGHT}`}
      role="img"
      aria-label={`证书：${villageName}${name}家庭，红榜之家，编号 ${number}`}
    >
      <rect className="cert-sheet" width={WIDTH} height={HEIGHT} />
      <rect className="cert-line cert-heavy" x={9} y={9} width={WIDTH - 18} height={HEIGHT - 18} />
      <rect className="cert-line" x={11.2} y={11.2} width={WIDTH - 22.4} height={HEIGHT - 22.4} />
      <FretBorder x={12.5} y={13} across={34} down={23} />
      <rect className="cert-line" x={21.6} y={22.1} width={WIDTH - 43.2} height={HEIGHT - 44.2} />

      <HouseFlower x={MIDDLE} y={42} />
      <text className="cert-title" x={MIDDLE + 4} y={91} fontSize={32} letterSpacing={8} textAnchor="middle">
        红榜之家
      </text>
      <Flourish x={MIDDLE} y={99.5} reach={62} />

      <text className="cert-name" x={MIDDLE} y={120} textAnchor="middle" fontSize={size}>
        {name}
        <tspan fontSize={Math.min(11, size)} dx={3}>
          家庭
        </tspan>
      </text>
      <text className="cert-words" x={MIDDLE} y={137.5} textAnchor="middle" fontSize={8}>
        {`荣登${sayQuarter(quarter)}积分红榜，经全村公示定榜。`}
      </text>
      <text className="cert-words" x={MIDDLE} y={149.5} textAnchor="middle" fontSize={8}>
        特颁此证，以资鼓励。
      </text>

      <QrCode text={address} label="核验二维码" at={{ x: 30, y: 152, width: 31, height: 31 }} />
      <text className="cert-small" x={64} y={163} fontSize={4.4}>
        {`编号 ${number}`}
      </text>
      <text className="cert-small" x={64} y={170} fontSize={3.6}>
        扫码核验真伪
      </text>
      <text className="cert-small" x={64} y={176} fontSize={2.9}>
        {groupCertificateCode(code)}
      </text>

      <text className="cert-place" x={267} y={168} fontSize={9.5} textAnchor="end" letterSpacing={1.2}>
        {villageName}
      </text>
      <text className="cert-words" x={266} y={179} fontSize={6.6} textAnchor="end">
        {sayDayFormally(certificate.awardedOn)}
      </text>
      {certificate.isDemo ? (
        <text className="cert-small" x={MIDDLE} y={185.5} fontSize={2.9} textAnchor="middle">
          演示数据，人名地名均为虚构
        </text>
      ) : null}
    </svg>
  );
}
