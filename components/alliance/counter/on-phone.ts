import { useEffect, useState } from 'react';

// What a phone is able to do, asked when the page runs on it: the server assumes the best.

/** Whether the phone believes to have a network. */
export function useOnline(): boolean {
  const [online, setOnline] = useState(true);
  useEffect(() => {
    const look = () => setOnline(navigator.onLine);
    look();
    window.addEventListener('online', look);
    window.addEventListener('offline', look);
    return () => {
      window.removeEventListener('online', look);
      window.removeEventListener('offline', look);
    };
  }, []);
  return online;
}

/** False on the server and in the first picture: then everything stands as it must without JavaScript. */
export function useLive(): boolean {
  const [live, setLive] = useState(false);
  useEffect(() => setLive(true), []);
  return live;
}

/** Keeps the screen from going dark while `on`, where the phone can. */
export function useWakeLock(on: boolean): void {
  useEffect(() => {
    if (!on || !navigator.wakeLock) return;
    let lock: WakeLockSentinel | null = null;
    let stopped = false;
    const hold = async () => {
      if (document.visibilityState !== 'visible' || stopped) return;
      try {
        lock = await navigator.wakeLock.request('screen');
      } catch {
        // A phone that saves its battery refuses.
      }
    };
    void hold();
    document.addEventListener('visibilitychange', hold);
    return () => {
      stopped = true;
      document.removeEventListener('visibilitychange', hold);
      void lock?.release().catch(() => undefined);
    };
  }, [on]);
}

/** Seconds left of `seconds` since `from` (performance.now()), counted on this phone alone: its clock may be wrong. */
export function useSecondsLeft(seconds: number, from: number): number {
  const [left, setLeft] = useState(seconds);
  useEffect(() => {
    const count = () => setLeft(Math.max(0, Math.ceil(seconds - (performance.now() - from) / 1000)));
    count();
    const timer = setInterval(count, 1000);
    return () => clearInterval(timer);
  }, [seconds, from]);
  return left;
}

/** Calls `ask` now and every `ms` while the page is looked at and `on`. */
export function usePolling(ask: () => unknown, ms: number, on: boolean): void {
  useEffect(() => {
    if (!on) return;
    const look = () => {
      if (document.visibilityState === 'visible') ask();
    };
    look();
    const timer = setInterval(look, ms);
    document.addEventListener('visibilitychange', look);
    return () => {
      clearInterval(timer);
      document.removeEventListener('visibilitychange', look);
    };
  }, [ask, ms, on]);
}
