'use client';

import { useCallback, useEffect, useRef, useState } from 'react';
import { sayWhat, speakTaken } from '@/lib/alliance/counter/rules';
import type { ShopNews, ShopNewsLine } from '@/lib/alliance/counter/types';
import { usePolling } from './on-phone';
import type { RefusalSaid } from './settle';
import { speak } from './speech';

const ASK_EVERY_MS = 3000;
const SHOWN_MOST = 3;
const KEPT_MOST = 60;
const KEY = 'cunfen-rung';

/** Told to the page's other parts: what a shop has taken. */
export const NEWS_EVENT = 'cunfen-shop-news';
/** Told to the bell: something was just taken here. */
export const TAKEN_EVENT = 'cunfen-taken';

function heard(): string[] {
  try {
    return JSON.parse(sessionStorage.getItem(KEY) ?? '[]') as string[];
  } catch {
    return [];
  }
}

/**
 * Shows and says what residents pay or order by themselves, while one of the shop's pages is looked at. Each rings once
 * on this phone. While the session stands in another shop it says so, and rings for neither.
 */
export function ShopBell({ merchantId, since }: { merchantId: string; since: string }) {
  const after = useRef(since);
  const [rung, setRung] = useState<ShopNewsLine[]>([]);
  const [elsewhere, setElsewhere] = useState<string | null>(null);

  const ask = useCallback(async () => {
    try {
      const query = new URLSearchParams({ shop: merchantId, after: after.current });
      const response = await fetch(`/api/paying/shop?${query}`, { cache: 'no-store' });
      if (response.status === 409) {
        const { refusal } = (await response.json()) as { refusal: RefusalSaid };
        setElsewhere(String(refusal.params?.shop ?? ''));
        return;
      }
      if (!response.ok) return;
      setElsewhere(null);
      const news = (await response.json()) as ShopNews;
      after.current = news.at;
      window.dispatchEvent(new CustomEvent(NEWS_EVENT, { detail: news }));
      const known = heard();
      const fresh = news.rung.filter((one) => !known.includes(one.id));
      if (fresh.length === 0) return;
      try {
        sessionStorage.setItem(
          KEY,
          JSON.stringify([...known, ...fresh.map((one) => one.id)].slice(-KEPT_MOST)),
        );
      } catch {
        // It may ring again on the next page.
      }
      setRung((before) => [...fresh.reverse(), ...before].slice(0, SHOWN_MOST));
      const last = fresh[0];
      if (last)
        speak(
          last.state === 'HELD' ? `有人预留了${sayWhat(last.title)}` : speakTaken(last.points, last.receipt),
        );
    } catch {
      // No network; it is asked again.
    }
  }, [merchantId]);
  usePolling(ask, ASK_EVERY_MS, true);
  useEffect(() => {
    const onTaken = () => void ask();
    window.addEventListener(TAKEN_EVENT, onTaken);
    return () => window.removeEventListener(TAKEN_EVENT, onTaken);
  }, [ask]);

  return (
    <div aria-live="polite" className="shop-bell">
      {elsewhere ? (
        <div className="message message-stop">
          <div>
            <p>
              <strong>您现在站在另一家店“{elsewhere}”</strong>
            </p>
            <p>
              这一页不是那家店的，在这里什么都办不了，也收不了。<a href="/shop">去现在这家店</a>
            </p>
          </div>
        </div>
      ) : null}
      {rung.length > 0 ? (
        <div className="message message-done">
          <div>
            {rung.map((one) => (
              <p key={one.id}>
                <a href={`/shop/redemptions/${one.id}`}>
                  <strong>
                    {one.state === 'HELD' ? `预留了 ${sayWhat(one.title)}` : `收到 ${one.points} 分`}
                  </strong>
                </a>{' '}
                {one.state === 'HELD' ? '' : `${sayWhat(one.title)}，`}
                {one.householdCode} 自己扫码，尾号 <b>{one.receipt}</b>
              </p>
            ))}
            <button type="button" className="btn btn-quiet" onClick={() => setRung([])}>
              知道了
            </button>
          </div>
        </div>
      ) : null}
    </div>
  );
}
