import type { ReactNode } from 'react';
import { ASKED_SECONDS } from '@/lib/alliance/counter/rules';
import { useSecondsLeft } from './on-phone';
import type { Taking } from './use-taking';

/** What is said while something is on its way; null when there is nothing to wait for. */
export function TakingWords({
  taking,
  verb,
  onLeave,
}: {
  taking: Taking;
  verb: string;
  onLeave: () => void;
}) {
  if (taking.at === 'sending') return <Band title={`正在${verb}…`} />;
  if (taking.at === 'unknown')
    return (
      <Band title={`不知道${verb}没${verb}成，正在问`}>
        <p>网络断了一下。请别再{verb}第二次，问到了马上告诉您。这一页关了再打开，也会接着问。</p>
      </Band>
    );
  if (taking.at === 'asked')
    return <Asked points={taking.redemption.points} from={taking.from} onLeave={onLeave} />;
  if (taking.at === 'never')
    return (
      <Band title={`没有${verb}成，没有扣分`} tone="stop">
        <p>问清楚了：这一笔没有送到（{taking.sent.about}）。可以重新来一次。</p>
      </Band>
    );
  if (taking.at === 'signed-out')
    return (
      <Band title="登录过期了，没有扣分" tone="stop">
        <p>
          请
          <SignInAgain />
          ，再来一次。
        </p>
      </Band>
    );
  if (taking.at === 'shut-out')
    return (
      <Band title={`登录过期了，还不知道${verb}没${verb}成`} tone="stop">
        <ShutOut verb={verb} />
      </Band>
    );
  return null;
}

/** What to do where nobody is signed in to be told: the outcome stays kept, and is asked for after signing in. */
export function ShutOut({ verb }: { verb: string }) {
  return (
    <p>
      请别再{verb}第二次。
      <SignInAgain />
      ，回到这一页就接着问。
    </p>
  );
}

/** Leads to sign in, and then to a page: back to this one by default. */
export function SignInAgain({ next = location.pathname + location.search }: { next?: string }) {
  return <a href={`/sign-in?next=${encodeURIComponent(next)}`}>重新登录</a>;
}

function Asked({ points, from, onLeave }: { points: number; from: number; onLeave: () => void }) {
  const left = useSecondsLeft(ASKED_SECONDS, from);
  return (
    <>
      <Band title="等他在手机上点“给”">
        <p>
          {points} 分超过了他家免确认的分数，要他自己点一下。还有 <b>{left}</b> 秒。
        </p>
        <p>他手机上要打开着“付款码”。</p>
      </Band>
      <button type="button" className="btn btn-outline btn-wide" onClick={onLeave}>
        不等了，收别的
      </button>
      <p className="soft">他要是随后点了“给”，会出现在今天的单子里。</p>
    </>
  );
}

/** A message that fills the counter while it is about one thing. */
export function Band({
  title,
  tone = 'look',
  children,
}: {
  title: string;
  tone?: 'look' | 'stop';
  children?: ReactNode;
}) {
  return (
    <div className={`message message-${tone} taking-band`}>
      <div>
        <p>
          <strong>{title}</strong>
        </p>
        {children}
      </div>
    </div>
  );
}
