import type { Metadata } from 'next';
import { notFound } from 'next/navigation';
import { ReasonForm } from '@/components/rewards/forms';
import { sayWholeDay } from '@/components/rewards/words';
import { LinkButton } from '@/components/ui/button';
import { Facts } from '@/components/ui/figures';
import { Message, Notice } from '@/components/ui/message';
import { PageHead, Section } from '@/components/ui/page-head';
import { requireSeat } from '@/lib/auth/actor';
import { now, sayQuarter } from '@/lib/platform/clock';
import { db } from '@/lib/platform/db';
import { readFormReturn } from '@/lib/platform/form-return';
import { isId } from '@/lib/platform/ids';
import { formToken } from '@/lib/platform/origin';
import { findCertificate } from '@/lib/rewards/plaque/reads';
import { canRevokeRewards } from '@/lib/rewards/policy';

export const metadata: Metadata = { title: '红榜之家' };

interface Props {
  params: Promise<{ id: string }>;
  searchParams: Promise<Record<string, string | string[] | undefined>>;
}

/** One plaque: whose it is, its certificate to print; for the supervisor the way to revoke it. */
export default async function Plaque({ params, searchParams }: Props) {
  const actor = await requireSeat('desk');
  const [{ id }, query] = await Promise.all([params, searchParams]);
  const at = now();
  const plaque = isId(id) ? await findCertificate(db(), actor.desk.villageId, id) : null;
  if (!plaque) notFound();
  const form = await readFormReturn(actor.sessionId, query.r, at);
  const page = `/desk/rewards/plaques/${plaque.id}`;
  return (
    <div className="narrow">
      <PageHead title={`红榜之家 ${plaque.number}`} back={{ href: '/desk/rewards', label: '奖励' }} />
      {query.ok === 'revoke-plaque' ? <Notice title="已经撤销，那一户收到了消息。" /> : null}
      {plaque.revokedOn ? (
        <Message tone="look" title={`这块牌 ${sayWholeDay(plaque.revokedOn)}撤销了，证书扫码就会这样说。`}>
          {`原因：${plaque.revokedWhy}`}
        </Message>
      ) : null}
      <Facts
        items={[
          ['哪一户', `${plaque.householdCode} ${plaque.headName}`],
          ['小组', plaque.groupName],
          ['哪一期', `${sayQuarter(plaque.quarter)}红榜`],
          ['颁发日', sayWholeDay(plaque.awardedOn)],
        ]}
      />
      {plaque.revokedOn ? null : (
        <>
          <p>
            <LinkButton kind="primary" href={`${page}/certificate`}>
              看证书，打印
            </LinkButton>
          </p>
          {canRevokeRewards(actor) === true ? (
            <Section title="撤销" id="revoke">
              <p className="act-note">撤销以后不能再恢复，这一户会收到消息，证书扫码就显示已撤销。</p>
              <ReasonForm
                command="revoke-plaque"
                fixed={{ plaqueId: plaque.id }}
                page={page}
                next={page}
                label="为什么撤销"
                hint="这一户会看到，写清楚是哪件事。"
                act="撤销这块牌"
                form={form}
                token={formToken(actor.sessionId, at)}
              />
            </Section>
          ) : null}
        </>
      )}
    </div>
  );
}
