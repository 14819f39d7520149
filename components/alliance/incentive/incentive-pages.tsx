import type { ReactNode } from 'react';
import { MemberName } from '@/components/alliance/charity-mark';
import { ReasonForm } from '@/components/rewards/forms';
import { LinkButton } from '@/components/ui/button';
import type { FormReturn } from '@/components/ui/form-return';
import { Line, Lines } from '@/components/ui/lines';
import { EmptyState, Notice } from '@/components/ui/message';
import { PageHead, Section } from '@/components/ui/page-head';
import type { IncentiveView, Recipient } from '@/lib/alliance/incentive/types';
import type { Day } from '@/lib/platform/clock';
import { IncentiveFacts } from './incentive-facts';
import { IncentiveLine } from './incentive-line';

// The officials' pages about incentives; the desk's and the office's differ in who may give and whose names they say.

/** What was given, newest first; of all members or of one. */
export function IncentiveList({
  page,
  back,
  lead,
  incentives,
  member,
  canGive,
  names,
  today,
}: {
  page: string;
  back: { href: string; label: string };
  lead: ReactNode;
  incentives: IncentiveView[];
  /** the one member it is about; null: all */
  member: Recipient | null;
  canGive: boolean;
  names: 'member' | 'both';
  today: Day;
}) {
  return (
    <>
      <PageHead
        title={member ? <MemberName {...member} /> : '商户激励'}
        lead={member ? '得到的激励' : lead}
        back={member ? { href: page, label: '商户激励' } : back}
      />
      {canGive ? (
        <p className="form-act">
          <LinkButton kind="primary" href={member ? `${page}/new?merchant=${member.id}` : `${page}/new`}>
            记一项激励
          </LinkButton>
        </p>
      ) : null}
      {incentives.length === 0 ? (
        <EmptyState title="还没有记过">
          荣誉、减租减税、公益补贴、好位置，给了哪家店，都在这里记一笔，店里看得到。
        </EmptyState>
      ) : (
        <Lines label="激励">
          {incentives.map((one) => (
            <IncentiveLine
              key={one.id}
              incentive={one}
              today={today}
              href={`${page}/${one.id}`}
              names={names}
            />
          ))}
        </Lines>
      )}
    </>
  );
}

/** Which member is given to: the first step. */
export function ChooseRecipient({ page, members }: { page: string; members: Recipient[] }) {
  return (
    <>
      <PageHead title="给哪家" back={{ href: page, label: '商户激励' }} />
      {members.length === 0 ? (
        <EmptyState title="还没有商户">入了盟、签了协议的店和公益组织，才能记激励。</EmptyState>
      ) : (
        <Lines label="商户">
          {members.map((member) => (
            <Line
              key={member.id}
              href={`${page}/new?merchant=${member.id}`}
              title={<MemberName {...member} />}
              meta="给这家记一项"
            />
          ))}
        </Lines>
      )}
    </>
  );
}

/** One incentive, with its certificate, and for the giver the way to take it back. */
export function IncentivePage({
  page,
  incentive,
  isNew,
  isRevoked,
  revoke,
  form,
  token,
}: {
  page: string;
  incentive: IncentiveView;
  /** just recorded, just taken back: says so */
  isNew: boolean;
  isRevoked: boolean;
  /** the command of who may take it back; null for others */
  revoke: 'revoke-incentive' | 'revoke-township-incentive' | null;
  form: FormReturn | null;
  token: string;
}) {
  const here = `${page}/${incentive.id}`;
  return (
    <div className="narrow">
      <PageHead title={incentive.title} back={{ href: page, label: '商户激励' }} />
      {isNew ? <Notice title="记下了，店里能看到。" /> : null}
      {isRevoked ? <Notice title="收回了，原因店里能看到。" /> : null}
      <IncentiveFacts incentive={incentive} />
      {incentive.code && !incentive.revokedOn ? (
        <p className="form-act">
          <LinkButton kind="primary" href={`${here}/certificate`}>
            看证书，打印
          </LinkButton>
        </p>
      ) : null}
      {revoke && !incentive.revokedOn ? (
        <Section title="收回" id="revoke">
          <p className="act-note">收回以后不能恢复，要再给就另记一项。原来这一项和收回的原因都留着。</p>
          <ReasonForm
            command={revoke}
            fixed={{ incentiveId: incentive.id }}
            page={here}
            next={`${here}?ok=${revoke}`}
            label="为什么收回"
            hint="店里会看到，写清楚是哪件事。"
            act="收回这一项"
            form={form}
            token={token}
          />
        </Section>
      ) : null}
    </div>
  );
}
