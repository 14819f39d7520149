import type { Metadata } from 'next';
import { Button } from '@/components/ui/button';
import { CommandForm } from '@/components/ui/command-form';
import { NumberField } from '@/components/ui/field';
import { Message } from '@/components/ui/message';
import { PageHead } from '@/components/ui/page-head';
import { findFreeLimit } from '@/lib/alliance/counter/household/reads';
import { requireSeat } from '@/lib/auth/actor';
import { now } from '@/lib/platform/clock';
import { db } from '@/lib/platform/db';
import { readFormReturn } from '@/lib/platform/form-return';
import { formToken } from '@/lib/platform/origin';

export const metadata: Metadata = { title: '多少分以内不用点头' };

interface Props {
  searchParams: Promise<Record<string, string | string[] | undefined>>;
}

/** Up to how many points a shop may take by the code alone. The head of the household sets it; others read it. */
export default async function FreeLimitPage({ searchParams }: Props) {
  const actor = await requireSeat('resident');
  const query = await searchParams;
  const at = now();
  const [limit, form] = await Promise.all([
    findFreeLimit(db(), actor.resident),
    readFormReturn(actor.sessionId, query.r, at),
  ]);
  const { terms } = limit;
  const usual =
    terms === null
      ? '村里还没有和哪家店签协议。'
      : terms.least === terms.most
        ? `村里和店家说好的是 ${terms.least} 分。`
        : `村里和店家说好的是 ${terms.least} 到 ${terms.most} 分，看是哪家店。`;
  return (
    <>
      <PageHead title="多少分以内不用我点头" back={{ href: '/me/pay', label: '付款码' }} />
      {query.ok === 'set-free-limit' ? <Message tone="done" role="status" title="改好了。" /> : null}
      <div className="prose">
        <p>
          店里扫了您家的付款码，分数不多就直接收；超过了，要您在手机上点“给”才收。
          {usual}
        </p>
        <p>怕收错，可以改小；填 0 就是每一笔都要点头。改大没有用，最多按村里说好的算。</p>
        <p>
          现在：
          <b>{limit.points === null ? '按村里说好的' : `${limit.points} 分以内不用点头`}</b>
        </p>
      </div>
      {actor.resident.isHead ? (
        <CommandForm
          name="set-free-limit"
          back="/me/pay/limit"
          next="/me/pay/limit"
          token={formToken(actor.sessionId, at)}
          form={form}
        >
          <NumberField
            name="points"
            label="多少分以内不用点头"
            unit="分"
            hint="空着就是按村里说好的"
            optional
            form={form}
            {...(limit.points === null ? {} : { defaultValue: limit.points })}
          />
          <Button kind="primary" wide>
            就这样定
          </Button>
        </CommandForm>
      ) : (
        <p className="soft">这个由户主来定。要改，请户主用自己的手机改。</p>
      )}
    </>
  );
}
