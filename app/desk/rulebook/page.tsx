import type { Metadata } from 'next';
import { DraftForm } from '@/components/rulebook/draft-forms';
import { MeetingRulesForm } from '@/components/rulebook/meeting-forms';
import { MeetingRulesFacts } from '@/components/rulebook/meeting-rules-facts';
import { sayFullDay } from '@/components/rulebook/resolution-facts';
import { VersionState } from '@/components/rulebook/states';
import { LinkButton } from '@/components/ui/button';
import { Disclosure } from '@/components/ui/disclosure';
import { Line, Lines } from '@/components/ui/lines';
import { EmptyState, Notice } from '@/components/ui/message';
import { Acts, PageHead, Section } from '@/components/ui/page-head';
import { requireSeat } from '@/lib/auth/actor';
import { dayOf, now } from '@/lib/platform/clock';
import { db } from '@/lib/platform/db';
import { readFormReturn } from '@/lib/platform/form-return';
import { noticeOf } from '@/lib/platform/notice';
import { formToken } from '@/lib/platform/origin';
import { findVillages } from '@/lib/regions/reads';
import { findMeetingRules } from '@/lib/rulebook/meeting/reads';
import { canKeepRulebook } from '@/lib/rulebook/policy';
import { versionInForce } from '@/lib/rulebook/rules';
import { listEveryVersion } from '@/lib/rulebook/version/reads';
import type { VersionLine } from '@/lib/rulebook/version/types';

export const metadata: Metadata = { title: '积分细则' };

interface Props {
  searchParams: Promise<Record<string, string | string[] | undefined>>;
}

const NOTICES: Record<string, string> = {
  'drop-rulebook': '草案已经放弃。',
  'change-meeting-rules': '会议规则已经保存。',
};

/** The versions of the village's rulebook, the way to a new one, and when a meeting counts. */
export default async function Rulebooks({ searchParams }: Props) {
  const actor = await requireSeat('desk');
  const { villageId } = actor.desk;
  const query = await searchParams;
  const at = now();
  const today = dayOf(at);
  const [versions, rules, villages, form] = await Promise.all([
    listEveryVersion(db(), villageId),
    findMeetingRules(db(), villageId),
    findVillages(db(), [villageId]),
    readFormReturn(actor.sessionId, query.r, at),
  ]);
  const token = formToken(actor.sessionId, at);
  const open = versions.find((one) => one.state === 'DRAFT' || one.state === 'HEARING');
  const inForce = versionInForce(
    versions.filter((one) => one.state === 'ADOPTED' || one.state === 'SUPERSEDED'),
    today,
  );
  const isKeeper = canKeepRulebook(actor) === true;
  const formOf = (part: string) => (query.edit === part ? form : null);
  const ok = noticeOf(NOTICES, query.ok);
  const drafting = (
    <DraftForm
      inForce={inForce ? { id: inForce.id, number: inForce.number } : null}
      form={formOf('draft')}
      token={token}
    />
  );
  return (
    <>
      <PageHead title="积分细则" lead="怎么记分由村民会议定：起草、听取意见、表决、开会决议、施行。" />
      {ok ? <Notice title={ok} /> : null}
      {open ? (
        <Section title="正在办的草案" id="open">
          <Lines label="正在办的草案">
            <VersionEntry version={open} today={today} />
          </Lines>
          <Acts>
            <LinkButton kind={isKeeper ? 'primary' : 'outline'} href={`/desk/rulebook/${open.number}`}>
              {isKeeper ? '接着办' : '看草案'}
            </LinkButton>
          </Acts>
        </Section>
      ) : isKeeper ? (
        <Section title="起草新一版" id="draft">
          <div className="narrow">
            {versions.length === 0 || query.edit === 'draft' ? (
              drafting
            ) : (
              <Disclosure title="照现行的改，或者从样板开始">{drafting}</Disclosure>
            )}
          </div>
        </Section>
      ) : null}
      <Section title="各版" id="versions">
        {versions.length === 0 ? (
          <EmptyState title="还没有细则">
            从三种样板里选一种起草，改成本村的，再听取意见、开会通过。
          </EmptyState>
        ) : (
          <Lines label="各版">
            {versions
              .filter((one) => one.id !== open?.id)
              .map((one) => (
                <VersionEntry key={one.id} version={one} today={today} />
              ))}
          </Lines>
        )}
        <p className="more">
          <a href={`/v/${villages.get(villageId)?.code ?? ''}/rulebook`}>看公开、可打印的现行细则</a>
        </p>
      </Section>
      <Section title="会议规则" id="rules">
        <MeetingRulesFacts rules={rules} />
        {isKeeper && open?.state === 'HEARING' ? (
          <p className="list-note">
            草案正在听取意见或者表决，会议规则现在不能改；等这一份办完，或者放弃它以后再改。
          </p>
        ) : isKeeper ? (
          <Disclosure title="改会议规则" open={query.edit === 'rules'}>
            <MeetingRulesForm rules={rules} form={formOf('rules')} token={token} />
          </Disclosure>
        ) : null}
      </Section>
    </>
  );
}

function VersionEntry({ version, today }: { version: VersionLine; today: string }) {
  const { effectiveFrom, effectiveUntil, droppedWhy } = version;
  const days = effectiveFrom
    ? `${sayFullDay(effectiveFrom)}起${effectiveUntil ? `，${sayFullDay(effectiveUntil)}止` : ''}`
    : droppedWhy || '还没有通过';
  return (
    <Line
      href={`/desk/rulebook/${version.number}`}
      title={`第 ${version.number} 版 ${version.title}`}
      figure={<small className="soft">{version.items} 项</small>}
      meta={days}
      state={<VersionState version={version} today={today} />}
    />
  );
}
