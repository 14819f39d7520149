import type { ReactNode } from 'react';
import type { CommentView } from '@/lib/rulebook/hearing/types';
import { sayMoment } from './states';

/** What was said of a draft, with the answers; `below` stands under a comment, for instance the form to answer it. */
export function CommentLines({
  comments,
  mine,
  below,
}: {
  comments: CommentView[];
  /** the reader's household */
  mine?: string | null;
  below?: (comment: CommentView) => ReactNode;
}) {
  return (
    <ol className="comments">
      {comments.map((comment) => (
        <li key={comment.id} id={`c-${comment.id}`}>
          <p className="comment-who">
            {comment.who}（{comment.householdCode}）{comment.householdId === mine ? ' · 我家' : ''}
            <time dateTime={comment.saidAt.toISOString()}>{sayMoment(comment.saidAt)}</time>
          </p>
          {comment.itemName ? (
            <p className="comment-about">
              说的是：{comment.itemName}
              {comment.isItemRemoved ? <b>（草案删去）</b> : null}
            </p>
          ) : null}
          <blockquote>{comment.body}</blockquote>
          {comment.answer ? (
            <p className="comment-answer">
              <b>村里答复：</b>
              {comment.answer}
            </p>
          ) : (
            <p className="comment-waits">还没有答复</p>
          )}
          {below?.(comment)}
        </li>
      ))}
    </ol>
  );
}
