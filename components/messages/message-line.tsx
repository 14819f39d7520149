import { CommandForm } from '@/components/ui/command-form';
import type { MessageView } from '@/lib/messages/types';
import { type Day, dayOf, sayDay, timeOf } from '@/lib/platform/clock';

/**
 * A message; a new one is marked as read by opening it: its line is the button of a form. So is one of another of the
 * person's villages, read or not, that leads to a page of that village's home: opening it goes there.
 */
export function MessageLine({
  message,
  back,
  token,
  today,
  village,
  isElsewhere,
}: {
  message: MessageView;
  back: string;
  token: string;
  today: Day;
  /** named where the person lives in several */
  village?: string | undefined;
  /** of another village than the one he is at home in now */
  isElsewhere: boolean;
}) {
  const body = (
    <>
      <span className="line-title">{message.isRead ? message.title : <b>{message.title}</b>}</span>
      <span className="line-figure line-new">{message.isRead ? '' : '新'}</span>
      <small className="line-meta">
        {village ? `${village} · ` : ''}
        {sayDay(dayOf(message.createdAt), today)} {timeOf(message.createdAt)}
      </small>
      {message.body ? <span className="line-note">{message.body}</span> : null}
    </>
  );
  // The page of messages shows those of all villages.
  const leadsAway = isElsewhere && message.href !== '' && message.href !== '/me/messages';
  return (
    <li>
      {message.isRead && !leadsAway ? (
        message.href ? (
          <a className="line" href={message.href}>
            {body}
          </a>
        ) : (
          <div className="line">{body}</div>
        )
      ) : (
        <CommandForm
          name="mark-messages-read"
          back={back}
          next={message.href || back}
          token={token}
          fixed={{ messageId: message.id, which: leadsAway ? 'open' : 'one' }}
        >
          <button type="submit" className="line line-button">
            {body}
          </button>
        </CommandForm>
      )}
    </li>
  );
}
