import type { Metadata } from 'next';
import { notFound } from 'next/navigation';
import { ReasonForm } from '@/components/rewards/forms';
import { Stars } from '@/components/rewards/stars';
import { sayWholeDay } from '@/components/rewards/words';
import { Facts } from '@/components/ui/figures';
import { Message } from '@/components/ui/message';
import { PageHead, Section } from '@/components/ui/page-head';
import { requireSeat } from '@/lib/auth/actor';
import { now, sayQuarter } from '@/lib/platform/clock';
import { db } from '@/lib/platform/db';
import { readFormReturn } from '@/lib/platform/form-return';
import { isId } from '@/lib/platform/ids';
import { formToken } from '@/lib/platform/origin';
import { canRevokeRewards } from '@/lib/rewards/policy';
import { findStar } from '@/lib/rewards/star/reads';

export const metadata: Metadata = { title: '星级' };

interface Props {
  params: Promise<{ quarter: string; id: string }>;
  searchParams: Promise<Record<string, string | string[] | undefined>>;
}

/** One household's stars of a quarter; for the supervisor the way to revoke them. */
export default async function Star({ params, searchParams }: Props) {
  const actor = await requireSeat('desk');
  const [{ quarter, id }, query] = await Promise.all([params, searchParams]);
  const at = now();
  const star = isId(id) ? await findStar(db(), actor.desk.villageId, id) : null;
  if (star?.quarter !== quarter) notFound();
  const form = await readFormReturn(actor.sessionId, query.r, at);
  const list = `/desk/rewards/stars/${star.quarter}`;
  const page = `${list}/${star.id}`;
  return (
    <div className="narrow">
      <PageHead
        title={`${star.householdCode} ${star.headName}`}
        back={{ href: list, label: `${sayQuarter(star.quarter)}星级` }}
      />
      {star.revokedOn ? (
        <Message tone="look" title={`这个星级 ${sayWholeDay(star.revokedOn)}撤销了。`}>
          {`原因：${star.revokedWhy}`}
        </Message>
      ) : null}
      <Facts
        items={[
          ['星级', <Stars key="stars" stars={star.stars} />],
          ['评定时', `${star.honour} 分`],
          ['台账现在', `${star.honourNow} 分`],
          ['评定日', sayWholeDay(star.awardedOn)],
          [
            '这一户',
            <span key="household">
              其他记录见<a href={`/desk/people/${star.householdId}`}>户和人</a>
            </span>,
          ],
        ]}
      />
      {canRevokeRewards(actor) === true && !star.revokedOn ? (
        <Section title="撤销" id="revoke">
          <p className="act-note">
            评的分后来冲销了，或者评错了，可以撤销。撤销以后不能再恢复，这一户会收到消息。
          </p>
          <ReasonForm
            command="revoke-star"
            fixed={{ starId: star.id }}
            page={page}
            next={page}
            label="为什么撤销"
            hint="这一户会看到，写清楚是哪件事。"
            act="撤销这个星级"
            form={form}
            token={formToken(actor.sessionId, at)}
          />
        </Section>
      ) : null}
    </div>
  );
}
