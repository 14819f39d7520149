import type { Metadata } from 'next';
import { WaitingBand } from '@/components/deductions/waiting-band';
import { CapsLeft } from '@/components/deeds/caps-left';
import { HouseholdLine } from '@/components/deeds/household-line';
import { OutboxNotice } from '@/components/deeds/outbox-notice';
import { OwnLists } from '@/components/lists/own-lists';
import { PeriodNotices } from '@/components/periods/notices';
import { OwnHonoursLine } from '@/components/rewards/own-honours';
import { ButtonRow, LinkButton } from '@/components/ui/button';
import { BigNumber, Figures } from '@/components/ui/figures';
import { Lines } from '@/components/ui/lines';
import { EmptyState, Notice, Refusal } from '@/components/ui/message';
import { Section } from '@/components/ui/page-head';
import { requireSeat } from '@/lib/auth/actor';
import { listForHousehold } from '@/lib/deductions/household/reads';
import { findHomeFigures, listCapUses, listTimeline } from '@/lib/deeds/home/reads';
import { foldTimeline } from '@/lib/deeds/home/rules';
import { listOfHousehold } from '@/lib/lists/reads';
import { countUnread, ownMessages } from '@/lib/messages/reads';
import { findBoardNotices, findOwnYearEnd } from '@/lib/periods/year/reads';
import { dayOf, now } from '@/lib/platform/clock';
import { db } from '@/lib/platform/db';
import { readFormReturn } from '@/lib/platform/form-return';
import { findVillages } from '@/lib/regions/reads';
import { findOwnHonours } from '@/lib/rewards/household/reads';
import { findHeard, findVoteAtHome } from '@/lib/rulebook/ballot/reads';
import { sayVoteAtHome } from '@/lib/rulebook/ballot/rules';

export const metadata: Metadata = { title: '我家' };

const LINES_MOST = 8;

interface Props {
  searchParams: Promise<Record<string, string | string[] | undefined>>;
}

/** A household's home: what it has, where it stands, the one act, what waits for it, and what happened last. */
export default async function Home({ searchParams }: Props) {
  const actor = await requireSeat('resident');
  const { villageId, residentId } = actor.resident;
  const at = now();
  const today = dayOf(at);
  const query = await searchParams;
  const [figures, uses, timeline, unread, villages, notices, yearEnd, waiting, honours, heard, listed, form] =
    await Promise.all([
      findHomeFigures(db(), actor.resident, today),
      listCapUses(db(), actor.resident, today),
      listTimeline(db(), actor.resident, LINES_MOST * 3),
      countUnread(db(), ownMessages(actor)),
      findVillages(db(), [villageId]),
      findBoardNotices(db(), villageId, today),
      findOwnYearEnd(db(), actor.resident),
      listForHousehold(db(), actor.resident),
      findOwnHonours(db(), actor.resident, today),
      findHeard(db(), villageId),
      listOfHousehold(db(), villageId, actor.resident.householdId, today),
      readFormReturn(actor.sessionId, query.r, at),
    ]);
  const lines = foldTimeline(timeline).slice(0, LINES_MOST);
  const vote = await findVoteAtHome(db(), actor.resident, heard, at);
  const village = `/v/${villages.get(villageId)?.code ?? ''}`;

  return (
    <>
      <h1 className="said">我家</h1>
      {form ? <Refusal refusal={form.refusal} /> : null}
      {query.ok === 'choose-home' ? <Notice title={`现在看的是${actor.resident.villageName}的家。`} /> : null}
      <BigNumber label="可兑积分" value={figures.spendable} />
      <Figures
        items={[
          {
            value: figures.honourQuarter,
            label:
              figures.honourAll === figures.honourQuarter
                ? '本季荣誉分'
                : `本季荣誉分，历年 ${figures.honourAll}`,
          },
          figures.place === null
            ? { value: '—', label: '还没有名次' }
            : {
                value: `第 ${figures.place} 名`,
                label: `本季，全村 ${figures.households} 户`,
                href: `${village}/ranking`,
              },
        ]}
      />
      <WaitingBand waiting={waiting} today={today} />
      <OwnLists lists={listed} village={village} />
      {heard ? (
        <p className="notice-line">
          <a href={vote ? '/me/ballot' : `${village}/rulebook/draft`}>
            <b>{vote ? sayVoteAtHome(vote.ballot, vote.own) : '新细则草案请您提意见'}</b>
            <span>
              {vote?.own?.hasVoted ? `第 ${heard.number} 版新细则，正在表决` : `第 ${heard.number} 版`}
            </span>
          </a>
        </p>
      ) : null}
      <OutboxNotice owner={residentId} />
      <LinkButton kind="primary" wide href="/me/log">
        记一件好事
      </LinkButton>
      <div className="home-ways">
        <ButtonRow>
          <LinkButton href="/me/deeds">我家的好事</LinkButton>
          <LinkButton href="/me/messages">
            {unread > 0 ? <b className="unread">新消息 {unread} 条</b> : '消息'}
          </LinkButton>
          <LinkButton href={`${village}/shops`}>去兑东西</LinkButton>
        </ButtonRow>
        <nav aria-label="我家的别的事">
          <a href="/me/redemptions">我家的兑换</a>
          <a href="/me/deductions">提醒和扣分</a>
          <a href="/me/objections">我家的异议</a>
          <a href="/me/consent">红榜写全名</a>
        </nav>
      </div>
      <OwnHonoursLine honours={honours} />

      <PeriodNotices notices={notices} village={village} today={today} own={yearEnd} />

      <Section title="最近记录" id="latest">
        {lines.length === 0 ? (
          <EmptyState title="还没有记录">
            扫一段村道、看望一位老人，都算。点上面的“记一件好事”，拍张照片送出去，核分员看过就记分。
          </EmptyState>
        ) : (
          <>
            <Lines label="最近记录">
              {lines.map((line) => (
                <HouseholdLine key={line.id} line={line} viewer={actor.name} today={today} />
              ))}
            </Lines>
            <p className="list-end">
              <a href="/me/deeds">看我家的全部好事</a>
            </p>
          </>
        )}
      </Section>

      <CapsLeft month={figures.month} uses={uses} />
    </>
  );
}
