import type { Metadata } from 'next';
import { notFound } from 'next/navigation';
import { DocumentLinks } from '@/components/lists/document-links';
import { sayList } from '@/components/lists/list-line';
import { EndPart, NextAct } from '@/components/lists/next-act';
import { RowsTable } from '@/components/lists/rows-table';
import { Facts } from '@/components/ui/figures';
import { Line, Lines } from '@/components/ui/lines';
import { Notice } from '@/components/ui/message';
import { PageHead, Section } from '@/components/ui/page-head';
import { requireSeat } from '@/lib/auth/actor';
import { findDeskList } from '@/lib/lists/desk/reads';
import { canCheckLists, canDraftLists, canWithdrawLists } from '@/lib/lists/policy';
import { listDocumentKinds } from '@/lib/lists/reads';
import { isShown, sayDays, sayFullDay, sayMoment, sayRule } from '@/lib/lists/rules';
import { GONE_NAMES, sayState } from '@/lib/lists/types';
import { dayOf, now } from '@/lib/platform/clock';
import { db } from '@/lib/platform/db';
import { readFormReturn } from '@/lib/platform/form-return';
import { noticeOf } from '@/lib/platform/notice';
import { formToken } from '@/lib/platform/origin';
import { findVillages } from '@/lib/regions/reads';

export const metadata: Metadata = { title: '一张榜' };

const NOTICES: Record<string, string> = {
  'draft-list': '起草好了，等村务监督员审核。',
  'check-list': '审核过了，图片和榜正在做。',
  'publish-list': '开始公示了，村民现在看得到。',
};

/** Steps that end a list, with a reason. */
const ENDS: ReadonlySet<string> = new Set(['撤回', '作废']);

interface Props {
  params: Promise<{ id: string }>;
  searchParams: Promise<Record<string, string | string[] | undefined>>;
}

/** One list at the office: whose turn it is, what it says and rests on, and what has been done. */
export default async function DeskList({ params, searchParams }: Props) {
  const actor = await requireSeat('desk');
  const { villageId } = actor.desk;
  const at = now();
  const today = dayOf(at);
  const query = await searchParams;
  const [list, form, villages] = await Promise.all([
    findDeskList(db(), villageId, (await params).id, at),
    readFormReturn(actor.sessionId, query.r, at),
    findVillages(db(), [villageId]),
  ]);
  if (!list) notFound();
  const { line } = list;
  const kinds = (await listDocumentKinds(db(), villageId, [line.id])).get(line.id) ?? new Set<never>();
  const here = `/desk/lists/${line.id}`;
  const token = formToken(actor.sessionId, at);
  const notice = noticeOf(NOTICES, query.ok);
  const isUp = isShown(line, today) && !list.isClosed;
  const isChecked = line.state === 'CHECKED' && !list.isClosed;
  const publicHref = `/v/${villages.get(villageId)?.code ?? ''}/lists/${line.id}`;
  const isLive = line.state !== 'EXPIRED' && line.state !== 'WITHDRAWN';
  return (
    <>
      <PageHead title={sayList(line)} lead={sayState(line)} back={{ href: '/desk/lists', label: '红黑榜' }} />
      {notice ? <Notice title={notice} /> : null}
      <NextAct
        line={line}
        publicityDays={list.publicityDays}
        isDrafter={list.draftedById === actor.personId}
        may={{ draft: canDraftLists(actor) === true, check: canCheckLists(actor) === true }}
        publicHref={isUp ? publicHref : null}
        here={here}
        token={token}
        form={form}
      />
      <Facts
        items={[
          ['规则', sayRule({ ...line, top: list.top, threshold: list.threshold })],
          ['细则', `第 ${list.versionNumber} 版`],
          ['台账截至', sayMoment(line.asOf)],
          [
            '公示',
            line.publicFrom && line.publicUntil
              ? sayDays(line.publicFrom, line.publicUntil)
              : `${list.publicityDays} 天，挂出来那天不算`,
          ],
          ['公布到', line.lastDay ? sayFullDay(line.lastDay) : `公示以后 ${list.daysUp} 天`],
          [
            '代替',
            list.replaces ? (
              <span key="replaces">
                <a href={`/desk/lists/${list.replaces.id}`}>
                  {sayFullDay(dayOf(list.replaces.endedAt))}撤回的那张
                </a>
                ，因为：{list.replaces.reason}
              </span>
            ) : null,
          ],
          ['给谁看', line.audience === 'EVERYONE' ? '谁都可以看' : '本村登录的村民和村里办事的人'],
        ]}
      />
      {list.isClosed ? (
        <Section title="名单" id="rows">
          <p className="soft">
            这张黑榜不再公布，名单谁也看不到了，村里办事的人也一样。当时榜上 {list.counts.rows} 行
            {list.counts.gone.length > 0 ? '，另外先撤下的见下面' : ''}。
          </p>
        </Section>
      ) : (
        <RowsTable line={line} rows={list.rows} />
      )}
      {list.gone.length > 0 ? (
        <Section title="已经撤下的" id="gone">
          <Lines label="已经撤下的">
            {list.gone.map((row) => (
              <Line
                key={`${row.where} ${row.name}`}
                title={`${row.where} ${row.name}`}
                meta={GONE_NAMES[row.why]}
              />
            ))}
          </Lines>
        </Section>
      ) : null}
      {list.gone.length === 0 && list.counts.gone.length > 0 ? (
        <Section title="已经撤下的" id="gone">
          <Lines label="已经撤下的">
            {list.counts.gone.map(({ why, count }) => (
              <Line key={why} title={`${count} 行`} meta={GONE_NAMES[why]} />
            ))}
          </Lines>
        </Section>
      ) : null}
      {isUp || isChecked ? (
        <Section title="图片和打印" id="documents">
          {isChecked ? (
            <p className="soft">公示以前只有村里办事的人打得开，上面写着“预览，尚未公示”。先看一遍再公示。</p>
          ) : null}
          <DocumentLinks base={publicHref} kinds={kinds} />
        </Section>
      ) : null}
      <Section title="办理经过" id="steps">
        <Lines label="办理经过">
          {list.steps.map((step) => (
            <Line
              key={step.what}
              title={[step.what, step.who].filter(Boolean).join(' · ')}
              meta={step.what === '公示' ? sayFullDay(dayOf(step.at)) : sayMoment(step.at)}
              state={ENDS.has(step.what) ? undefined : step.note}
              note={ENDS.has(step.what) && step.note ? `原因：${step.note}` : undefined}
            />
          ))}
        </Lines>
      </Section>
      {isLive && canWithdrawLists(actor) === true ? (
        <EndPart
          listId={line.id}
          wasPublic={line.publicFrom !== null}
          here={here}
          token={token}
          form={form}
        />
      ) : null}
    </>
  );
}
