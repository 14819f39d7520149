import { QrCode } from '@/components/ui/qr';
import type { Day } from '@/lib/platform/clock';
import { groupVoucherCode } from '@/lib/rewards/voucher/rules';
import type { SheetVoucher } from '@/lib/rewards/voucher/types';
import { sayWholeDay } from './words';

/** Vouchers on one page of A4. */
const SLIPS_PER_PAGE = 8;

/** Vouchers to print and cut, eight to a page, along the dashed lines. */
export function VoucherSheet({
  vouchers,
  place,
  buys,
  expiresOn,
  isDemo,
  address,
}: {
  vouchers: SheetVoucher[];
  /** 青竹村 */
  place: string;
  buys: string;
  expiresOn: Day;
  isDemo: boolean;
  /** where the QR code of a code leads */
  address: (code: string) => string;
}) {
  const pages = Array.from({ length: Math.ceil(vouchers.length / SLIPS_PER_PAGE) }, (_, page) =>
    vouchers.slice(page * SLIPS_PER_PAGE, (page + 1) * SLIPS_PER_PAGE),
  );
  return pages.map((slips) => (
    <div className="voucher-page" key={slips[0]?.id}>
      {slips.map((voucher) => (
        <article className="voucher-slip" key={voucher.id}>
          <div>
            <h2>积分代金券</h2>
            <p>{place}</p>
            <p className="voucher-buys">{buys}</p>
            <p>
              {voucher.householdCode} {voucher.name}
            </p>
            <p>有效到 {sayWholeDay(expiresOn)}</p>
          </div>
          <QrCode text={address(voucher.code)} label="券码二维码" />
          <p className="voucher-code">{groupVoucherCode(voucher.code)}</p>
          <p className="voucher-rule">
            到{place}签了约的店用。单次使用，不找零，不转让。
            {isDemo ? '演示数据，不能使用。' : ''}
          </p>
        </article>
      ))}
    </div>
  ));
}
