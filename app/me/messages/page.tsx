import type { Metadata } from 'next';
import { MessageLine } from '@/components/messages/message-line';
import { Button } from '@/components/ui/button';
import { CommandForm } from '@/components/ui/command-form';
import { Lines } from '@/components/ui/lines';
import { EmptyState, Refusal } from '@/components/ui/message';
import { PageHead } from '@/components/ui/page-head';
import { Pager } from '@/components/ui/pager';
import { requireSeat } from '@/lib/auth/actor';
import { listMessages, MESSAGES_PER_PAGE, ownMessages } from '@/lib/messages/reads';
import { dayOf, now } from '@/lib/platform/clock';
import { db } from '@/lib/platform/db';
import { readFormReturn } from '@/lib/platform/form-return';
import { formToken } from '@/lib/platform/origin';

export const metadata: Metadata = { title: '消息' };

type Query = Promise<Record<string, string | string[] | undefined>>;

/** What the villages where this person lives have told him, newest first. Three queries. */
export default async function Messages({ searchParams }: { searchParams: Query }) {
  const actor = await requireSeat('resident');
  const query = await searchParams;
  const at = now();
  const names = new Map(actor.residents.map((home) => [home.villageId, home.villageName]));
  const [list, form] = await Promise.all([
    listMessages(db(), ownMessages(actor), Number(query.page ?? 1)),
    readFormReturn(actor.sessionId, query.r, at),
  ]);
  const address = (page: number) => `/me/messages${page > 1 ? `?page=${page}` : ''}`;
  const here = address(list.page);
  const token = formToken(actor.sessionId, at);
  const newest = list.messages[0];
  const first = (list.page - 1) * MESSAGES_PER_PAGE + 1;

  return (
    <>
      <PageHead
        title="消息"
        back={{ href: '/me', label: '我家' }}
        lead={list.unread > 0 ? `${list.unread} 条新的` : undefined}
      />
      {form ? <Refusal refusal={form.refusal} /> : null}
      {list.messages.length === 0 ? (
        <EmptyState title="还没有消息">好事通过了、退回了，都会在这里告诉您。</EmptyState>
      ) : (
        <Lines label="消息">
          {list.messages.map((message) => (
            <MessageLine
              key={message.id}
              message={message}
              back={here}
              token={token}
              today={dayOf(at)}
              village={names.size > 1 ? names.get(message.villageId) : undefined}
              isElsewhere={message.villageId !== actor.resident.villageId}
            />
          ))}
        </Lines>
      )}
      {newest && list.unread > 0 && list.page === 1 ? (
        <div className="acts">
          <CommandForm
            name="mark-messages-read"
            back={here}
            next={here}
            token={token}
            fixed={{ messageId: newest.id, which: 'all' }}
          >
            <Button>全部看过了</Button>
          </CommandForm>
        </div>
      ) : null}
      <Pager
        newer={list.page > 1 ? address(list.page - 1) : null}
        older={list.page < list.pages ? address(list.page + 1) : null}
        note={`第 ${first}—${first + list.messages.length - 1} 条`}
      />
    </>
  );
}
