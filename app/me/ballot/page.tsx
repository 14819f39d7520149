import type { Metadata } from 'next';
import { BallotFacts } from '@/components/rulebook/ballot-facts';
import { VoteForm } from '@/components/rulebook/vote-form';
import { LinkButton } from '@/components/ui/button';
import { EmptyState, Message, Notice } from '@/components/ui/message';
import { PageHead, Section } from '@/components/ui/page-head';
import { requireSeat } from '@/lib/auth/actor';
import { now } from '@/lib/platform/clock';
import { db } from '@/lib/platform/db';
import { readFormReturn } from '@/lib/platform/form-return';
import { formToken } from '@/lib/platform/origin';
import { findVillages } from '@/lib/regions/reads';
import { findBallot, findHallEntered, findHeard, findOwnVote } from '@/lib/rulebook/ballot/reads';
import { hallAskWhom } from '@/lib/rulebook/ballot/rules';
import { findMeetingRules } from '@/lib/rulebook/meeting/reads';

export const metadata: Metadata = { title: '表决' };

interface Props {
  searchParams: Promise<Record<string, string | string[] | undefined>>;
}

/** The vote on the village's new rulebook, from the phone. */
export default async function Vote({ searchParams }: Props) {
  const actor = await requireSeat('resident');
  const { villageId } = actor.resident;
  const at = now();
  const query = await searchParams;
  const [heard, villages, rules, form] = await Promise.all([
    findHeard(db(), villageId),
    findVillages(db(), [villageId]),
    findMeetingRules(db(), villageId),
    readFormReturn(actor.sessionId, query.r, at),
  ]);
  const village = villages.get(villageId);
  const ballot = heard ? await findBallot(db(), villageId, heard.id, at) : null;
  const draft = `/v/${village?.code ?? ''}/rulebook/draft`;
  if (!heard || !ballot) {
    return (
      <>
        <PageHead title="表决" back={{ href: '/me', label: '我家' }} />
        <EmptyState
          title="现在没有要表决的"
          action={
            <LinkButton href={heard ? draft : `/v/${village?.code ?? ''}/rulebook`}>
              {heard ? '看新细则草案，提意见' : '看现行的细则'}
            </LinkButton>
          }
        >
          有新细则要表决，会发消息告诉您。
        </EmptyState>
      </>
    );
  }
  const own = await findOwnVote(db(), villageId, ballot, actor.resident);
  const askWhom = own?.isFromHall ? hallAskWhom(await findHallEntered(db(), villageId, ballot.id)) : '';
  const who = ballot.unit === 'HOUSEHOLD' ? '您家' : '您';
  return (
    <>
      <PageHead
        title={`表决：第 ${heard.number} 版细则`}
        lead={heard.title}
        back={{ href: '/me', label: '我家' }}
      />
      {query.ok === 'cast-vote' ? (
        <Notice title="票投好了，谢谢。">谁投了什么，谁也查不到。</Notice>
      ) : own?.hasVoted ? (
        <Message tone="done" title={own.isFromHall ? `${who}的票由会场录入。` : `${who}已经投过票了。`}>
          {own.isFromHall
            ? `${who}没有在会场投过票的，请马上找${askWhom}。`
            : '不管是在手机上还是在会场，先投的那一票算数。'}
        </Message>
      ) : null}
      <p className="more">
        <LinkButton href={draft}>先看草案改了什么</LinkButton>
      </p>
      {ballot.isOpen && own && !own.hasVoted ? (
        <Section title="投票" id="vote">
          <VoteForm
            ballotId={ballot.id}
            unit={ballot.unit}
            form={form}
            token={formToken(actor.sessionId, at)}
          />
        </Section>
      ) : null}
      {ballot.isOpen && !own ? (
        <Message tone="look" title="这次表决的名册上没有您。">
          名册按发起那天的户口册来，满 18 岁的村民有票。有疑问请找村委会。
        </Message>
      ) : null}
      <Section title={ballot.isOpen ? '怎样算通过' : '结果'} id="count">
        <BallotFacts ballot={ballot} rules={rules} />
      </Section>
    </>
  );
}
