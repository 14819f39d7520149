import type { Metadata } from 'next';
import { notFound } from 'next/navigation';
import { BallotFacts } from '@/components/rulebook/ballot-facts';
import { ResolutionForm } from '@/components/rulebook/meeting-forms';
import { Message } from '@/components/ui/message';
import { PageHead, Section } from '@/components/ui/page-head';
import { db } from '@/lib/platform/db';
import { isId } from '@/lib/platform/ids';
import { countRolls, findBallot } from '@/lib/rulebook/ballot/reads';
import { countComments } from '@/lib/rulebook/hearing/reads';
import { meetingEarliest } from '@/lib/rulebook/hearing/rules';
import { findMeetingRules } from '@/lib/rulebook/meeting/reads';
import { openVersion, type VersionProps } from '../version';

export const metadata: Metadata = { title: '录入决议' };

/** The meeting's resolution on a heard draft; what keeps it from being recorded is said before the form. */
export default async function RecordResolution(props: VersionProps) {
  const page = await openVersion(props, { keepers: true });
  const { version, villageId, query, at, today, token, form, base } = page;
  if (version.state !== 'HEARING' || !version.hearingUntil) notFound();
  const [ballot, rules, rolls, comments] = await Promise.all([
    findBallot(db(), villageId, version.id, at),
    findMeetingRules(db(), villageId),
    countRolls(db(), villageId, at),
    countComments(db(), villageId, version.id),
  ]);
  const waitsFor =
    at < version.hearingUntil
      ? '听取意见还没有截止。'
      : comments.waiting > 0
        ? `还有 ${comments.waiting} 条意见没有答复。`
        : ballot?.isOpen
          ? '表决还没有截止。'
          : null;
  return (
    <div className="narrow">
      <PageHead
        title="录入决议"
        lead={`第 ${version.number} 版 ${version.title}`}
        back={{ href: base, label: `第 ${version.number} 版` }}
      />
      {waitsFor ? (
        <Message tone="look" title={`现在还不能录：${waitsFor}`} />
      ) : (
        <>
          {ballot ? (
            <Section title="表决结果，自动填进决议" id="count">
              <BallotFacts ballot={ballot} rules={rules} />
            </Section>
          ) : null}
          <ResolutionForm
            versionId={version.id}
            base={base}
            ballot={ballot}
            rules={rules}
            rolls={rolls}
            today={today}
            earliest={meetingEarliest(version.hearingUntil)}
            photos={[query.photo].flat().filter(isId)}
            form={form}
            token={token}
          />
        </>
      )}
    </div>
  );
}
