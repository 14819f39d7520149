import { useCallback, useEffect, useRef, useState } from 'react';
import { newDeviceId } from '@/lib/platform/device-id';
import {
  dropWaiting,
  findWaiting,
  type Known,
  keepWaiting,
  type RefusalSaid,
  type Settled,
  settle,
  type Waiting,
  watchAsked,
} from './settle';

/** Where something that was sent stands. */
export type Taking =
  | { at: 'nothing' }
  | { at: 'sending' }
  /** no answer came; it is being asked for */
  | { at: 'unknown' }
  | { at: 'asked'; redemption: Known; from: number }
  | { at: 'known'; redemption: Known }
  | { at: 'refused'; refusal: RefusalSaid }
  | { at: 'never' }
  | { at: 'signed-out' };

/**
 * Sends one thing at a time to `path` and knows what became of it. A second press while the first isn't known does
 * nothing, and what a reload interrupted is asked for again. `shop` is whose page it is, on the pages of shops.
 */
export function useTaking(owner: string, path: string, onKnown: (redemption: Known) => void, shop?: string) {
  const [taking, setTaking] = useState<Taking>({ at: 'nothing' });
  const busy = useRef(false);
  const stop = useRef<AbortController | null>(null);
  const tell = useRef(onKnown);
  tell.current = onKnown;

  const follow = useCallback(async (waiting: Waiting, isNew: boolean) => {
    busy.current = true;
    const control = new AbortController();
    stop.current = control;
    const finish = (next: Taking) => {
      dropWaiting(waiting.owner, waiting.path);
      busy.current = false;
      setTaking(next);
    };
    const said: Settled | null = await settle(waiting, {
      isNew,
      signal: control.signal,
      onUnknown: () => setTaking({ at: 'unknown' }),
    });
    if (!said) return;
    if (said.kind === 'refused') return finish({ at: 'refused', refusal: said.refusal });
    if (said.kind !== 'known') return finish({ at: said.kind });
    let { redemption } = said;
    if (redemption.state === 'ASKED') {
      setTaking({ at: 'asked', redemption, from: performance.now() });
      const answered = await watchAsked(redemption, control.signal);
      if (!answered) return;
      redemption = answered;
    }
    finish({ at: 'known', redemption });
    tell.current(redemption);
  }, []);

  useEffect(() => {
    const kept = findWaiting(owner, path);
    if (kept && !busy.current) void follow(kept, false);
    return () => {
      stop.current?.abort();
      busy.current = false;
    };
  }, [owner, path, follow]);

  const take = useCallback(
    (input: Waiting['input'], id = newDeviceId()) => {
      if (busy.current) return;
      const waiting: Waiting = {
        id,
        owner,
        path,
        input,
        pressedAt: Date.now(),
        ...(shop ? { shop } : {}),
      };
      keepWaiting(waiting);
      setTaking({ at: 'sending' });
      void follow(waiting, true);
    },
    [owner, path, shop, follow],
  );

  /** Lets go of the last outcome, or of waiting for a resident's word. */
  const clear = useCallback(() => {
    stop.current?.abort();
    dropWaiting(owner, path);
    busy.current = false;
    setTaking({ at: 'nothing' });
  }, [owner, path]);

  return { taking, take, clear };
}
