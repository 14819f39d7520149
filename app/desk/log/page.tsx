import type { Metadata } from 'next';
import { notFound } from 'next/navigation';
import { Button } from '@/components/ui/button';
import { SelectField } from '@/components/ui/field';
import { Line, Lines } from '@/components/ui/lines';
import { EmptyState } from '@/components/ui/message';
import { PageHead } from '@/components/ui/page-head';
import { Pager } from '@/components/ui/pager';
import { requireSeat } from '@/lib/auth/actor';
import { commands } from '@/lib/commands';
import { listCommands, listOfficePeople } from '@/lib/log/reads';
import { dayOf, now, sayDay, timeOf } from '@/lib/platform/clock';
import { db } from '@/lib/platform/db';
import { canReadLog } from '@/lib/residents/policy';
import { ROLE_NAMES, type Role } from '@/lib/residents/types';

export const metadata: Metadata = { title: '操作记录' };

interface Props {
  searchParams: Promise<Record<string, string | string[] | undefined>>;
}

/** Who did what in the village, newest first; nothing of it can be changed. For the secretary and the supervisor. */
export default async function CommandLog({ searchParams }: Props) {
  const actor = await requireSeat('desk');
  if (canReadLog(actor) !== true) notFound();
  const query = await searchParams;
  const one = (name: string) => (typeof query[name] === 'string' ? (query[name] as string) : '');
  const filter = { personId: one('person'), name: one('command') };
  const [page, people] = await Promise.all([
    listCommands(db(), actor.desk.villageId, { after: one('after'), ...filter }),
    listOfficePeople(db(), actor.desk.villageId),
  ]);
  const today = dayOf(now());
  const href = (after: string) =>
    `/desk/log?${new URLSearchParams({ after, person: filter.personId, command: filter.name })}`;
  const kinds = [...commands.values()].filter((each) => each.seat === 'desk' || each.seat === 'resident');
  return (
    <>
      <PageHead title="操作记录" lead="谁在什么时候做了什么，一条一条都在，改不了也删不掉。" />
      <form method="get" action="/desk/log" className="log-filter" aria-label="只看一部分">
        <SelectField
          name="person"
          label="谁"
          optional
          empty="所有人"
          defaultValue={filter.personId}
          options={people.map((person) => ({ value: person.id, label: person.name }))}
        />
        <SelectField
          name="command"
          label="做了什么"
          optional
          empty="所有操作"
          defaultValue={filter.name}
          options={kinds.map((each) => ({ value: each.name, label: each.title }))}
        />
        <Button kind="outline">查看</Button>
      </form>
      {page.lines.length === 0 ? (
        <EmptyState title="没有记录">换一个人或者一种操作看看。</EmptyState>
      ) : (
        <Lines label="操作记录">
          {page.lines.map((line) => (
            <Line
              key={line.id}
              title={commands.get(line.name)?.title ?? line.name}
              meta={[line.person, saySeat(line.seat)].filter(Boolean).join(' · ')}
              state={`${sayDay(dayOf(line.at), today)} ${timeOf(line.at)}`}
            />
          ))}
        </Lines>
      )}
      <Pager
        newer={one('after') ? href('') : null}
        older={page.olderAfter ? href(page.olderAfter) : null}
        words={['最新的', '更早的']}
      />
    </>
  );
}

function saySeat(seat: string): string {
  if (seat === 'RESIDENT') return '村民';
  return seat
    .split(',')
    .map((role) => ROLE_NAMES[role as Role] ?? '')
    .filter(Boolean)
    .join('、');
}
