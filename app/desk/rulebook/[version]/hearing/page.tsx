import type { Metadata } from 'next';
import { notFound } from 'next/navigation';
import { AnswerForm } from '@/components/rulebook/comment-form';
import { CommentLines } from '@/components/rulebook/comment-lines';
import { sayHearing } from '@/components/rulebook/states';
import { LinkButton } from '@/components/ui/button';
import { EmptyState, Notice } from '@/components/ui/message';
import { PageHead } from '@/components/ui/page-head';
import { db } from '@/lib/platform/db';
import { listComments } from '@/lib/rulebook/hearing/reads';
import { openVersion, type VersionProps } from '../version';

export const metadata: Metadata = { title: '大家的意见' };

/** What residents said of a draft; the secretary answers each, once. */
export default async function Hearing(props: VersionProps) {
  const { version, villageId, query, at, token, form, base, isKeeper } = await openVersion(props);
  if (!version.hearingUntil) notFound();
  const comments = await listComments(db(), villageId, version.id);
  const waiting = comments.filter((one) => one.answer === '');
  const page = `${base}/hearing`;
  const answering = typeof query.answer === 'string' ? query.answer : waiting[0]?.id;
  return (
    <div className="narrow-wide">
      <PageHead
        title="大家的意见"
        lead={`第 ${version.number} 版 · ${sayHearing(version.hearingUntil, at)}`}
        back={{ href: base, label: `第 ${version.number} 版` }}
      >
        <p>
          {comments.length} 条
          {comments.length > 0
            ? waiting.length > 0
              ? `，${waiting.length} 条还没有答复`
              : '，都答复了'
            : ''}
        </p>
      </PageHead>
      {query.ok === 'answer-comment' ? <Notice title="答复了，已经告诉提意见的人。" /> : null}
      {comments.length === 0 ? (
        <EmptyState title="还没有人提意见">村民在公开的草案页面上说，说了就在这里。</EmptyState>
      ) : (
        <CommentLines
          comments={comments}
          below={(comment) =>
            comment.answer !== '' || !isKeeper ? null : comment.id === answering ? (
              <AnswerForm commentId={comment.id} page={page} form={form} token={token} />
            ) : (
              <LinkButton kind="quiet" href={`${page}?answer=${comment.id}#c-${comment.id}`}>
                答复<span className="said">{comment.householdCode}</span>
              </LinkButton>
            )
          }
        />
      )}
    </div>
  );
}
