'use client';

import { useCallback, useEffect, useRef, useState } from 'react';
import { useFormPlace } from '@/components/ui/form-place';
import { groupDigits, speakPaid } from '@/lib/alliance/counter/rules';
import type { CodeNews } from '@/lib/alliance/counter/types';
import { QR_QUIET } from '@/lib/platform/qr-quiet';
import { useLive, usePolling, useSecondsLeft, useWakeLock } from './on-phone';
import { PayNews, type PlainAnswer } from './pay-news';
import { SpeechSwitch, speak } from './speech';

const ASK_EVERY_MS = 2000;
/** A new code is fetched when so many seconds are left: the shop may be typing this one. */
const RENEW_AT = 3;
/** Renewed by itself so many times; then it waits to be asked for. */
const RENEWALS_MOST = 10;
/** Without network it is tried again so often. */
const RETRY_MS = 3000;

export interface ShownCode {
  code: string;
  /** the path of its QR code and its modules a side */
  path: string;
  modules: number;
  /** seconds it is good for, from when it was made out */
  seconds: number;
  /** the same as a time of day, for a page without JavaScript: 14:05:30 */
  until?: string;
}

/**
 * The code that is shown at a counter, and what the shop makes of it. Renewed by itself while it is looked at; over its
 * minute, or without network, it is gone and says so.
 */
export function PayCode({
  balance,
  first,
  address,
  news: firstNews,
  plain,
}: {
  /** what the household had when the page was made; not shown beside what has happened since */
  balance: number;
  first: ShownCode | null;
  /** what the QR code says before the digits */
  address: string;
  news: CodeNews | null;
  plain: PlainAnswer;
}) {
  const live = useLive();
  const { _home: home = '' } = useFormPlace();
  const [shown, setShown] = useState(first);
  // When it was asked for, so that it never seems to last longer than it does: 0 is when this page was.
  const [from, setFrom] = useState(0);
  const [news, setNews] = useState(firstNews);
  const [trouble, setTrouble] = useState<Trouble | null>(null);
  const [renewals, setRenewals] = useState(0);
  // What was over before this page opened is no news.
  const [dismissed, setDismissed] = useState(
    firstNews && firstNews.state !== 'ASKED' && first ? firstNews.id : '',
  );
  const busy = useRef(false);
  const tried = useRef(0);
  const told = useRef('');
  const left = useSecondsLeft(shown?.seconds ?? 0, from);
  const current = news && news.id !== dismissed ? news : null;
  const isQuiet = current === null;
  useWakeLock(true);

  const renew = useCallback(async () => {
    if (busy.current) return;
    busy.current = true;
    const at = performance.now();
    tried.current = at;
    const made = await fetchCode(address, home);
    busy.current = false;
    if ('title' in made) return setTrouble(made);
    setShown(made);
    setFrom(at);
    setTrouble(null);
    setRenewals((count) => count + 1);
  }, [address, home]);

  useEffect(() => {
    const seconds = shown?.seconds ?? 0;
    const look = () => {
      const now = performance.now();
      if (!isQuiet || document.visibilityState !== 'visible' || renewals >= RENEWALS_MOST) return;
      if (seconds - (now - from) / 1000 > RENEW_AT) return;
      if (!trouble || now - tried.current > RETRY_MS) void renew();
    };
    const timer = setInterval(look, 1000);
    document.addEventListener('visibilitychange', look);
    return () => {
      clearInterval(timer);
      document.removeEventListener('visibilitychange', look);
    };
  }, [shown, from, isQuiet, trouble, renewals, renew]);

  const ask = useCallback(async () => {
    try {
      const response = await fetch(`/api/paying/household?home=${home}`, { cache: 'no-store' });
      if (!response.ok) return;
      const said = (await response.json()) as { news: CodeNews | null };
      if (said.news) setNews(said.news);
    } catch {
      // No network; it is asked again.
    }
  }, [home]);
  usePolling(ask, ASK_EVERY_MS, true);

  useEffect(() => {
    if (current?.state !== 'POSTED' || told.current === current.id) return;
    told.current = current.id;
    speak(speakPaid(current.merchantName, current.points, current.receipt));
  }, [current]);

  const fresh = () => {
    // Something was paid: the page is made again, with what is left.
    if (current?.state === 'POSTED') return location.assign('/me/pay?new=1');
    setRenewals(0);
    if (news) setDismissed(news.id);
    setShown(null);
    void renew();
  };

  return (
    <div className="pay">
      {current ? null : (
        <p className="pay-balance">
          给店里扫，您家有 <b>{balance}</b> 分
        </p>
      )}
      <div role="status">
        {current ? <PayNews news={current} plain={plain} onAnswered={setNews} onFresh={fresh} /> : null}
      </div>
      {current ? null : shown && (left > 0 || !live) ? (
        <>
          <Picture shown={shown} />
          <p className="pay-digits">{groupDigits(shown.code)}</p>
          {live ? (
            <p className="pay-left">
              还能用 <b>{left}</b> 秒，到时自动换新的
            </p>
          ) : (
            <Plainly until={shown.until ?? ''} />
          )}
        </>
      ) : trouble || renewals >= RENEWALS_MOST ? (
        <div className="message message-look" role="alert">
          <div>
            <p>
              <strong>{trouble?.title ?? '这个码已经过期'}</strong>
            </p>
            <p>{trouble?.text ?? '没有扣分。'}</p>
            <button type="button" className="btn btn-outline" onClick={fresh}>
              换一个新码
            </button>
          </div>
        </div>
      ) : (
        <p className="pay-left">正在换新码…</p>
      )}
      <SpeechSwitch />
    </div>
  );
}

interface Trouble {
  title: string;
  text: string;
}

/** The next code with its picture, or why there is none. */
async function fetchCode(address: string, home: string): Promise<ShownCode | Trouble> {
  try {
    const response = await fetch('/api/pay-code', {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(home ? { home } : {}),
    });
    const made = (await response.json()) as {
      code?: string;
      seconds?: number;
      refusal?: { sentence: string; next: string };
    };
    if (response.status === 401)
      return { title: '这个码已经过期', text: '登录也过期了，请重新登录。没有扣分。' };
    if (made.refusal) return { title: made.refusal.sentence, text: made.refusal.next };
    const { qrCode } = await import('@/lib/platform/qr');
    const code = made.code ?? '';
    return { code, seconds: made.seconds ?? 0, ...qrCode(`${address}${code}`) };
  } catch {
    return { title: '没有网络，这个码已经过期', text: '没有扣分。有网了会自动换新的。' };
  }
}

/** Without JavaScript nothing is renewed: so it says when the code ends, and what to press. */
function Plainly({ until }: { until: string }) {
  return (
    <div className="pay-plain">
      <p className="pay-left">
        到 <b>{until}</b> 为止能用
      </p>
      <div className="btn-row">
        <a className="btn btn-outline" href="/me/pay?new=1">
          换一个新码
        </a>
        <a className="btn btn-outline" href="/me/pay?look=1">
          看看店里收了没有
        </a>
      </div>
    </div>
  );
}

function Picture({ shown }: { shown: ShownCode }) {
  const side = shown.modules + 2 * QR_QUIET;
  return (
    <svg
      className="qr pay-qr"
      viewBox={`-${QR_QUIET} -${QR_QUIET} ${side} ${side}`}
      shapeRendering="crispEdges"
      role="img"
      aria-label="付款码，给店里扫"
    >
      <path fill="#ffffff" d={`M-${QR_QUIET}-${QR_QUIET}h${side}v${side}h-${side}z`} />
      <path fill="#000000" d={shown.path} />
    </svg>
  );
}
