import type { Metadata } from 'next';
import { notFound } from 'next/navigation';
import { BallotFacts } from '@/components/rulebook/ballot-facts';
import { OpenBallotForm } from '@/components/rulebook/draft-forms';
import { HallForm } from '@/components/rulebook/hall-form';
import { Disclosure } from '@/components/ui/disclosure';
import { EmptyState, Message, Notice } from '@/components/ui/message';
import { PageHead, Section } from '@/components/ui/page-head';
import { addDays } from '@/lib/platform/clock';
import { db } from '@/lib/platform/db';
import { noticeOf } from '@/lib/platform/notice';
import { findBallot, listRoll } from '@/lib/rulebook/ballot/reads';
import { findMeetingRules } from '@/lib/rulebook/meeting/reads';
import { canEnterHallVotes } from '@/lib/rulebook/policy';
import { openVersion, type VersionProps } from '../version';

export const metadata: Metadata = { title: '表决' };

const USUAL_DAYS = 3;
const NOTICES: Record<string, string> = {
  'open-ballot': '表决发起了，已经告诉大家。',
  'enter-hall-votes': '会场的票录好了。',
};

/** The vote on a draft: opened here, the hall's papers entered here, the count shown when it is closed. */
export default async function Ballot(props: VersionProps) {
  const page = await openVersion(props);
  const { version, villageId, query, at, today, token, form, base, isKeeper, actor } = page;
  if (!version.hearingUntil) notFound();
  const [ballot, rules] = await Promise.all([
    findBallot(db(), villageId, version.id, at),
    findMeetingRules(db(), villageId),
  ]);
  const here = `${base}/ballot`;
  const ok = noticeOf(NOTICES, query.ok);
  const canEnter = ballot?.isOpen === true && canEnterHallVotes(actor) === true;
  const roll = canEnter && ballot ? await listRoll(db(), villageId, ballot) : [];
  const isHeard = at >= version.hearingUntil;
  return (
    <>
      <PageHead
        title="表决"
        lead={`第 ${version.number} 版 ${version.title}`}
        back={{ href: base, label: `第 ${version.number} 版` }}
      />
      {ok ? <Notice title={ok} /> : null}
      {ballot ? (
        <BallotFacts ballot={ballot} rules={rules} />
      ) : version.state !== 'HEARING' ? (
        <EmptyState title="这一版没有在手机上表决">是在会上表决的。</EmptyState>
      ) : !isHeard ? (
        <Message title="听取意见截止以后，才能发起表决。" />
      ) : isKeeper ? (
        <div className="narrow">
          <p className="prose mb-4">
            开会的人到不齐，可以请大家在手机上投。会场投的票也录到这里，手机和会场只算一次；截止以后自动计票，直接填进决议。
          </p>
          <OpenBallotForm
            versionId={version.id}
            page={here}
            closesOn={addDays(today, USUAL_DAYS)}
            form={form}
            token={token}
          />
        </div>
      ) : (
        <EmptyState title="还没有发起表决">由村书记发起。</EmptyState>
      )}
      {canEnter && ballot ? (
        <Section title="会场的票" id="hall">
          <Disclosure title="录入会场的票" open={query.hall === '1'}>
            <HallForm
              ballotId={ballot.id}
              page={here}
              roll={roll}
              form={query.hall === '1' ? form : null}
              token={token}
            />
          </Disclosure>
        </Section>
      ) : null}
    </>
  );
}
