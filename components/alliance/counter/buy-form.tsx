'use client';

import { useEffect, useRef, useState } from 'react';
import { PlaceFields } from '@/components/ui/form-place';
import {
  amountError,
  sayOwnState,
  sayWhat,
  speakPaid,
  typedAmount,
  wholeAmount,
} from '@/lib/alliance/counter/rules';
import type { ShelfView } from '@/lib/alliance/counter/types';
import { LastTaking } from './last-taking';
import { useLive, useOnline } from './on-phone';
import { Receipt } from './receipt';
import type { Known } from './settle';
import { SpeechSwitch, speak } from './speech';
import { TakingWords } from './taking-words';
import { isPending, useTaking } from './use-taking';
import type { Waiting } from './waiting';

interface Ids {
  pay: string;
  order: string;
}

/**
 * Paying at the shelf, on one's own phone: what it costs, what is left, and the two ways: pay now, or have it kept.
 * Without JavaScript two plain forms.
 */
export function BuyForm({
  shelf,
  owner,
  ids,
  token,
  back,
  amount: firstAmount = '',
  error: refused,
}: {
  shelf: ShelfView;
  /** the household */
  owner: string;
  /** of the plain forms' commands */
  ids: Ids;
  token: string;
  /** address of this page */
  back: string;
  amount?: string;
  error?: string;
}) {
  const live = useLive();
  const online = useOnline();
  const [amount, setAmount] = useState(firstAmount);
  const { offer, merchantId, merchantName } = shelf;
  const isHere = (input: Waiting['input']) =>
    input.merchantId === merchantId && (input.offerId ?? null) === (offer?.id ?? null);
  const pay = useTaking(owner, '/api/commands/redeem-from-shelf', {
    isHere,
    onKnown: ({ state, points, receipt }) => {
      if (state === 'POSTED') speak(speakPaid(merchantName, points, receipt));
    },
  });
  const order = useTaking(owner, '/api/commands/order-offer', { isHere, onKnown: () => undefined });
  const result = useRef<HTMLDivElement>(null);
  // As the page was made, and what it has turned out to cost since.
  const [price, setPrice] = useState(offer?.points ?? 0);
  const error = (offer ? undefined : amountError(amount)) ?? refused;
  const points = offer ? price : wholeAmount(amount);
  const left = shelf.balance - points;
  const active = pay.taking.at !== 'nothing' ? pay : order;
  const { taking } = active;
  const isBusy = taking.at !== 'nothing' || isPending(pay.last) || isPending(order.last);
  useEffect(() => {
    if (isBusy) result.current?.focus();
  }, [isBusy]);
  useEffect(() => {
    if (taking.at === 'refused' && taking.refusal.code === 'OFFER_PRICE_CHANGED')
      setPrice(Number(taking.refusal.params?.points));
  }, [taking]);

  const fields = (id: string) => (
    <>
      <input type="hidden" name="_id" value={id} />
      <input type="hidden" name="_back" value={back} />
      <input type="hidden" name="_next" value="/me/redemptions/{subject}" />
      <input type="hidden" name="_token" value={token} />
      <PlaceFields />
      <input type="hidden" name="merchantId" value={merchantId} />
      {offer ? (
        <>
          <input type="hidden" name="offerId" value={offer.id} />
          <input type="hidden" name="seen" value={price} />
        </>
      ) : null}
    </>
  );
  const canPay = !live || (points > 0 && left >= 0);

  return (
    <div className="buy">
      <div ref={result} tabIndex={-1} role="status" className="counter-said">
        <LastTaking taking={pay.last} side="household" verb="付" onLeave={pay.clearLast} />
        <LastTaking taking={order.last} side="household" verb="留" onLeave={order.clearLast} />
        <TakingWords taking={taking} verb={active === order ? '留' : '付'} onLeave={active.clear} />
        {taking.at === 'refused' || taking.at === 'never' || taking.at === 'signed-out' ? (
          <>
            {taking.at === 'refused' ? (
              <div className="message message-stop">
                <div>
                  <p>
                    <strong>{taking.refusal.sentence}</strong>
                  </p>
                  <p>{taking.refusal.next}</p>
                </div>
              </div>
            ) : null}
            <button type="button" className="btn btn-outline btn-wide" onClick={active.clear}>
              回去重来
            </button>
          </>
        ) : null}
        {taking.at === 'known' ? (
          <>
            <Result redemption={taking.redemption} merchantName={merchantName} />
            <a className="btn btn-outline btn-wide" href={`/me/redemptions/${taking.redemption.id}`}>
              看这一笔
            </a>
          </>
        ) : null}
      </div>
      <div hidden={isBusy}>
        {live && !online ? (
          <div className="message message-stop" role="alert">
            <div>
              <p>
                <strong>没有网络，现在付不了</strong>
              </p>
              <p>没有扣分。有网了再点“付”。</p>
            </div>
          </div>
        ) : null}
        <form
          method="post"
          action="/api/commands/redeem-from-shelf"
          onSubmit={(event) => {
            event.preventDefault();
            if (!canPay || !navigator.onLine) return;
            pay.take(
              { merchantId, ...(offer ? { offerId: offer.id, seen: price } : { points }) },
              `付给${merchantName}，${sayWhat(offer?.title ?? '')}，${points} 分`,
            );
          }}
        >
          {fields(ids.pay)}
          {offer ? null : (
            <div className="field">
              <label className="field-label" htmlFor="f-points">
                付几分
              </label>
              <div className="field-hint">和店里说好的分数</div>
              <div className="field-control">
                <input
                  className="input amount-input"
                  id="f-points"
                  name="points"
                  type="text"
                  inputMode="numeric"
                  autoComplete="off"
                  required
                  value={amount}
                  onChange={(event) => setAmount(typedAmount(event.target.value, 6))}
                  aria-invalid={error ? true : undefined}
                  aria-describedby={error ? 'f-points-error' : undefined}
                />
                <span className="input-unit">分</span>
              </div>
              {error ? (
                <p className="field-error" id="f-points-error">
                  {error}
                </p>
              ) : null}
            </div>
          )}
          <dl className="facts">
            <dt>您家现在有</dt>
            <dd>{shelf.balance} 分</dd>
            {points > 0 ? (
              <>
                <dt>付了以后</dt>
                <dd>{left >= 0 ? `还有 ${left} 分` : `不够，还差 ${-left} 分`}</dd>
              </>
            ) : null}
          </dl>
          {left >= 0 ? (
            <button
              type="submit"
              className="btn btn-primary btn-wide"
              aria-disabled={canPay ? undefined : true}
            >
              {points > 0 ? `付 ${points} 分` : '付'}
            </button>
          ) : null}
        </form>
        {offer && left >= 0 ? (
          <form
            method="post"
            action="/api/commands/order-offer"
            className="buy-order"
            onSubmit={(event) => {
              event.preventDefault();
              if (!navigator.onLine) return;
              order.take(
                { merchantId, offerId: offer.id, seen: price },
                `在${merchantName}留着，${offer.title}，${price} 分`,
              );
            }}
          >
            {fields(ids.order)}
            <button type="submit" className="btn btn-outline btn-wide">
              先给我留着，以后去拿
            </button>
            <p className="soft">先把 {price} 分放在一边，三天里去店里拿；不去拿，分会退回来。</p>
          </form>
        ) : null}
        <SpeechSwitch />
      </div>
    </div>
  );
}

const TONES = { ok: 'done', wait: 'wait', back: 'off', off: 'off' } as const;

/** What it has come to: paid, kept, or given back since. */
function Result({ redemption: r, merchantName }: { redemption: Known; merchantName: string }) {
  const state = sayOwnState(r.state);
  const isPaid = r.state === 'POSTED';
  const isHeld = r.state === 'HELD';
  return (
    <Receipt
      who={isPaid ? `付给${merchantName}` : merchantName}
      points={r.points}
      what={sayWhat(r.title)}
      verdict={isHeld ? '留好了' : state.name}
      tone={isHeld ? 'done' : TONES[state.mark]}
      receipt={r.receipt}
      notes={[
        isPaid && '请给店里看一眼，店里手机上也是这四个数字。',
        isHeld && '去取的时候给店里看这四个数字。',
        r.when && `这是 ${r.when} 的一笔。`,
      ]}
    />
  );
}
