import type { Metadata } from 'next';
import { DropForm, FilingForm, HearingForm, TakeBackForm } from '@/components/rulebook/draft-forms';
import { DraftOutline } from '@/components/rulebook/draft-outline';
import { Findings } from '@/components/rulebook/findings';
import { sayFullDay } from '@/components/rulebook/resolution-facts';
import { DraftSteps, type Step, sayHearing, sayMoment, VersionState } from '@/components/rulebook/states';
import { VillageSettings } from '@/components/rulebook/village-settings';
import { LinkButton } from '@/components/ui/button';
import { Disclosure } from '@/components/ui/disclosure';
import { Line, Lines } from '@/components/ui/lines';
import { Message, Notice } from '@/components/ui/message';
import { Acts, PageHead, Section } from '@/components/ui/page-head';
import { addDays, dayOf } from '@/lib/platform/clock';
import { db } from '@/lib/platform/db';
import { noticeOf } from '@/lib/platform/notice';
import { findVillages } from '@/lib/regions/reads';
import { findBallot } from '@/lib/rulebook/ballot/reads';
import type { BallotView } from '@/lib/rulebook/ballot/types';
import { countComments } from '@/lib/rulebook/hearing/reads';
import { HEARING_DAYS_LEAST, HEARING_DAYS_USUAL } from '@/lib/rulebook/hearing/rules';
import { listCategories } from '@/lib/rulebook/reads';
import { validateRulebook } from '@/lib/rulebook/validate';
import { openVersion, type VersionPage, type VersionProps } from './version';

export const metadata: Metadata = { title: '积分细则' };

const NOTICES: Record<string, string> = {
  'draft-rulebook': '草案起草好了，在下面一项一项改。',
  'put-item': '这一项已经保存。',
  'remove-item': '这一项已经删去。',
  'put-category': '类别已经保存。',
  'remove-category': '类别已经删去。',
  'change-rule-settings': '规定已经保存。',
  'change-covenant': '村规民约已经保存。',
  'open-hearing': '草案公开了，已经告诉各户。',
  'take-back-draft': '草案退回起草，可以改了。',
  'adopt-rulebook': '决议录入了，新细则通过。已经告诉各户。',
  'record-filing': '备案号登记好了。',
};

/** One version: where it stands and what is next; while it is a draft the way to each of its parts. */
export default async function Version(props: VersionProps) {
  const page = await openVersion(props);
  const { version, text, villageId, query, at, base } = page;
  const [categories, ballot, comments, villages] = await Promise.all([
    listCategories(db(), villageId, version.id),
    findBallot(db(), villageId, version.id, at),
    countComments(db(), villageId, version.id),
    findVillages(db(), [villageId]),
  ]);
  const ok = noticeOf(NOTICES, query.ok);
  const isDraft = version.state === 'DRAFT';
  const isOpen = isDraft || version.state === 'HEARING';
  const isEditable = isDraft && page.isKeeper;
  const village = `/v/${villages.get(villageId)?.code ?? ''}`;
  return (
    <>
      <PageHead
        title={`第 ${version.number} 版${isOpen ? '（草案）' : ''}`}
        lead={version.title}
        back={{ href: '/desk/rulebook', label: '积分细则' }}
      >
        <p>
          <VersionState version={version} today={page.today} />
        </p>
      </PageHead>
      {ok ? <Notice title={ok} /> : null}
      {isOpen ? <DraftSteps at={stepOf(page, ballot)} /> : null}
      {isDraft ? <Drafting page={page} /> : null}
      {version.state === 'HEARING' ? (
        <Hearing page={page} ballot={ballot} waiting={comments.waiting} />
      ) : null}
      {version.state === 'DROPPED' ? (
        <Message tone="look" title="这份草案放弃了。">
          原因：{version.droppedWhy}
        </Message>
      ) : null}
      {page.filingNumber === '' && page.isKeeper ? (
        <Section title="备案" id="filing">
          <div className="narrow">
            <FilingForm versionId={version.id} base={base} form={formOf(page, 'filing')} token={page.token} />
          </div>
        </Section>
      ) : null}
      <Section title={isDraft ? '看一看' : '这一版的'} id="parts">
        <Lines label="这一版的各部分">
          <Line href={`${base}/difference`} title="和前一版的不同" meta="加了什么，删了什么，改了什么" />
          {comments.total > 0 || version.state === 'HEARING' ? (
            <Line
              href={`${base}/hearing`}
              title="大家的意见"
              figure={<small className="soft">{comments.total} 条</small>}
              meta={comments.waiting > 0 ? `${comments.waiting} 条还没有答复` : '都答复了'}
            />
          ) : null}
          {ballot || version.state === 'HEARING' ? (
            <Line
              href={`${base}/ballot`}
              title="表决"
              figure={ballot ? <small className="soft">{ballot.voters} 票</small> : undefined}
              meta={
                ballot
                  ? ballot.isOpen
                    ? `${sayMoment(ballot.closesAt)} 截止`
                    : '已经截止，看结果'
                  : '手机上投票，也可以录会场的票；不办也行'
              }
            />
          ) : null}
          {version.state === 'HEARING' ? (
            <Line href={`${village}/rulebook/draft`} title="公开的草案页面" meta="村民看到的就是这一页" />
          ) : null}
          {version.effectiveFrom ? (
            <Line
              href={`${village}/rulebook?version=${version.number}`}
              title="公开、可打印的这一版"
              meta={`${sayFullDay(version.effectiveFrom)}起施行，附决议`}
            />
          ) : null}
        </Lines>
      </Section>
      <DraftOutline categories={categories} base={base} isEditable={isEditable} />
      <Section title="其他规定" id="settings">
        <VillageSettings version={version} />
        {isEditable ? (
          <p className="more">
            <a href={`${base}/settings`}>改其他规定</a>
          </p>
        ) : null}
      </Section>
      <Section title="村规民约" id="covenant">
        <div className="prose">
          {text.covenant
            .split('\n')
            .filter((line) => line.trim() !== '')
            .map((line) => (
              <p key={line}>{line}</p>
            ))}
          {text.covenant === '' ? <p className="soft">还没有写。</p> : null}
        </div>
        {isEditable ? (
          <p className="more">
            <a href={`${base}/covenant`}>改名称和村规民约</a>
          </p>
        ) : null}
      </Section>
      {isOpen && page.isKeeper ? (
        <Section title="不办了" id="drop">
          <div className="narrow">
            <Disclosure title="放弃这份草案" open={query.edit === 'drop'}>
              <DropForm
                versionId={version.id}
                base={base}
                wasHeard={version.hearingFrom !== null}
                form={formOf(page, 'drop')}
                token={page.token}
              />
            </Disclosure>
          </div>
        </Section>
      ) : null}
    </>
  );
}

const formOf = ({ query, form }: VersionPage, part: string) => (query.edit === part ? form : null);

function stepOf({ version, at }: VersionPage, ballot: BallotView | null): Step {
  if (version.state === 'DRAFT') return '起草';
  if (version.hearingUntil && at < version.hearingUntil) return '听取意见';
  return ballot?.isOpen ? '表决' : '开会决议';
}

function Drafting({ page }: { page: VersionPage }) {
  const { version, text, today, base, token, isKeeper } = page;
  const findings = validateRulebook(text);
  if (findings.length > 0) {
    return (
      <Section title={`还有 ${findings.length} 处要改，改好才能公开`} id="findings">
        <Findings findings={findings} {...(isKeeper ? { base } : {})} />
      </Section>
    );
  }
  if (!isKeeper) return null;
  return (
    <Section title="改好了，公开听取意见" id="next">
      <div className="narrow">
        <HearingForm
          versionId={version.id}
          base={base}
          usual={addDays(today, HEARING_DAYS_USUAL)}
          least={addDays(today, HEARING_DAYS_LEAST)}
          form={formOf(page, 'hearing')}
          token={token}
        />
      </div>
    </Section>
  );
}

function Hearing({
  page,
  ballot,
  waiting,
}: {
  page: VersionPage;
  ballot: BallotView | null;
  waiting: number;
}) {
  const { version, at, base, isKeeper, token, query } = page;
  if (!version.hearingUntil) return null;
  const isHeard = at >= version.hearingUntil;
  const canResolve = isHeard && waiting === 0 && !ballot?.isOpen;
  return (
    <Section title={sayHearing(version.hearingUntil, at)} id="next">
      {waiting > 0 ? (
        <Message tone="look" title={`还有 ${waiting} 条意见等着答复`}>
          都答复了，才能录决议。
        </Message>
      ) : null}
      {isKeeper ? (
        <Acts>
          {waiting > 0 ? (
            <LinkButton kind="primary" href={`${base}/hearing`}>
              去答复
            </LinkButton>
          ) : null}
          {canResolve ? (
            <LinkButton kind="primary" href={`${base}/resolution`}>
              录入决议
            </LinkButton>
          ) : null}
          {isHeard ? (
            <LinkButton href={`${base}/ballot`}>{ballot ? '看表决' : '发起手机表决'}</LinkButton>
          ) : null}
        </Acts>
      ) : null}
      {isHeard ? null : (
        <p className="list-note">到 {dayOf(version.hearingUntil)} 零点以后，可以发起表决、录决议。</p>
      )}
      {isKeeper && !ballot ? (
        <div className="narrow mt-6">
          <Disclosure title="要改，退回起草" open={query.edit === 'back'}>
            <TakeBackForm versionId={version.id} base={base} form={formOf(page, 'back')} token={token} />
          </Disclosure>
        </div>
      ) : null}
    </Section>
  );
}
