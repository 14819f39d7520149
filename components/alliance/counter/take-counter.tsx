'use client';

import { lazy, Suspense, useEffect, useRef, useState } from 'react';
import { PlaceFields } from '@/components/ui/form-place';
import { PAY_DIGITS, sayPoints, sayWhat, speakTaken, wholeAmount } from '@/lib/alliance/counter/rules';
import type { CounterOffer, CounterView } from '@/lib/alliance/counter/types';
import { AmountPad } from './amount-pad';
import { DigitsField } from './digits-field';
import { LastTaking } from './last-taking';
import { AMOUNT, OfferPicker } from './offer-picker';
import { useLive, useOnline, useWakeLock } from './on-phone';
import type { Known } from './settle';
import { TAKEN_EVENT } from './shop-bell';
import { SpeechSwitch, speak } from './speech';
import { TakeResult } from './take-result';
import { isPending, useTaking } from './use-taking';

// The camera and its reader: loaded when it is opened, on no other page.
const Scanner = lazy(() => import('./scanner'));

const PATH = '/api/take-points';

/**
 * The counter. What and whose code, in either order; as soon as a scanned code meets what was picked, the points are
 * taken. Without JavaScript it is a plain form of all of it.
 */
export function TakeCounter({
  merchantId,
  merchantName,
  counter,
  code: firstCode,
  id,
  token,
  picked = null,
  amount: firstAmount = '',
  errors = {},
}: {
  merchantId: string;
  merchantName: string;
  counter: CounterView;
  /** from the address, when a phone's own camera has read the code */
  code: string;
  /** of the plain form's command */
  id: string;
  token: string;
  /** what a refused plain form had */
  picked?: string | null;
  amount?: string;
  errors?: { code?: string; points?: string };
}) {
  const live = useLive();
  const online = useOnline();
  const [chosen, setChosen] = useState<string | null>(picked);
  const [amount, setAmount] = useState(firstAmount);
  const [code, setCode] = useState(firstCode);
  const [scanning, setScanning] = useState(false);
  const { taking, last, take, clear, clearLast } = useTaking(merchantId, PATH, {
    // A code in the address is another customer's than the one that was read before.
    isHere: (input) => firstCode === '' || input.code === firstCode,
    onKnown: sayTaken,
    shop: merchantId,
  });
  const [prices, setPrices] = useState<Record<string, number>>({});
  const result = useRef<HTMLDivElement>(null);
  useWakeLock(live);

  const isBusy = taking.at !== 'nothing' || isPending(last);
  useEffect(() => {
    if (isBusy) result.current?.focus();
  }, [isBusy]);

  useEffect(() => {
    if (taking.at !== 'refused' || taking.refusal.code !== 'OFFER_PRICE_CHANGED') return;
    const [of, points] = [String(taking.sent.input.offerId), Number(taking.refusal.params?.points)];
    setPrices((before) => ({ ...before, [of]: points }));
  }, [taking]);

  // As the page was made, and what has turned out to cost something else since.
  const offers = counter.offers.map((one) => {
    const points = prices[one.id];
    return points ? { ...one, points, pointsMost: points } : one;
  });
  const offer = offers.find((one) => one.id === chosen) ?? null;
  const points = chosen === AMOUNT ? wholeAmount(amount) : 0;
  const isChosen = offer !== null || points > 0;

  const send = (digits: string) => {
    if (!isChosen || digits.length !== PAY_DIGITS || !navigator.onLine) return;
    setScanning(false);
    if (offer)
      take({ code: digits, offerId: offer.id, seen: offer.points }, sayAbout(offer.title, offer.points));
    else take({ code: digits, points }, sayAbout('', points));
  };
  const next = () => {
    clear();
    setChosen(null);
    setAmount('');
    setCode('');
    // The address of a code that is used up.
    if (location.search) history.replaceState(null, '', location.pathname);
  };
  const again = () => {
    clear();
    setCode('');
  };

  return (
    <div className="counter">
      <div ref={result} tabIndex={-1} role="status" className="counter-said">
        <LastTaking taking={last} side="shop" verb="收" onLeave={clearLast} />
        <TakeResult
          taking={taking}
          merchantName={merchantName}
          onNext={next}
          onAgain={again}
          onWith={(change) => {
            if (taking.at !== 'refused' || !navigator.onLine) return;
            const { input, about } = taking.sent;
            const title = offers.find((one) => one.id === input.offerId)?.title ?? '';
            take({ ...input, ...change }, 'seen' in change ? sayAbout(title, change.seen) : about);
          }}
        />
      </div>
      {live && !online ? (
        <div className="message message-stop" role="alert">
          <div>
            <p>
              <strong>没有网络，不能收积分</strong>
            </p>
            <p>没有扣分，选的和输的都还在。有网了再点“收”。</p>
          </div>
        </div>
      ) : null}
      <form
        method="post"
        action="/api/commands/take-points"
        hidden={isBusy}
        onSubmit={(event) => {
          event.preventDefault();
          if (isChosen && code.length === PAY_DIGITS) send(code);
          else document.getElementById(isChosen ? 'f-code' : 'f-points')?.focus();
        }}
      >
        <input type="hidden" name="_id" value={id} />
        <input type="hidden" name="_back" value="/shop/take" />
        <input type="hidden" name="_next" value="/shop/redemptions/{subject}" />
        <input type="hidden" name="_token" value={token} />
        <PlaceFields />
        {live && offer ? (
          <Chosen offer={offer} onChange={() => setChosen(null)} />
        ) : live && chosen === AMOUNT ? null : (
          <OfferPicker offers={offers} chosen={chosen} onChoose={setChosen} />
        )}
        {!live || chosen === AMOUNT ? (
          <AmountPad
            aside={live ? <Another onChange={() => setChosen(null)} /> : null}
            value={amount}
            onChange={setAmount}
            live={live}
            error={errors.points}
          />
        ) : null}
        {scanning ? (
          <Suspense fallback={<p className="scanner-hint">正在打开相机…</p>}>
            <Scanner
              wanted="pay"
              onClose={() => setScanning(false)}
              onCode={(found) => {
                setScanning(false);
                if (found.kind === 'voucher')
                  location.assign(`/shop/voucher?code=${found.code}&shop=${merchantId}`);
                else {
                  setCode(found.code);
                  send(found.code);
                }
              }}
            />
          </Suspense>
        ) : live && code.length < PAY_DIGITS ? (
          <button
            type="button"
            className={`btn btn-wide ${isChosen ? 'btn-primary' : 'btn-outline'}`}
            onClick={() => setScanning(true)}
          >
            {isChosen ? `扫码收 ${sayTotal(offer, points)}` : '先扫付款码'}
          </button>
        ) : null}
        <div className="counter-code">
          <DigitsField
            digits={PAY_DIGITS}
            label={live ? '或者输他手机上的 8 个数字' : '他手机上的 8 个数字'}
            value={code}
            onChange={setCode}
            {...(errors.code ? { error: errors.code } : {})}
          />
          <TakeButton live={live} isWhole={code.length === PAY_DIGITS} total={sayTotal(offer, points)} />
        </div>
      </form>
      <SpeechSwitch />
    </div>
  );
}

function sayTaken(redemption: Known): void {
  window.dispatchEvent(new Event(TAKEN_EVENT));
  if (redemption.state === 'POSTED') speak(speakTaken(redemption.points, redemption.receipt));
}

function sayAbout(title: string, points: number): string {
  return `${sayWhat(title)}，${points} 分`;
}

function sayTotal(offer: CounterOffer | null, points: number): string {
  if (offer) return sayPoints(offer.points, offer.pointsMost);
  return points > 0 ? `${points} 分` : '';
}

function TakeButton({ live, isWhole, total }: { live: boolean; isWhole: boolean; total: string }) {
  if (!live)
    return (
      <button type="submit" className="btn btn-primary btn-wide">
        收
      </button>
    );
  if (!isWhole) return null;
  return (
    <button type="submit" className="btn btn-primary btn-wide" aria-disabled={total ? undefined : true}>
      {total ? `收 ${total}` : '先在上面选收什么'}
    </button>
  );
}

function Chosen({ offer, onChange }: { offer: CounterOffer; onChange: () => void }) {
  return (
    <div className="chosen">
      <p>
        <b>{offer.title}</b>
        <span className="chosen-points">{sayPoints(offer.points, offer.pointsMost)}</span>
      </p>
      <Another onChange={onChange} />
    </div>
  );
}

function Another({ onChange }: { onChange: () => void }) {
  return (
    <button type="button" className="btn btn-quiet" onClick={onChange}>
      换一样
    </button>
  );
}
