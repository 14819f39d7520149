'use client';

import { lazy, type ReactNode, Suspense, useEffect, useRef, useState } from 'react';
import { PlaceFields } from '@/components/ui/form-place';
import { STATES, sayWhat, speakTaken, VOUCHER_DIGITS } from '@/lib/alliance/counter/rules';
import { DigitsField } from './digits-field';
import { LastTaking } from './last-taking';
import { useLive, useOnline } from './on-phone';
import { Receipt } from './receipt';
import { TAKEN_EVENT } from './shop-bell';
import { speak } from './speech';
import { TakingWords } from './taking-words';
import { isPending, useTaking } from './use-taking';

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

/**
 * Takes the voucher that is shown above, and knows what became of it, whatever the network did: also over a reload, when
 * the voucher is used up because it was this that took it. `children` stand where nothing is to be taken: why not, or
 * the way to find a voucher.
 */
export function VoucherTake({
  merchantId,
  merchantName,
  voucher,
  id,
  token,
  children,
}: {
  merchantId: string;
  merchantName: string;
  /** the one that the page shows */
  voucher: { code: string; buys: string; points: number; isGood: boolean } | null;
  id: string;
  token: string;
  children: ReactNode;
}) {
  const online = useOnline();
  const { taking, last, take, clear, clearLast } = useTaking(merchantId, '/api/commands/redeem-voucher', {
    isHere: (input) => voucher !== null && input.code === voucher.code,
    onKnown: (redemption) => {
      window.dispatchEvent(new Event(TAKEN_EVENT));
      speak(speakTaken(redemption.points, redemption.receipt));
    },
    shop: merchantId,
  });
  const result = useRef<HTMLDivElement>(null);
  const isBusy = taking.at !== 'nothing' || isPending(last);
  useEffect(() => {
    if (isBusy) result.current?.focus();
  }, [isBusy]);
  return (
    <>
      <div ref={result} tabIndex={-1} role="status" className="counter-said">
        <LastTaking taking={last} side="shop" verb="核销" onLeave={clearLast} />
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
            who={`代金券，村里付给${merchantName}`}
            points={taking.redemption.points}
            what={sayWhat(taking.redemption.title)}
            verdict={STATES[taking.redemption.state].name}
            receipt={taking.redemption.receipt}
            notes={[taking.redemption.when && `这是 ${taking.redemption.when} 的一笔。`]}
          />
        ) : null}
        {taking.at === 'known' || taking.at === 'refused' || taking.at === 'never' ? (
          <a className="btn btn-primary btn-wide" href="/shop/voucher">
            再收一张
          </a>
        ) : null}
      </div>
      <div hidden={isBusy}>
        {voucher?.isGood ? (
          <TakeForm
            code={voucher.code}
            id={id}
            token={token}
            isOnline={online}
            onTake={() => take({ code: voucher.code }, `代金券，${voucher.buys}，${voucher.points} 分`)}
          />
        ) : (
          children
        )}
      </div>
    </>
  );
}

function TakeForm({
  code,
  id,
  token,
  isOnline,
  onTake,
}: {
  code: string;
  id: string;
  token: string;
  isOnline: boolean;
  onTake: () => void;
}) {
  return (
    <form
      method="post"
      action="/api/commands/redeem-voucher"
      onSubmit={(event) => {
        event.preventDefault();
        if (navigator.onLine) onTake();
      }}
    >
      <input type="hidden" name="_id" value={id} />
      <input type="hidden" name="_back" value="/shop/voucher" />
      <input type="hidden" name="_next" value="/shop/redemptions/{subject}" />
      <input type="hidden" name="_token" value={token} />
      <PlaceFields />
      <input type="hidden" name="code" value={code} />
      {isOnline ? null : (
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
  );
}
