'use client';

import { lazy, Suspense, useEffect, useRef, useState } from 'react';
import { PlaceFields } from '@/components/ui/form-place';
import { sayWhat, speakTaken, VOUCHER_DIGITS } from '@/lib/alliance/counter/rules';
import { DigitsField } from './digits-field';
import { useLive, useOnline } from './on-phone';
import { Receipt } from './receipt';
import { TAKEN_EVENT } from './shop-bell';
import { speak } from './speech';
import { TakingWords } from './taking-words';
import { useTaking } from './use-taking';

const Scanner = lazy(() => import('./scanner'));

/** Finds a voucher by camera or by its digits; a plain form of digits without JavaScript. */
export function VoucherFinder({
  merchantId,
  code: firstCode,
  error,
}: {
  merchantId: string;
  code: string;
  error?: string;
}) {
  const live = useLive();
  const [code, setCode] = useState(firstCode);
  const [scanning, setScanning] = useState(false);
  return (
    <form method="get" action="/shop/voucher" className="voucher-finder">
      <input type="hidden" name="shop" value={merchantId} />
      {scanning ? (
        <Suspense fallback={<p className="scanner-hint">正在打开相机…</p>}>
          <Scanner
            wanted="voucher"
            onClose={() => setScanning(false)}
            onCode={(found) => {
              setScanning(false);
              location.assign(
                found.kind === 'pay'
                  ? `/shop/take?code=${found.code}`
                  : `/shop/voucher?code=${found.code}&shop=${merchantId}`,
              );
            }}
          />
        </Suspense>
      ) : live ? (
        <button type="button" className="btn btn-primary btn-wide" onClick={() => setScanning(true)}>
          扫代金券
        </button>
      ) : null}
      <div className="counter-code">
        <DigitsField
          digits={VOUCHER_DIGITS}
          label={live ? '或者输券上的 12 个数字' : '券上的 12 个数字'}
          value={code}
          onChange={setCode}
          {...(error ? { error } : {})}
        />
        <button type="submit" className="btn btn-outline btn-wide">
          看这张券
        </button>
      </div>
    </form>
  );
}

/** Takes the voucher that is shown above; knows what became of it, whatever the network did. */
export function VoucherTake({
  merchantId,
  code,
  id,
  token,
}: {
  merchantId: string;
  code: string;
  id: string;
  token: string;
}) {
  const online = useOnline();
  const { taking, take, clear } = useTaking(
    merchantId,
    '/api/commands/redeem-voucher',
    (redemption) => {
      window.dispatchEvent(new Event(TAKEN_EVENT));
      speak(speakTaken(redemption.points, redemption.receipt));
    },
    merchantId,
  );
  const result = useRef<HTMLDivElement>(null);
  const isBusy = taking.at !== 'nothing';
  useEffect(() => {
    if (isBusy) result.current?.focus();
  }, [isBusy]);
  return (
    <>
      <div ref={result} tabIndex={-1} role="status" className="counter-said">
        <TakingWords taking={taking} verb="核销" onLeave={clear} />
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
        {taking.at === 'known' ? (
          <Receipt
            who="代金券，村里付给本店"
            points={taking.redemption.points}
            what={sayWhat(taking.redemption.title)}
            verdict="收到了"
            receipt={taking.redemption.receipt}
          />
        ) : null}
        {taking.at === 'known' || taking.at === 'refused' || taking.at === 'never' ? (
          <a className="btn btn-primary btn-wide" href="/shop/voucher">
            再收一张
          </a>
        ) : null}
      </div>
      <form
        method="post"
        action="/api/commands/redeem-voucher"
        hidden={isBusy}
        onSubmit={(event) => {
          event.preventDefault();
          if (navigator.onLine) take({ code });
        }}
      >
        <input type="hidden" name="_id" value={id} />
        <input type="hidden" name="_back" value="/shop/voucher" />
        <input type="hidden" name="_next" value="/shop/redemptions/{subject}" />
        <input type="hidden" name="_token" value={token} />
        <PlaceFields />
        <input type="hidden" name="code" value={code} />
        {online ? null : (
          <div className="message message-stop" role="alert">
            <div>
              <p>
                <strong>没有网络，不能核销</strong>
              </p>
              <p>券还在，没有用掉。有网了再点。</p>
            </div>
          </div>
        )}
        <button type="submit" className="btn btn-primary btn-wide">
          核销，收下这张券
        </button>
      </form>
    </>
  );
}
