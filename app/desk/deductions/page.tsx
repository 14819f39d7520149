import type { Metadata } from 'next';
import { DeductionLines } from '@/components/deductions/deduction-lines';
import { LinkButton } from '@/components/ui/button';
import { EmptyState } from '@/components/ui/message';
import { PageHead } from '@/components/ui/page-head';
import { Pager } from '@/components/ui/pager';
import { Chips } from '@/components/ui/tabs';
import { requireSeat } from '@/lib/auth/actor';
import { canRecordDeductions, isTaskOf } from '@/lib/deductions/policy';
import { countTasks, listTask } from '@/lib/deductions/queue/reads';
import { TASK_NAMES } from '@/lib/deductions/rules';
import type { DeductionTask } from '@/lib/deductions/types';
import { dayOf, now } from '@/lib/platform/clock';
import { db } from '@/lib/platform/db';
import { pageAddress, pageOf, pagerOf } from '@/lib/platform/paging';

export const metadata: Metadata = { title: '扣分' };

const NAMES: Record<DeductionTask, string> = { ...TASK_NAMES, NONE: '办完的' };
const TASKS = Object.keys(NAMES) as DeductionTask[];

interface Props {
  searchParams: Promise<Record<string, string | string[] | undefined>>;
}

/** Deductions by what waits to be done about them. Four queries. */
export default async function Deductions({ searchParams }: Props) {
  const actor = await requireSeat('desk');
  const { villageId } = actor.desk;
  const today = dayOf(now());
  const [{ task: asked, page }, counts] = await Promise.all([
    searchParams,
    countTasks(db(), villageId, today),
  ]);
  const task =
    TASKS.find((one) => one.toLowerCase() === asked) ??
    TASKS.find((one) => counts[one] > 0 && one !== 'WAIT' && isTaskOf(actor, one)) ??
    TASKS.find((one) => counts[one] > 0) ??
    'WARN';
  const found = await listTask(db(), villageId, task, today, pageOf(page));
  const { lines } = found;
  return (
    <>
      <PageHead title="扣分" lead="先提醒，再复查，两个人定，给人申辩：一步都不能少。" />
      {canRecordDeductions(actor) === true ? (
        <p className="acts">
          <LinkButton kind="primary" href="/desk/deductions/new">
            记一件
          </LinkButton>
        </p>
      ) : null}
      <Chips
        label="到了哪一步"
        items={TASKS.map((one) => ({
          href: `/desk/deductions?task=${one.toLowerCase()}`,
          label: NAMES[one],
          current: one === task,
          ...(counts[one] > 0 ? { count: counts[one] } : {}),
        }))}
      />
      {lines.length === 0 && found.page > 1 ? (
        <EmptyState title="这一页没有内容">请从第一页看起。</EmptyState>
      ) : lines.length === 0 ? (
        <EmptyState title={`没有“${NAMES[task]}”的`}>扣分不是目的，没有最好。</EmptyState>
      ) : (
        <DeductionLines
          label={NAMES[task]}
          lines={lines}
          today={today}
          hrefOf={(id) => `/desk/deductions/${id}`}
          showHousehold
        />
      )}
      <Pager
        {...pagerOf(found, (to) => pageAddress(`/desk/deductions?task=${task.toLowerCase()}`, to), '件')}
        words={['前一页', '后一页']}
      />
    </>
  );
}
