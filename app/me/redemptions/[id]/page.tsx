import type { Metadata } from 'next';
import { notFound } from 'next/navigation';
import { RedemptionFacts } from '@/components/alliance/counter/redemption-facts';
import { TakeBack } from '@/components/alliance/counter/take-back';
import { Button } from '@/components/ui/button';
import { CommandForm } from '@/components/ui/command-form';
import { Message, Refusal } from '@/components/ui/message';
import { PageHead } from '@/components/ui/page-head';
import { findOfHousehold } from '@/lib/alliance/counter/household/reads';
import { HOUSEHOLD_NOTICES } from '@/lib/alliance/counter/notices';
import { canDo } from '@/lib/alliance/counter/rules';
import { requireSeat } from '@/lib/auth/actor';
import { dayOf, now } from '@/lib/platform/clock';
import { db } from '@/lib/platform/db';
import { readFormReturn } from '@/lib/platform/form-return';
import { isId } from '@/lib/platform/ids';
import { noticeOf } from '@/lib/platform/notice';
import { formToken } from '@/lib/platform/origin';

export const metadata: Metadata = { title: '这一笔兑换' };

interface Props {
  params: Promise<{ id: string }>;
  searchParams: Promise<Record<string, string | string[] | undefined>>;
}

/** One redemption of one's own household: what it was, and what may still be done about it. */
export default async function Redemption({ params, searchParams }: Props) {
  const actor = await requireSeat('resident');
  const [{ id }, query] = await Promise.all([params, searchParams]);
  const at = now();
  const [redemption, form] = await Promise.all([
    isId(id) ? findOfHousehold(db(), actor.resident, id) : null,
    readFormReturn(actor.sessionId, query.r, at),
  ]);
  if (!redemption) notFound();
  const today = dayOf(at);
  const token = formToken(actor.sessionId, at);
  const postedOn = redemption.postedAt ? dayOf(redemption.postedAt) : null;
  const can = canDo(redemption, postedOn, today, 'HOUSEHOLD');
  const notice = noticeOf(HOUSEHOLD_NOTICES, query.ok);
  return (
    <>
      <PageHead title="这一笔兑换" back={{ href: '/me/redemptions', label: '我家的兑换' }} />
      {notice ? <Message tone="done" role="status" title={notice} /> : null}
      {form ? <Refusal refusal={form.refusal} /> : null}
      <RedemptionFacts redemption={redemption} side="household" today={today} />
      {redemption.state === 'HELD' ? (
        <CommandForm
          name="void-order"
          back={`/me/redemptions/${id}`}
          next={`/me/redemptions/${id}`}
          token={token}
          fixed={{ redemptionId: id }}
        >
          <Button kind="danger" wide>
            取消预留，{redemption.points} 分退回来
          </Button>
        </CommandForm>
      ) : null}
      <TakeBack redemption={redemption} side="household" can={can} form={form} token={token} />
    </>
  );
}
