import type { Metadata } from 'next';
import { BatchLine } from '@/components/rewards/batch-line';
import { sayList, sayWholeDay } from '@/components/rewards/words';
import { Line, Lines } from '@/components/ui/lines';
import { EmptyState } from '@/components/ui/message';
import { PageHead, Section } from '@/components/ui/page-head';
import { StatusText } from '@/components/ui/status-text';
import { requireSeat } from '@/lib/auth/actor';
import { dayOf, now, sayQuarter } from '@/lib/platform/clock';
import { db } from '@/lib/platform/db';
import { findVillages } from '@/lib/regions/reads';
import { listQuartersToRate, listRewardLists } from '@/lib/rewards/overview/reads';
import type { QuarterToRate, RewardList } from '@/lib/rewards/overview/types';
import { listBatches } from '@/lib/rewards/voucher/reads';

export const metadata: Metadata = { title: '奖励' };

/** What can be awarded now, and what was. Four queries. */
export default async function Rewards() {
  const actor = await requireSeat('desk');
  const { villageId } = actor.desk;
  const today = dayOf(now());
  const [quarters, lists, batches, villages] = await Promise.all([
    listQuartersToRate(db(), villageId, today),
    listRewardLists(db(), villageId),
    listBatches(db(), villageId, today),
    findVillages(db(), [villageId]),
  ]);
  const waiting = batches.filter((batch) => batch.state === 'WAITING');
  return (
    <>
      <PageHead
        title="奖励"
        lead={
          <>
            星级按台账算，“红榜之家”和代金券按定了的红榜发。村民看到的是
            <a href={`/v/${villages.get(villageId)?.code ?? ''}/honours`}>荣誉榜</a>。
          </>
        }
      />
      {waiting.length > 0 ? (
        <Section title="等村务监督员复核的代金券" id="waiting">
          <Lines label="等复核的代金券">
            {waiting.map((batch) => (
              <BatchLine key={batch.id} batch={batch} />
            ))}
          </Lines>
        </Section>
      ) : null}
      <Section title="星级" id="stars">
        {quarters.length === 0 ? (
          <EmptyState title="还没有过完的季度">一个季度过完、台账定下来以后，在这里评星。</EmptyState>
        ) : (
          <Lines label="各季度的星级">
            {quarters.map((quarter) => (
              <QuarterLine key={quarter.quarter} quarter={quarter} />
            ))}
          </Lines>
        )}
      </Section>
      <Section title="红榜：“红榜之家”和代金券" id="lists">
        {lists.length === 0 ? (
          <EmptyState title="还没有定了的红榜">红榜公示期满、定榜以后，在这里给榜上的户发奖励。</EmptyState>
        ) : (
          <Lines label="定了的红榜">
            {lists.map((list) => (
              <ListLine key={list.id} list={list} />
            ))}
          </Lines>
        )}
      </Section>
      <Section title="发过的代金券" id="vouchers">
        {batches.length === waiting.length ? (
          <EmptyState title="还没有发过代金券">打开一张定了的红榜，就能给榜上的户发券。</EmptyState>
        ) : (
          <Lines label="发过的代金券">
            {batches
              .filter((batch) => batch.state !== 'WAITING')
              .map((batch) => (
                <BatchLine key={batch.id} batch={batch} />
              ))}
          </Lines>
        )}
      </Section>
    </>
  );
}

function QuarterLine({ quarter }: { quarter: QuarterToRate }) {
  const state = quarter.isInPublicity ? (
    <StatusText state="wait">台账公示中</StatusText>
  ) : quarter.due > 0 ? (
    <StatusText state="wait">{quarter.due} 户待评</StatusText>
  ) : (
    <StatusText state="ok">评好了</StatusText>
  );
  return (
    <Line
      href={`/desk/rewards/stars/${quarter.quarter}`}
      title={sayQuarter(quarter.quarter)}
      figure={`${quarter.rated} 户`}
      meta={quarter.rated > 0 ? '有星级' : '还没有评'}
      state={state}
    />
  );
}

function ListLine({ list }: { list: RewardList }) {
  const given = [
    list.plaques > 0 ? `发了 ${list.plaques} 块牌` : '',
    list.batches > 0 ? `发了 ${list.batches} 批券` : '',
  ].filter(Boolean);
  const state =
    list.state === 'WITHDRAWN' ? (
      <StatusText state="back">榜已撤回</StatusText>
    ) : list.state === 'EXPIRED' ? (
      <StatusText state="off">榜已到期</StatusText>
    ) : list.subject === 'HOUSEHOLD' && list.plaques < list.standing ? (
      <StatusText state="wait">{list.standing - list.plaques} 户没有牌</StatusText>
    ) : (
      <StatusText state="ok">定了的榜</StatusText>
    );
  return (
    <Line
      href={`/desk/rewards/lists/${list.id}`}
      title={`${sayQuarter(list.quarter)}${sayList(list)}`}
      figure={`${list.standing} ${list.subject === 'RESIDENT' ? '人' : '户'}`}
      meta={given.length > 0 ? given.join('，') : list.finalOn ? `${sayWholeDay(list.finalOn)}定榜` : ''}
      state={state}
    />
  );
}
