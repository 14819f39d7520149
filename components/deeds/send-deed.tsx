'use client';

import { useEffect, useRef, useState } from 'react';
import { useFormPlace } from '@/components/ui/form-place';
import { dropReport, inputOf, keepReport, sendReport } from './outbox';

const TRY_AGAIN_MS = 15_000;

/**
 * The button of the deed form. Without JavaScript it is a plain one. With it the report is kept on the phone before it
 * is sent, and stays there until the server has answered: without network the page says so and sends it by itself when
 * there is one. Where its owner has gone to another village's home meanwhile, it waits until he is back. A refusal is
 * left to the plain form, which shows it beside its field.
 */
export function SendDeed({ owner, code, what }: { owner: string; code: string; what: string }) {
  const button = useRef<HTMLButtonElement>(null);
  const { _home: home } = useFormPlace();
  const [state, setState] = useState<'ready' | 'sending' | 'kept' | 'elsewhere'>('ready');

  useEffect(() => {
    const form = button.current?.form;
    if (!form) return;
    const id = (form.elements.namedItem('_id') as HTMLInputElement).value;
    const next = (form.elements.namedItem('_next') as HTMLInputElement).value;
    let busy = false;
    let timer: ReturnType<typeof setTimeout> | undefined;

    const send = async () => {
      if (busy) return;
      busy = true;
      clearTimeout(timer);
      setState((now) => (now === 'ready' ? 'sending' : now));
      const input = inputOf(form);
      const kept = await keepReport({ id, owner, code, what, input, keptAt: Date.now() });
      const sent = await sendReport({ id, input }, home);
      busy = false;
      if (sent.kind === 'away' && kept) {
        setState('kept');
        timer = setTimeout(send, TRY_AGAIN_MS);
        return;
      }
      if (sent.kind === 'elsewhere' && kept) {
        setState('elsewhere');
        return;
      }
      await dropReport(id);
      if (sent.kind === 'arrived') {
        location.assign(`${next.replace('{subject}', sent.subject)}?ok=submit-deed`);
      } else {
        // Refused, signed out, or no place to keep it: the server answers the form with a page.
        form.submit();
      }
    };
    const onSubmit = (event: Event) => {
      event.preventDefault();
      void send();
    };
    const onOnline = () => {
      if (timer) void send();
    };
    form.addEventListener('submit', onSubmit);
    window.addEventListener('online', onOnline);
    return () => {
      clearTimeout(timer);
      form.removeEventListener('submit', onSubmit);
      window.removeEventListener('online', onOnline);
    };
  }, [owner, code, what, home]);

  return (
    <>
      <div role="status">
        {state === 'kept' || state === 'elsewhere' ? (
          <div className="message message-look">
            <div>
              <p>
                <strong>
                  {state === 'kept' ? '还没送到，有网会自动送' : '还没送到：您现在换到了另一个村的家'}
                </strong>
              </p>
              <p>
                已经存在这部手机上，不会丢。
                {state === 'kept'
                  ? '这一页可以关掉，下次打开“我家”也会接着送。'
                  : '换回这个村的家，打开“我家”就接着送。'}
              </p>
            </div>
          </div>
        ) : null}
      </div>
      <button
        ref={button}
        type="submit"
        className="btn btn-primary btn-wide"
        aria-disabled={state === 'sending' ? true : undefined}
      >
        {state === 'sending' ? '正在送…' : state === 'ready' ? '送出去' : '现在再送一次'}
      </button>
    </>
  );
}
