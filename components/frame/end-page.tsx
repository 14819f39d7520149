import type { ReactNode } from 'react';

/**
 * A page on which a way ends: not found, or failed. Says what happened, what is kept, what to do; `number` is what to
 * quote when asking for help.
 */
export function EndPage({
  title,
  number,
  onRetry,
  children,
}: {
  title: string;
  number?: string;
  onRetry?: () => void;
  children: ReactNode;
}) {
  return (
    <div className="frame frame-public">
      <header className="masthead">
        <div className="masthead-row">
          <div className="masthead-name">
            <a href="/">
              <b>村分</b>
            </a>
          </div>
        </div>
      </header>
      <main className="page page-wide end-page" id="main">
        <h1>{title}</h1>
        <div className="prose">{children}</div>
        {number ? (
          <p className="end-number">
            <span>号码</span>
            <b>{number}</b>
          </p>
        ) : null}
        <div className="acts">
          {onRetry ? (
            <button type="button" className="btn btn-outline" onClick={onRetry}>
              再打开一次
            </button>
          ) : null}
          <a className="btn btn-outline" href="/">
            回到首页
          </a>
        </div>
      </main>
    </div>
  );
}
