import type { Metadata } from 'next';
import { notFound } from 'next/navigation';
import { Stars } from '@/components/rewards/stars';
import { sayStarCounts } from '@/components/rewards/words';
import { Button } from '@/components/ui/button';
import { CommandForm } from '@/components/ui/command-form';
import { Facts } from '@/components/ui/figures';
import { Line, Lines } from '@/components/ui/lines';
import { EmptyState, Message, Notice } from '@/components/ui/message';
import { PageHead, Section } from '@/components/ui/page-head';
import { Pager } from '@/components/ui/pager';
import { StatusText } from '@/components/ui/status-text';
import { requireSeat } from '@/lib/auth/actor';
import { dayOf, now, sayDay, sayQuarter } from '@/lib/platform/clock';
import { db } from '@/lib/platform/db';
import { readFormReturn } from '@/lib/platform/form-return';
import { formToken } from '@/lib/platform/origin';
import { canAwardRewards } from '@/lib/rewards/policy';
import { findStarQuarter } from '@/lib/rewards/star/reads';
import { isQuarterOver, parseQuarter } from '@/lib/rewards/star/rules';

export const metadata: Metadata = { title: '评星级' };

interface Props {
  params: Promise<{ quarter: string }>;
  searchParams: Promise<Record<string, string | string[] | undefined>>;
}

/** A quarter's stars: who would be rated now, by which thresholds, and who is. */
export default async function StarsOfQuarter({ params, searchParams }: Props) {
  const actor = await requireSeat('desk');
  const [{ quarter: asked }, query] = await Promise.all([params, searchParams]);
  const quarter = parseQuarter(asked);
  const at = now();
  const today = dayOf(at);
  if (!quarter || !isQuarterOver(quarter, today)) notFound();
  const [view, form] = await Promise.all([
    findStarQuarter(db(), actor.desk.villageId, quarter, Number(query.page ?? '1')),
    readFormReturn(actor.sessionId, query.r, at),
  ]);
  const page = `/desk/rewards/stars/${quarter}`;
  const due = view.due.reduce((sum, count) => sum + count.households, 0);
  const href = (to: number) => (to > 1 ? `${page}?page=${to}` : page);
  return (
    <>
      <PageHead title={`${sayQuarter(quarter)}星级`} back={{ href: '/desk/rewards', label: '奖励' }} />
      {query.ok === 'award-stars' ? <Notice title="评好了，每一户都收到了消息。" /> : null}
      {query.ok === 'revoke-star' ? <Notice title="已经撤销，那一户收到了消息。" /> : null}
      <Facts
        items={[
          ['按哪一版', view.versionNumber ? `第 ${view.versionNumber} 版细则` : '那时还没有细则'],
          [
            '几分几星',
            view.thresholds.map((points, index) => `${'一二三四五'[index]}星 ${points} 分`).join('，'),
          ],
          ['已经评的', sayStarCounts(view.awarded)],
          ['现在够分、没有评的', sayStarCounts(view.due)],
        ]}
      />
      {view.isInPublicity ? (
        <Message tone="look" title="这个季度的台账还在公示。">
          公示期满、季度锁定以后再评星，免得评了又要改。
        </Message>
      ) : null}
      {canAwardRewards(actor) === true && due > 0 && !view.isInPublicity ? (
        <CommandForm
          name="award-stars"
          back={page}
          next={page}
          fixed={{ period: quarter }}
          form={form}
          token={formToken(actor.sessionId, at)}
          className="form-act"
          label="评星"
        >
          <Button kind="primary">给这 {due} 户评星</Button>
        </CommandForm>
      ) : null}
      <Section title="名单" id="rated">
        {view.lines.length === 0 ? (
          <EmptyState title="还没有评">
            {due > 0 ? '够分的户由台账算出，不能多，也不能少。' : '这个季度没有户够一星。'}
          </EmptyState>
        ) : (
          <Lines label="评上星的户">
            {view.lines.map((line) => (
              <Line
                key={line.id}
                href={`${page}/${line.id}`}
                title={`${line.householdCode} ${line.headName}`}
                figure={`${line.honour} 分`}
                meta={<Stars stars={line.stars} />}
                state={
                  line.revokedOn ? (
                    <StatusText state="back">{sayDay(line.revokedOn, today)}撤销</StatusText>
                  ) : line.honourNow < line.honour ? (
                    <StatusText state="wait">台账现在 {line.honourNow} 分</StatusText>
                  ) : undefined
                }
              />
            ))}
          </Lines>
        )}
        <Pager
          newer={view.page > 1 ? href(view.page - 1) : null}
          older={view.page < view.pages ? href(view.page + 1) : null}
          words={['前一页', '后一页']}
          note={`共 ${view.total} 户`}
        />
      </Section>
    </>
  );
}
