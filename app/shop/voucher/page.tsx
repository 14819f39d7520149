import type { Metadata } from 'next';
import { VoucherFinder, VoucherTake } from '@/components/alliance/counter/voucher-counter';
import { sayWholeDay } from '@/components/rewards/words';
import { Facts } from '@/components/ui/figures';
import { Message, Refusal } from '@/components/ui/message';
import { PageHead } from '@/components/ui/page-head';
import { plainDigits, VOUCHER_DIGITS } from '@/lib/alliance/counter/rules';
import type { VoucherAtCounter } from '@/lib/alliance/counter/types';
import { lookAtVoucher } from '@/lib/alliance/counter/voucher/reads';
import { requireSeat } from '@/lib/auth/actor';
import { dayOf, now } from '@/lib/platform/clock';
import { db } from '@/lib/platform/db';
import { readFormReturn } from '@/lib/platform/form-return';
import { newId } from '@/lib/platform/ids';
import { formToken } from '@/lib/platform/origin';
import { refuse } from '@/lib/platform/refusal';
import { refusalElsewhere } from '@/lib/platform/shop-said';
import { isVoucherCode, VOUCHER_STATE_NAMES } from '@/lib/rewards/voucher/rules';

export const metadata: Metadata = { title: '收代金券' };

interface Props {
  searchParams: Promise<Record<string, string | string[] | undefined>>;
}

const WRONG = '这 12 个数字里有输错的，请看准券上的再输一次。';

/** A voucher by its code: first what it buys, then taking it. Whole without JavaScript. */
export default async function VoucherPage({ searchParams }: Props) {
  const actor = await requireSeat('shop');
  const query = await searchParams;
  const at = now();
  const { merchantId } = actor.shop;
  const form = await readFormReturn(actor.sessionId, query.r, at);
  const code = typeof query.code === 'string' ? plainDigits(query.code, 99) : null;
  const elsewhere = refusalElsewhere(actor, query.shop);
  const isWhole = code !== null && isVoucherCode(code);
  const look =
    isWhole && !elsewhere
      ? await lookAtVoucher(db(), { merchantId, personId: actor.personId }, code, dayOf(at), at)
      : null;
  const voucher = look?.kind === 'found' ? look.voucher : null;
  const refusal =
    form?.refusal ??
    elsewhere ??
    (look?.kind === 'none'
      ? refuse('VOUCHER_UNKNOWN').view
      : look?.kind === 'slow'
        ? refuse('TOO_MANY_REQUESTS', { seconds: 60 }).view
        : null);
  return (
    <>
      <PageHead title="收代金券" back={{ href: '/shop/take', label: '收积分' }} />
      {refusal ? <Refusal refusal={refusal} /> : null}
      {voucher ? <Found voucher={voucher} /> : null}
      <VoucherTake
        merchantId={merchantId}
        merchantName={actor.shop.name}
        voucher={voucher ? { ...voucher, isGood: voucher.state === 'ISSUED' } : null}
        id={newId()}
        token={formToken(actor.sessionId, at)}
      >
        {voucher ? (
          <Message tone="stop" title={`这张券${VOUCHER_STATE_NAMES[voucher.state]}，不能再用。`}>
            请把券还给他，有疑问让他找村里。
          </Message>
        ) : (
          <VoucherFinder
            merchantId={merchantId}
            code={elsewhere ? '' : (code?.slice(0, VOUCHER_DIGITS) ?? '')}
            {...(code !== null && !isWhole && !elsewhere ? { error: WRONG } : {})}
          />
        )}
      </VoucherTake>
      {voucher ? (
        <p className="list-end">
          <a href="/shop/voucher">不是这张，换一张</a>
        </p>
      ) : null}
    </>
  );
}

function Found({ voucher }: { voucher: VoucherAtCounter }) {
  return (
    <>
      <p className="voucher-found">
        <span>这张券能换</span>
        <b>{voucher.buys}</b>
      </p>
      <Facts
        items={[
          ['村里付给本店', `${voucher.points} 分`],
          ['哪家的', `${voucher.villageName} ${voucher.householdCode}`],
          ['有效到', sayWholeDay(voucher.expiresOn)],
        ]}
      />
    </>
  );
}
