import { STATES, sayOwnState, sayWhat } from '@/lib/alliance/counter/rules';
import { Band, ShutOut } from './taking-words';
import type { Taking } from './use-taking';

/**
 * What this phone had sent before, elsewhere or a while ago, with its own shop, time and state: never to be taken for
 * what the page is about.
 */
export function LastTaking({
  taking,
  side,
  verb,
  onLeave,
}: {
  taking: Taking;
  side: 'shop' | 'household';
  verb: string;
  /** it has been read; of one that waits for a resident's word: it is waited for no more */
  onLeave: () => void;
}) {
  if (taking.at === 'nothing') return null;
  const { about } = taking.sent;
  const leave = (
    <button type="button" className="btn btn-outline" onClick={onLeave}>
      {taking.at === 'asked' ? '不等了' : '知道了'}
    </button>
  );
  switch (taking.at) {
    case 'sending':
    case 'unknown':
      return (
        <Band title={`上一笔不知道${verb}没${verb}成，正在问`}>
          <p>{about}</p>
          <p>问清楚了就能{verb}现在这一笔，最多等一分半钟。</p>
        </Band>
      );
    case 'asked':
      return (
        <Band title="上一笔在等他点“给”">
          <p>{about}</p>
          {leave}
        </Band>
      );
    case 'shut-out':
      return (
        <Band title={`登录过期了，上一笔还不知道${verb}没${verb}成`} tone="stop">
          <p>{about}</p>
          <ShutOut verb={verb} />
        </Band>
      );
    case 'known': {
      const { redemption: r } = taking;
      const state = side === 'shop' ? STATES[r.state] : sayOwnState(r.state);
      const pages = side === 'shop' ? '/shop/redemptions' : '/me/redemptions';
      return (
        <div className="message message-look last-taking">
          <div>
            <p>
              <strong>这是上一笔，不是现在这一笔</strong>
            </p>
            <p>
              {r.merchantName ? `${r.merchantName}，${sayWhat(r.title)}，${r.points} 分` : about}
              <br />
              {r.when ? `${r.when}，` : ''}
              {state.name}，尾号 <b>{r.receipt}</b>
            </p>
            <div className="btn-row">
              {leave}
              <a className="btn btn-outline" href={`${pages}/${r.id}`}>
                看上一笔
              </a>
            </div>
          </div>
        </div>
      );
    }
    default:
      return (
        <Band title={`上一笔没有${verb}成，没有扣分`} tone="stop">
          <p>{about}</p>
          {leave}
        </Band>
      );
  }
}
