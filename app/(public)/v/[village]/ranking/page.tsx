import type { Metadata } from 'next';
import { HouseholdRank, OWN_LINE, ResidentRank } from '@/components/ranking/household-rank';
import { LinkButton } from '@/components/ui/button';
import { EmptyState } from '@/components/ui/message';
import { PageHead } from '@/components/ui/page-head';
import { Pager } from '@/components/ui/pager';
import { RankLines } from '@/components/ui/rank-lines';
import { Tabs } from '@/components/ui/tabs';
import { getActor } from '@/lib/auth/actor';
import { findOwnRank, findStandings, RANKS_PER_PAGE } from '@/lib/ledger/standing/reads';
import type { RankedBy } from '@/lib/ledger/standing/types';
import { dayOf, now, quarterOf, sayQuarter, timeOf, yearOf } from '@/lib/platform/clock';
import { db } from '@/lib/platform/db';
import { type Query, queryOf, villageOf } from '../village';

interface Props {
  params: Promise<{ village: string }>;
  searchParams: Query;
}

const PERIODS = ['quarter', 'year', 'all'] as const;
type PeriodKey = (typeof PERIODS)[number];
const PERIOD_NAMES: Record<PeriodKey, string> = { quarter: '本季', year: '今年', all: '历年' };

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const village = await villageOf(params);
  return { title: `${village.name}积分榜` };
}

/** Who has done most: households or people, this quarter, this year or all time. Four queries. */
export default async function Ranking({ params, searchParams }: Props) {
  const village = await villageOf(params);
  const by: RankedBy = (await queryOf(searchParams, 'by')) === 'resident' ? 'resident' : 'household';
  const asked = await queryOf(searchParams, 'period');
  const period = PERIODS.find((one) => one === asked) ?? 'quarter';
  const page = Number((await queryOf(searchParams, 'page')) ?? '1');

  const at = now();
  const today = dayOf(at);
  const year = Number(yearOf(today));
  const key = period === 'quarter' ? quarterOf(today) : period === 'year' ? yearOf(today) : 'ALL';
  const actor = await getActor();
  const own = actor?.resident?.villageId === village.id ? actor.resident : null;
  const ownId = own ? (by === 'household' ? own.householdId : own.residentId) : null;
  const [ranking, ownRank] = await Promise.all([
    findStandings(db(), village.id, by, key, year, page),
    ownId ? findOwnRank(db(), village.id, by, key, year, ownId) : null,
  ]);

  const address = (over: { by?: RankedBy; period?: PeriodKey; page?: number }) => {
    const part = { by, period, page: 1, ...over };
    const query = new URLSearchParams();
    if (part.by !== 'household') query.set('by', part.by);
    if (part.period !== 'quarter') query.set('period', part.period);
    if (part.page > 1) query.set('page', String(part.page));
    const text = query.toString();
    return `/v/${village.code}/ranking${text ? `?${text}` : ''}`;
  };
  const what = by === 'household' ? '户' : '人';
  const when =
    period === 'quarter' ? sayQuarter(quarterOf(today)) : period === 'year' ? `${year}年` : '历年累计';
  const first = (ranking.page - 1) * RANKS_PER_PAGE + 1;
  const Rank = by === 'household' ? HouseholdRank : ResidentRank;

  return (
    <div className="page-text">
      <PageHead
        title={<span className="serif board-title">积分榜</span>}
        lead={`${when} · 按荣誉分 · 全村 ${ranking.total} ${what}`}
      />
      <Tabs
        label="看哪一张榜"
        items={[
          { href: address({ by: 'household' }), label: '户', current: by === 'household' },
          { href: address({ by: 'resident' }), label: '个人', current: by === 'resident' },
        ]}
        end={PERIODS.map((one) => ({
          href: address({ period: one }),
          label: PERIOD_NAMES[one],
          current: period === one,
        }))}
      />
      {ownRank && ranking.most > 0 ? (
        <p className="own-rank no-print">
          <span>
            {by === 'household' ? '我家' : '我'}
            {ownRank.honour > 0 ? (
              <>
                第 <b>{ownRank.place}</b> 名，荣誉分 {ownRank.honour}
              </>
            ) : (
              `${PERIOD_NAMES[period]}还没有得分`
            )}
          </span>
          <LinkButton kind="quiet" href={`${address({ page: ownRank.page })}#${OWN_LINE}`}>
            看这一行
          </LinkButton>
        </p>
      ) : null}
      {ranking.most <= 0 ? (
        <EmptyState title={`${PERIOD_NAMES[period]}还没有记分`}>
          核实过的好事记了分，名字就会排在这里。
        </EmptyState>
      ) : (
        <RankLines label={`积分榜第 ${first} 行起`}>
          {ranking.lines.map((line) => (
            <Rank key={line.id} line={line} most={ranking.most} mine={line.id === ownId} />
          ))}
        </RankLines>
      )}
      {ranking.most <= 0 ? null : (
        <Pager
          newer={ranking.page > 1 ? address({ page: ranking.page - 1 }) : null}
          older={ranking.page < ranking.pages ? address({ page: ranking.page + 1 }) : null}
          words={['前一页', '后一页']}
          note={`第 ${first}—${first + ranking.lines.length - 1} ${what}`}
        />
      )}
      <p className="list-note">
        截至 {Number(today.slice(5, 7))}月{Number(today.slice(8, 10))}日 {timeOf(at)}。
        名字默认隐去，同分同名次。{by === 'resident' ? '未成年人的分记在户上，不单独列出。' : ''}
      </p>
    </div>
  );
}
