import type { Metadata } from 'next';
import { GoHome } from '@/components/frame/go-home';
import { BallotFacts } from '@/components/rulebook/ballot-facts';
import { CommentForm } from '@/components/rulebook/comment-form';
import { CommentLines } from '@/components/rulebook/comment-lines';
import { DifferenceView } from '@/components/rulebook/difference-view';
import { ItemEntry } from '@/components/rulebook/item-entry';
import { MeetingRulesFacts } from '@/components/rulebook/meeting-rules-facts';
import { sayHearing } from '@/components/rulebook/states';
import { VillageSettings } from '@/components/rulebook/village-settings';
import { LinkButton } from '@/components/ui/button';
import { Disclosure } from '@/components/ui/disclosure';
import { FormPlace } from '@/components/ui/form-place';
import { EmptyState, Notice } from '@/components/ui/message';
import { PageHead, Section } from '@/components/ui/page-head';
import { PrintButton } from '@/components/ui/print-button';
import { getActor } from '@/lib/auth/actor';
import { dayOf, now } from '@/lib/platform/clock';
import { db } from '@/lib/platform/db';
import { readFormReturn } from '@/lib/platform/form-return';
import { formToken } from '@/lib/platform/origin';
import { findBallot, findHeard } from '@/lib/rulebook/ballot/reads';
import { listComments } from '@/lib/rulebook/hearing/reads';
import { findMeetingRules } from '@/lib/rulebook/meeting/reads';
import { listCategories } from '@/lib/rulebook/reads';
import { findDifference, findVersion } from '@/lib/rulebook/version/reads';
import { type Query, queryOf, villageOf } from '../../village';

interface Props {
  params: Promise<{ village: string }>;
  searchParams: Query;
}

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const village = await villageOf(params);
  return { title: `${village.name}细则草案` };
}

/** The draft that is heard: what it changes, what it says, what people say of it and what they voted. For everyone. */
export default async function HeardDraft({ params, searchParams }: Props) {
  const village = await villageOf(params);
  const at = now();
  const page = `/v/${village.code}/rulebook/draft`;
  const heard = await findHeard(db(), village.id);
  const whole = heard ? await findVersion(db(), village.id, heard.number) : null;
  if (!whole?.version.hearingUntil) {
    return (
      <>
        <PageHead title="细则草案" lead={`${village.name}的积分细则要改，先在这里公开草案。`} />
        <EmptyState
          title="现在没有听取意见的草案"
          action={<LinkButton href={`/v/${village.code}/rulebook`}>看现行的细则</LinkButton>}
        >
          有新草案，会在这里公开，请大家提意见。
        </EmptyState>
      </>
    );
  }
  const { version, text } = whole;
  const [actor, { difference, against }, categories, comments, ballot, rules] = await Promise.all([
    getActor(),
    findDifference(db(), village.id, whole, dayOf(at)),
    listCategories(db(), village.id, version.id),
    listComments(db(), village.id, version.id),
    findBallot(db(), village.id, version.id, at),
    findMeetingRules(db(), village.id),
  ]);
  const resident = actor?.resident?.villageId === village.id ? actor.resident : null;
  const form = await readFormReturn(actor?.sessionId ?? null, await queryOf(searchParams, 'r'), at);
  const about = await queryOf(searchParams, 'item');
  const isOpen = version.hearingUntil !== null && at < version.hearingUntil;
  const items = categories.flatMap((category) => category.items);
  return (
    <>
      <header className="sheet-head">
        <div className="sheet-title">
          <h1>{version.title}（草案）</h1>
          <PrintButton />
        </div>
        <p>
          {village.name} · 第 {version.number} 版 · {categories.length} 类 {items.length} 项
        </p>
        <p>{version.hearingUntil ? sayHearing(version.hearingUntil, at) : ''}。还没有通过，不按它记分。</p>
      </header>
      {(await queryOf(searchParams, 'ok')) === 'comment-on-draft' ? (
        <Notice title="意见收到了，谢谢。">村里会答复，答复了告诉您。</Notice>
      ) : null}
      {ballot ? (
        <Section title={ballot.isOpen ? '正在表决' : '表决结果'} id="ballot">
          <BallotFacts ballot={ballot} rules={rules} />
          {ballot.isOpen ? (
            <p className="more no-print">
              <LinkButton kind="primary" href="/me/ballot">
                去投票
              </LinkButton>
            </p>
          ) : null}
        </Section>
      ) : null}
      <div className="draft-difference">
        <h2>{against ? `和现行第 ${against.number} 版的不同` : '这是头一版，每一项都是新的'}</h2>
        {against ? <DifferenceView difference={difference} /> : null}
      </div>
      <Section title={`大家的意见 ${comments.length} 条`} id="said">
        {comments.length === 0 ? (
          <p className="list-note">还没有人提意见。</p>
        ) : (
          <CommentLines comments={comments} mine={resident?.householdId ?? null} />
        )}
        {!isOpen ? null : resident && actor ? (
          <div className="narrow mt-6 no-print">
            <FormPlace fields={{ _home: village.id }}>
              <CommentForm
                versionId={version.id}
                page={page}
                items={items}
                removed={against ? difference.removed : []}
                {...(about ? { about } : {})}
                form={form}
                token={formToken(actor.sessionId, at)}
              />
            </FormPlace>
          </div>
        ) : actor?.residents.some((home) => home.villageId === village.id) ? (
          <GoHome actor={actor} villageId={village.id} page={`${page}#said`} now={at}>
            换到{village.name}的家，提意见
          </GoHome>
        ) : actor ? (
          <p className="list-note">本村村民可以提意见。</p>
        ) : (
          <p className="more no-print">
            <LinkButton href={`/sign-in?next=${encodeURIComponent(page)}`}>登录，提意见</LinkButton>
          </p>
        )}
      </Section>
      <Section title="怎样才算通过" id="rules">
        <MeetingRulesFacts rules={rules} />
        <p className="list-note">草案公开期间，这些规则不能改。</p>
      </Section>
      <Section title="草案全文" id="whole">
        <Disclosure
          title={`${categories.length} 类 ${items.length} 项、规定、村规民约`}
          open={(await queryOf(searchParams, 'whole')) === '1' || !against}
        >
          {categories.map((category, index) => (
            <section className="rule-category" key={category.id} aria-labelledby={`${category.code}-t`}>
              <h3 id={`${category.code}-t`} className="rule-heading">
                {index + 1} {category.name}
              </h3>
              <ul className="rules">
                {category.items.map((item) => (
                  <ItemEntry key={item.id} item={item} />
                ))}
              </ul>
            </section>
          ))}
          <h3 className="rule-heading">本村的规定</h3>
          <VillageSettings version={version} />
          {text.covenant ? (
            <div className="covenant">
              <h3 className="rule-heading">村规民约</h3>
              {text.covenant.split('\n').map((line) => (
                <p key={line}>{line}</p>
              ))}
            </div>
          ) : null}
        </Disclosure>
      </Section>
    </>
  );
}
