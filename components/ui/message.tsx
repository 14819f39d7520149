import type { ReactNode } from 'react';
import type { FormReturn } from './form-return';
import { Icon, type IconName } from './icon';

type Tone = 'plain' | 'done' | 'look' | 'stop';

const MARKS: Record<Tone, IconName> = { plain: 'flag', done: 'check', look: 'stop', stop: 'stop' };

/** A message in the page: `done` pine, `look` amber (mind this), `stop` red (it did not happen), `plain` ink. */
export function Message({
  tone = 'plain',
  title,
  children,
  role,
  id,
}: {
  tone?: Tone;
  title?: ReactNode;
  children?: ReactNode;
  role?: 'status' | 'alert';
  id?: string;
}) {
  return (
    <div className={`message message-${tone}`} role={role} id={id}>
      <Icon name={MARKS[tone]} />
      <div>
        {title ? (
          <p>
            <strong>{title}</strong>
          </p>
        ) : null}
        {typeof children === 'string' ? <p>{children}</p> : children}
      </div>
    </div>
  );
}

/** What has just been done; shown when a page is opened with `?ok=`. */
export function Notice({ title, children }: { title: ReactNode; children?: ReactNode }) {
  return (
    <Message tone="done" title={title} role="status">
      {children}
    </Message>
  );
}

/** A refusal: what happened, then what is kept and what to do. No code is shown. */
export function Refusal({ refusal, id }: { refusal: FormReturn['refusal']; id?: string }) {
  return (
    <Message tone="stop" title={refusal.sentence} role="alert" id={id}>
      {refusal.next}
    </Message>
  );
}

/** A list with nothing in it: says so, why, and what to do about it. */
export function EmptyState({
  title,
  children,
  action,
}: {
  title: string;
  children?: ReactNode;
  action?: ReactNode;
}) {
  return (
    <div className="empty">
      <strong>{title}</strong>
      {children ? <p>{children}</p> : null}
      {action}
    </div>
  );
}
