import { BarChart } from '@/components/ui/chart';
import { BigNumber, Facts } from '@/components/ui/figures';
import { Message } from '@/components/ui/message';
import { Section } from '@/components/ui/page-head';
import {
  isPoolShort,
  monthsPoolCovers,
  POOL_AVERAGE_MONTHS,
  poolFree,
  poolHolds,
  poolOwed,
  takenLately,
} from '@/lib/alliance/pool/rules';
import type { AllianceSolvency } from '@/lib/alliance/pool/types';
import { sayYuan } from '@/lib/alliance/settlement/rules';
import { dayOf, daysBetween, sayDay, timeOf } from '@/lib/platform/clock';

/** More months than this are said as 两年以上. */
const MONTHS_SAID_MOST = 24;

const said = (points: number) => points.toLocaleString('zh-CN');

/** Whether the village has stopped taking points everywhere, and why; nothing when it hasn't. */
export function StopMessage({
  figures,
}: {
  figures: Pick<AllianceSolvency, 'stoppedAt' | 'stopWhy' | 'at'>;
}) {
  const { stoppedAt, stopWhy, at } = figures;
  if (!stoppedAt) return null;
  return (
    <Message tone="stop" title="全村的店暂时都不收积分">
      <p>{`原因：${stopWhy}`}</p>
      <p>
        {`从${sayDay(dayOf(stoppedAt), dayOf(at))} ${timeOf(stoppedAt)}起停的。各户的积分一分不少，恢复以后照常用；店里已经收的，村里照付。`}
      </p>
    </Message>
  );
}

/** What the pool holds, what is owed of it, what is free, and how long that lasts. */
export function PoolFacts({ figures }: { figures: AllianceSolvency }) {
  const free = poolFree(figures);
  const taken = takenLately(figures.months);
  const covers = monthsPoolCovers(free, taken);
  return (
    <Facts
      items={[
        ['资金池里有', `${sayYuan(poolHolds(figures))} 元`],
        ['怎么算的', `进账 ${sayYuan(figures.entries)} 元，减去付给商户的 ${sayYuan(figures.paid)} 元`],
        ['做了结算单还没付', `${sayYuan(figures.statedFen)} 元（${said(figures.statedPoints)} 分）`],
        ['还没做结算单', `${sayYuan(figures.unstatedFen)} 元（${said(figures.unstatedPoints)} 分）`],
        ['付掉这些还剩', <b key="free">{`${sayYuan(free)} 元`}</b>],
        [
          '还够几个月',
          covers === null ? (
            `前 ${POOL_AVERAGE_MONTHS} 个整月没有兑换，算不出`
          ) : (
            <>
              <b>{covers > MONTHS_SAID_MOST ? '两年以上' : `约 ${covers} 个月`}</b>
              <br />
              还剩 {sayYuan(Math.max(0, free))} 元 ÷（前 {POOL_AVERAGE_MONTHS} 个整月共兑 {sayYuan(taken)} 元
              ÷ {POOL_AVERAGE_MONTHS}）＝ {covers}
            </>
          ),
        ],
        [
          '下限',
          figures.poolLeastFen === null
            ? ''
            : `${sayYuan(figures.poolLeastFen)} 元，低于它就先不上新的兑换品`,
        ],
      ]}
    />
  );
}

/** That no new offers open, and why. */
export function ShortMessage({ figures }: { figures: AllianceSolvency }) {
  if (!isPoolShort(figures)) return null;
  return (
    <Message tone="look" title="资金池不够了，先不上新的兑换品">
      已经上架的照常兑换，店里收的村里照付。
    </Message>
  );
}

/** A village's alliance for everyone: what merchants are owed and what is there for it. No shop or household is named. */
export function AllianceFigures({ figures }: { figures: AllianceSolvency }) {
  if (!figures.isMember) return null;
  const today = dayOf(figures.at);
  return (
    <Section title="欠商户的和资金池" id="alliance">
      <StopMessage figures={figures} />
      <ShortMessage figures={figures} />
      <BigNumber
        label="还要付给商户"
        value={sayYuan(poolOwed(figures))}
        unit="元"
        note="店里收了积分，村里按协议付钱。积分不是钱，只有村里和店里结算才折成钱。"
      />
      <PoolFacts figures={figures} />
      {figures.overdue > 0 && figures.oldestDue ? (
        <Message tone="look" title={`有 ${figures.overdue} 张结算单过期没付`}>
          {`最久的过期 ${daysBetween(figures.oldestDue, today)} 天。`}
        </Message>
      ) : (
        <p className="soft">没有过期没付的结算单。</p>
      )}
      <BarChart
        title="每月兑换"
        unit="积分，退回的已减去；最后一个月还没过完"
        points={figures.months.slice(-6).map(({ month, points, taken }, index, months) => ({
          label: `${Number(month.slice(5))}月`,
          value: Math.max(0, points),
          said: `${said(points)} 分，${taken} 次`,
          past: index === months.length - 1,
        }))}
      />
    </Section>
  );
}
