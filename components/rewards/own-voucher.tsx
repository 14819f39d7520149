import { Line } from '@/components/ui/lines';
import { QrCode } from '@/components/ui/qr';
import { StatusText } from '@/components/ui/status-text';
import { groupVoucherCode, VOUCHER_STATE_NAMES } from '@/lib/rewards/voucher/rules';
import type { OwnVoucher } from '@/lib/rewards/voucher/types';
import { sayWholeDay } from './words';

/** A voucher that can be used: large digits to read out, and the same in a QR code. */
export function OwnVoucherCard({
  voucher,
  address,
}: {
  voucher: OwnVoucher;
  /** where the QR code of a code leads */
  address: (code: string) => string;
}) {
  if (!voucher.code) return null;
  return (
    <article className="own-voucher">
      <div>
        <h3>{voucher.buys}</h3>
        <p>有效到 {sayWholeDay(voucher.expiresOn)}</p>
      </div>
      <QrCode text={address(voucher.code)} label="券码二维码，和下面的数字一样" />
      <p className="own-voucher-code">{groupVoucherCode(voucher.code)}</p>
      <small>到村里签了约的店给店家看，用一次就没了。不找零，不转让，别发给别人。</small>
    </article>
  );
}

/** A voucher that is over. */
export function PastVoucherLine({ voucher }: { voucher: OwnVoucher }) {
  const when = voucher.endedOn ?? voucher.expiresOn;
  return (
    <Line
      title={voucher.buys}
      meta={voucher.state === 'EXPIRED' ? `有效到 ${sayWholeDay(voucher.expiresOn)}` : sayWholeDay(when)}
      state={
        <StatusText state={voucher.state === 'REDEEMED' ? 'ok' : 'off'}>
          {VOUCHER_STATE_NAMES[voucher.state]}
        </StatusText>
      }
      note={voucher.endReason ? `原因：${voucher.endReason}` : undefined}
    />
  );
}
