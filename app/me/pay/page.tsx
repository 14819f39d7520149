import type { Metadata } from 'next';
import { PayCode, type ShownCode } from '@/components/alliance/counter/pay-code';
import { StopMessage } from '@/components/alliance/pool/pool-figures';
import { Refusal } from '@/components/ui/message';
import { payAddress } from '@/lib/alliance/counter/address';
import { findBalance, findCodeNews, findShownCode } from '@/lib/alliance/counter/household/reads';
import { findStop } from '@/lib/alliance/pool/reads';
import { makePayCode } from '@/lib/alliance/redemption/codes';
import { requireSeat } from '@/lib/auth/actor';
import { now, timeOf } from '@/lib/platform/clock';
import type { Seated } from '@/lib/platform/command';
import { db } from '@/lib/platform/db';
import { readFormReturn } from '@/lib/platform/form-return';
import { newId } from '@/lib/platform/ids';
import { formToken } from '@/lib/platform/origin';
import { qrCode } from '@/lib/platform/qr';
import { type RefusalView, Refusal as Refused } from '@/lib/platform/refusal';

export const metadata: Metadata = { title: '付款码' };

interface Props {
  searchParams: Promise<Record<string, string | string[] | undefined>>;
}

/** A code that has less left than this is not worth beginning with. */
const SECONDS_LEAST = 15;

/** The code to show at a counter, and what the shop makes of it. A new code a minute; whole without JavaScript. */
export default async function Pay({ searchParams }: Props) {
  const actor = await requireSeat('resident');
  const query = await searchParams;
  const at = now();
  const { villageId } = actor.resident;
  const [balance, news, shown, stop, form] = await Promise.all([
    findBalance(db(), actor.resident),
    findCodeNews(db(), villageId, actor.sessionId, at),
    findShownCode(db(), villageId, actor.sessionId, at),
    findStop(db(), villageId, at),
    readFormReturn(actor.sessionId, query.r, at),
  ]);
  // A question waits for its answer; what is over is only shown to who asks for it.
  const isNews = news !== null && (news.state === 'ASKED' || query.look !== undefined);
  const made = isNews ? { code: null, refusal: null } : await codeOf(actor, query.new ? null : shown, at);
  return (
    <>
      <h1 className="said">付款码</h1>
      <StopMessage figures={stop} />
      {form ? <Refusal refusal={form.refusal} /> : null}
      {made.refusal ? <Refusal refusal={made.refusal} /> : null}
      <PayCode
        balance={balance}
        first={made.code}
        address={payAddress()}
        news={news}
        plain={{ yesId: newId(), noId: newId(), token: formToken(actor.sessionId, at) }}
      />
      <p className="list-end">
        <a href="/me/redemptions">我家的兑换</a>
      </p>
      {actor.resident.isHead ? (
        <p className="list-end">
          <a href="/me/pay/limit">多少分以内不用我点头</a>
        </p>
      ) : null}
    </>
  );
}

async function codeOf(
  actor: Seated<'resident'>,
  shown: { code: string; expiresAt: Date } | null,
  at: Date,
): Promise<{ code: ShownCode | null; refusal: RefusalView | null }> {
  const secondsOf = (end: Date) => Math.floor((end.getTime() - at.getTime()) / 1000);
  try {
    const code =
      shown && secondsOf(shown.expiresAt) >= SECONDS_LEAST ? shown : await makePayCode(db(), actor, at);
    const { expiresAt } = code;
    const until = `${timeOf(expiresAt)}:${String(expiresAt.getUTCSeconds()).padStart(2, '0')}`;
    return {
      code: {
        code: code.code,
        seconds: secondsOf(expiresAt),
        until,
        ...qrCode(`${payAddress()}${code.code}`),
      },
      refusal: null,
    };
  } catch (error) {
    if (error instanceof Refused) return { code: null, refusal: error.view };
    throw error;
  }
}
