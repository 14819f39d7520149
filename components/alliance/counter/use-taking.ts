import { useCallback, useEffect, useRef, useState } from 'react';
import { useFormPlace } from '@/components/ui/form-place';
import { newDeviceId } from '@/lib/platform/device-id';
import { type Known, type RefusalSaid, type Settled, settle, watchAsked } from './settle';
import { dropWaiting, findWaiting, keepWaiting, type Waiting } from './waiting';

/** Where something that was sent stands; `sent` is what it was. */
export type Taking =
  | { at: 'nothing' }
  | { at: 'sending'; sent: Waiting }
  /** no answer came; it is being asked for */
  | { at: 'unknown'; sent: Waiting }
  | { at: 'asked'; sent: Waiting; redemption: Known; from: number }
  | { at: 'known'; sent: Waiting; redemption: Known }
  | { at: 'refused'; sent: Waiting; refusal: RefusalSaid }
  | { at: 'never'; sent: Waiting }
  /** nothing was taken */
  | { at: 'signed-out'; sent: Waiting }
  /** not known, and this phone isn't told before somebody signs in again; it stays kept */
  | { at: 'shut-out'; sent: Waiting };

const NOTHING: Taking = { at: 'nothing' };

/** After a reload what was made longer ago is not what somebody stands at the counter for now. */
const SECONDS_NOW = 120;
/** What is older is in the list and is told of no more. */
const SECONDS_TOLD = 2 * 86_400;

/** Whether its outcome is still to come, so that nothing else is sent. */
export function isPending({ at }: Taking): boolean {
  return at === 'sending' || at === 'unknown' || at === 'asked' || at === 'shut-out';
}

/** How long ago a redemption was made, by the server; 0 when it has just answered it. */
const secondsAgo = (redemption: Known) => redemption.secondsAgo ?? 0;

/**
 * Sends one thing at a time to `path` and knows what became of it. A second press while the first isn't known does
 * nothing. What a reload or a closed page interrupted is asked for again: it is this page's where `isHere` says that
 * its input is what the page is about, and was made just now; everything else is `last`, told of beside the page.
 * `shop` is whose page it is, on the pages of shops.
 */
export function useTaking(
  owner: string,
  path: string,
  {
    isHere,
    onKnown,
    shop,
  }: { isHere: (input: Waiting['input']) => boolean; onKnown: (redemption: Known) => void; shop?: string },
) {
  const [taking, setTaking] = useState<Taking>(NOTHING);
  const [last, setLast] = useState<Taking>(NOTHING);
  const { _home: home } = useFormPlace();
  const busy = useRef(false);
  const stop = useRef<AbortController | null>(null);
  const followed = useRef<Waiting | null>(null);
  const tell = useRef({ isHere, onKnown });
  tell.current = { isHere, onKnown };

  const follow = useCallback(
    async (sent: Waiting, isNew: boolean) => {
      busy.current = true;
      followed.current = sent;
      const control = new AbortController();
      stop.current = control;
      const { signal } = control;
      const isOfPage = isNew || tell.current.isHere(sent.input);
      const show = isOfPage ? setTaking : setLast;
      const finish = (next: Taking) => {
        dropWaiting(sent);
        busy.current = false;
        show(next);
      };
      const shutOut = () => {
        busy.current = false;
        show({ at: 'shut-out', sent });
      };
      const said: Settled | null = await settle(sent, {
        isNew,
        signal,
        onUnknown: () => show({ at: 'unknown', sent }),
      });
      if (!said || signal.aborted) return;
      if (said.kind === 'shut-out') return shutOut();
      if (said.kind === 'refused') return finish({ at: 'refused', sent, refusal: said.refusal });
      if (said.kind !== 'known') return finish({ at: said.kind, sent });
      let { redemption } = said;
      if (redemption.state === 'ASKED') {
        const from = performance.now() - secondsAgo(redemption) * 1000;
        show({ at: 'asked', sent, redemption, from });
        const answered = await watchAsked(redemption, owner, signal);
        if (!answered || signal.aborted) return;
        if (answered === 'shut-out') return shutOut();
        redemption = answered;
      }
      const isOfNow = isNew || secondsAgo(redemption) <= SECONDS_NOW;
      if (isOfPage && isOfNow) {
        finish({ at: 'known', sent, redemption });
        tell.current.onKnown(redemption);
        return;
      }
      finish(NOTHING);
      if (secondsAgo(redemption) <= SECONDS_TOLD) setLast({ at: 'known', sent, redemption });
    },
    [owner],
  );

  useEffect(() => {
    const kept = findWaiting(owner, path);
    if (kept && !busy.current) void follow(kept, false);
    return () => {
      stop.current?.abort();
      busy.current = false;
    };
  }, [owner, path, follow]);

  const take = useCallback(
    (input: Waiting['input'], about: string, id = newDeviceId()) => {
      if (busy.current) return;
      setLast(NOTHING);
      // Another page of this phone has sent something: first that.
      const kept = findWaiting(owner, path);
      if (kept) return void follow(kept, false);
      const sent: Waiting = {
        id,
        owner,
        path,
        input,
        about,
        pressedAt: Date.now(),
        ...(shop ? { shop } : {}),
        ...(home ? { home } : {}),
      };
      keepWaiting(sent);
      setTaking({ at: 'sending', sent });
      void follow(sent, true);
    },
    [owner, path, shop, home, follow],
  );

  /** Lets go of the last outcome, or of waiting for a resident's word. */
  const clear = useCallback(() => {
    stop.current?.abort();
    if (followed.current) dropWaiting(followed.current);
    busy.current = false;
    setTaking(NOTHING);
  }, []);

  /** The same of what is told of beside the page. */
  const clearLast = useCallback(() => {
    if (last.at === 'asked') clear();
    setLast(NOTHING);
  }, [last, clear]);

  return { taking, last, take, clear, clearLast };
}
