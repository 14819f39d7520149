import type { Metadata } from 'next';
import { EntryLine } from '@/components/ledger/entry-line';
import { WeekChart } from '@/components/ledger/week-chart';
import { PeriodNotices } from '@/components/periods/notices';
import { HouseholdRank } from '@/components/ranking/household-rank';
import { sayHearing } from '@/components/rulebook/states';
import { LinkButton } from '@/components/ui/button';
import { BigNumber, Figures } from '@/components/ui/figures';
import { Lines } from '@/components/ui/lines';
import { EmptyState } from '@/components/ui/message';
import { Section } from '@/components/ui/page-head';
import { RankLines } from '@/components/ui/rank-lines';
import { countVillageShops } from '@/lib/alliance/shops/reads';
import { getActor } from '@/lib/auth/actor';
import { countMonth, countWeeks, listLatest } from '@/lib/ledger/reads';
import { sayMonth } from '@/lib/ledger/rules';
import { findStandings } from '@/lib/ledger/standing/reads';
import { listPeriods } from '@/lib/periods/reads';
import { findBoardNotices } from '@/lib/periods/year/reads';
import { dayOf, monthOf, now, quarterOf, sayQuarter, yearOf } from '@/lib/platform/clock';
import { db } from '@/lib/platform/db';
import { countHonours } from '@/lib/rewards/board/reads';
import { findHeard } from '@/lib/rulebook/ballot/reads';
import { findMeetingOf, findVersionInForce } from '@/lib/rulebook/reads';
import { sayMeeting } from '@/lib/rulebook/rules';
import { villageOf } from './village';

interface Props {
  params: Promise<{ village: string }>;
}

const LATEST = 8;
const TOP = 5;
const WEEKS = 12;

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const village = await villageOf(params);
  return { title: `${village.name}公示栏` };
}

/** The notice board: what the village has done lately, and how to take part. Twelve queries. */
export default async function NoticeBoard({ params }: Props) {
  const village = await villageOf(params);
  const at = now();
  const today = dayOf(at);
  const quarter = quarterOf(today);
  const [month, weeks, latest, top, version, notices, periods, honours, heard, shops, actor] =
    await Promise.all([
      countMonth(db(), village.id, monthOf(today)),
      countWeeks(db(), village.id, today, WEEKS),
      listLatest(db(), village.id, LATEST),
      findStandings(db(), village.id, 'household', quarter, Number(yearOf(today)), 1, TOP),
      findVersionInForce(db(), village.id, today),
      findBoardNotices(db(), village.id, today),
      listPeriods(db(), village.id, 1),
      countHonours(db(), village.id),
      findHeard(db(), village.id),
      countVillageShops(db(), village.id),
      getActor(),
    ]);
  const meeting = version ? await findMeetingOf(db(), village.id, version.id) : null;
  const mine = actor?.resident?.villageId === village.id ? actor.resident.householdId : null;
  const leaders = top.lines.filter((line) => line.honour > 0);
  const base = `/v/${village.code}`;
  return (
    <>
      <h1 className="said">{village.name}公示栏</h1>
      <PeriodNotices notices={notices} village={base} today={today} />
      {heard?.hearingUntil ? (
        <p className="notice-line">
          <a href={`${base}/rulebook/draft`}>
            <b>新细则草案（第 {heard.number} 版）</b>
            <span>
              {heard.hasBallot ? '听取意见已截止，看表决' : `${sayHearing(heard.hearingUntil, at)}，请来看`}
            </span>
          </a>
        </p>
      ) : null}
      <BigNumber
        label={`${sayMonth(monthOf(today))}记给村民的可兑积分`}
        value={month.points.toLocaleString('zh-CN')}
        unit="分"
      />
      <Figures
        items={[
          { value: `${month.deeds} 件`, label: '本月核实的好事' },
          { value: `${month.households} 户`, label: `本月得分，全村 ${top.total} 户` },
        ]}
      />
      <div className="board">
        <div>
          <Section title="最新记分" id="latest">
            {latest.length > 0 ? (
              <p className="list-lead">写的是可兑积分；荣誉分不一样的，另外写明。</p>
            ) : null}
            {latest.length === 0 ? (
              <EmptyState title="还没有记分">核实过的好事会写在这里，人人看得见。</EmptyState>
            ) : (
              <Lines label="最新记分">
                {latest.map((entry) => (
                  <EntryLine key={entry.id} entry={entry} today={today} />
                ))}
              </Lines>
            )}
            <p className="more">
              <a href={`${base}/ledger`}>看全部台账</a>
            </p>
          </Section>
        </div>
        <div>
          <Section title={`${sayQuarter(quarter)}领先的户`} id="top">
            {leaders.length > 0 ? <p className="list-lead">按荣誉分排，花掉可兑积分不影响名次。</p> : null}
            {leaders.length === 0 ? (
              <p className="list-note">这个季度还没有记分。</p>
            ) : (
              <RankLines label="本季排行前几名">
                {leaders.map((line) => (
                  <HouseholdRank key={line.id} line={line} most={top.most} mine={line.id === mine} />
                ))}
              </RankLines>
            )}
            <p className="more">
              <a href={`${base}/ranking`}>看全部排行</a>
            </p>
          </Section>
          <Section title="荣誉榜" id="honours">
            <p>
              {honours.quarter
                ? `${sayQuarter(honours.quarter)}评上星级 ${honours.starred} 户，“红榜之家” ${honours.plaques} 户。`
                : '评上星级的户、“红榜之家”，都写在荣誉榜上。'}
            </p>
            <p className="more">
              <a href={`${base}/honours`}>看荣誉榜</a>
            </p>
          </Section>
          <Section title="本村商户" id="shops">
            <p>
              {shops.shops > 0
                ? `${shops.shops} 家店收本村的积分，${shops.offers} 样东西和服务可以兑。`
                : '做好事得的积分，到商户那里兑东西、兑服务。'}
            </p>
            <p className="more">
              <a href={`${base}/shops`}>看本村商户</a>
            </p>
          </Section>
          <div className="section">
            <WeekChart weeks={weeks} />
          </div>
          <p className="more">
            <a href={`${base}/solvency`}>积分家底：发出多少，还能记多少</a>
          </p>
          {periods.map(({ code, state }) =>
            state === 'PUBLICITY' ? null : (
              <p className="more" key={code}>
                <a href={`${base}/periods/${code}`}>{sayQuarter(code)}积分公示</a>
              </p>
            ),
          )}
        </div>
      </div>
      <Section title="怎样参与" id="join">
        <div className="prose">
          {(village.welcome || DEFAULT_WELCOME).split('\n').map((line) => (
            <p key={line}>{line}</p>
          ))}
          {version ? (
            <p>
              记多少分，按
              <a href={`${base}/rulebook`}>
                《{version.title}》第 {version.number} 版
              </a>
              {meeting ? `，${sayMeeting(meeting)}通过` : ''}，人人一样。
            </p>
          ) : null}
        </div>
        <p className="more">
          <a href={`${base}/objections`}>觉得不对可以提异议，看办得怎么样</a>
        </p>
        {actor ? null : (
          <p className="more">
            <LinkButton kind="primary" href={`/sign-in?next=${encodeURIComponent('/me')}`}>
              登录，记一件好事
            </LinkButton>
          </p>
        )}
      </Section>
    </>
  );
}

const DEFAULT_WELCOME =
  '做了好事，用手机记一下，拍张照片；没有手机的，请帮办员代记。\n核分员核实以后，分数记到户上，写进台账，谁都可以查。';
