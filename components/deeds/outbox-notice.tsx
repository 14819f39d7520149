'use client';

import { useEffect, useState } from 'react';
import { useFormPlace } from '@/components/ui/form-place';
import { dropReport, type KeptReport, keepReport, listReports, sendReport } from './outbox';

const TRY_AGAIN_MS = 20_000;

/**
 * Sends what waits on this phone and says what still does; nothing at all when nothing waits. A report that arrives
 * reloads the page, so that it shows among the others.
 */
export function OutboxNotice({ owner }: { owner: string }) {
  const [waiting, setWaiting] = useState<KeptReport[]>([]);
  const [signedOut, setSignedOut] = useState(false);
  const { _home: home } = useFormPlace();

  useEffect(() => {
    let stopped = false;
    let busy = false;
    let timer: ReturnType<typeof setTimeout> | undefined;

    const flush = async () => {
      if (busy || stopped) return;
      busy = true;
      clearTimeout(timer);
      let arrived = 0;
      for (const report of await listReports(owner)) {
        if (report.refused) continue;
        const sent = await sendReport(report, home);
        if (sent.kind === 'away' || sent.kind === 'elsewhere') break;
        if (sent.kind === 'signed-out') {
          setSignedOut(true);
          break;
        }
        if (sent.kind === 'arrived') {
          arrived += 1;
          await dropReport(report.id);
        } else {
          await keepReport({ ...report, refused: sent.sentence });
        }
      }
      busy = false;
      if (stopped) return;
      if (arrived > 0) {
        location.reload();
        return;
      }
      const left = await listReports(owner);
      setWaiting(left);
      if (left.some((one) => !one.refused)) timer = setTimeout(flush, TRY_AGAIN_MS);
    };
    void listReports(owner).then(setWaiting);
    void flush();
    window.addEventListener('online', flush);
    return () => {
      stopped = true;
      clearTimeout(timer);
      window.removeEventListener('online', flush);
    };
  }, [owner, home]);

  const drop = async (id: string) => {
    await dropReport(id);
    setWaiting(await listReports(owner));
  };

  return (
    <div role="status">
      {waiting.map((report) => (
        <div key={report.id} className={`message ${report.refused ? 'message-stop' : 'message-look'}`}>
          <div>
            <p>
              <strong>
                {report.refused ? `“${report.what}”没有收下` : `“${report.what}”还没送到，有网会自动送`}
              </strong>
            </p>
            <p>
              {report.refused ??
                (signedOut ? '登录已经过期，重新登录后接着送。' : '已经存在这部手机上，不会丢。')}
            </p>
            {report.refused ? (
              <p className="btn-row">
                <a className="btn btn-outline" href={addressOf(report)}>
                  改好再报
                </a>
                <button type="button" className="btn btn-quiet" onClick={() => void drop(report.id)}>
                  不报了
                </button>
              </p>
            ) : null}
          </div>
        </div>
      ))}
    </div>
  );
}

/** The form again, with what a person would not like to lose. */
function addressOf({ code, input }: KeptReport): string {
  const query = new URLSearchParams();
  for (const photo of [input.photos ?? []].flat()) query.append('photo', photo);
  if (typeof input.deedOn === 'string') query.set('day', input.deedOn);
  return `/me/log/${encodeURIComponent(code)}?${query}`;
}
