import { Bar } from '@/components/ui/bar';
import { ColumnChart, LineChart } from '@/components/ui/chart';
import { BigNumber, Facts } from '@/components/ui/figures';
import { Message } from '@/components/ui/message';
import { Section } from '@/components/ui/page-head';
import { type Day, type Quarter, sayQuarter } from '@/lib/platform/clock';
import {
  coverOf,
  isBraked,
  monthsToShow,
  NEAR_PERCENT,
  outstandingByMonth,
  percentOf,
  referenceYuan,
  sayReference,
} from '@/lib/solvency/rules';
import type { Cover, Solvency } from '@/lib/solvency/types';

const said = (points: number) => points.toLocaleString('zh-CN');

/** A village's points as a whole: what is out, what may still be given, how long that lasts. No household is named. */
export function SolvencyFigures({
  figures,
  today,
  ledger,
  rulebook,
}: {
  figures: Solvency;
  today: Day;
  ledger: string;
  rulebook: string;
}) {
  const { outstanding, holders, referenceFen } = figures;
  const months = monthsToShow(figures.months);
  return (
    <>
      <BigNumber
        label="各户手里的可兑积分"
        value={said(outstanding)}
        unit="分"
        note={`${holders} 户手里有积分。按村里参考，${sayReference(referenceFen)}，合起来约 ${said(referenceYuan(outstanding, referenceFen))} 元；这只是村里备东西的参考，不是积分的价钱，积分不能换现金。`}
      />
      <Brake figures={figures} rulebook={rulebook} />
      <Budget figures={figures} today={today} />
      <div className="board">
        <div className="section">
          <LineChart
            title="各户手里的可兑积分"
            unit="每月底，最后一个月到现在"
            points={outstandingByMonth(outstanding, months).map(({ month, points }) => ({
              label: sayMonthShort(month),
              value: Math.max(0, points),
              said: said(points),
            }))}
          />
        </div>
        <div className="section">
          <ColumnChart
            title="每月记给各户"
            unit="可兑积分，更正掉的已减去；最后一个月还没过完"
            points={months.map(({ month, given }, index) => ({
              label: sayMonthShort(month),
              value: Math.max(0, given),
              said: said(given),
              past: index === months.length - 1,
            }))}
          />
        </div>
      </div>
      <p className="more">
        <a href={ledger}>看台账，一笔一笔对</a>
      </p>
    </>
  );
}

function sayMonthShort(month: string): string {
  return `${Number(month.slice(5))}月`;
}

function Brake({ figures, rulebook }: { figures: Solvency; rulebook: string }) {
  const { outstanding, outstandingMost } = figures;
  if (outstandingMost === null) return null;
  const room = Math.max(0, outstandingMost - outstanding);
  if (isBraked(figures, 1)) {
    return (
      <Message tone="stop" title="积分到了上限，暂时不能再记">
        <p>
          <a href={rulebook}>细则</a>定的上限是各户合计 {said(outstandingMost)}{' '}
          分。好事照样报，都留着等核实，一分不少； 等大家用掉一些，或者由村民会议改细则，再来通过。
        </p>
      </Message>
    );
  }
  const used = percentOf(outstanding, outstandingMost);
  const sentence = `细则定的上限是各户合计 ${said(outstandingMost)} 分，现在到了 ${used}%，还可以记 ${said(room)} 分。到了上限先停记，好事照样留着。`;
  return used >= NEAR_PERCENT ? (
    <Message tone="look" title="快到上限了">
      {sentence}
    </Message>
  ) : (
    <p className="soft">{sentence}</p>
  );
}

function Budget({ figures, today }: { figures: Solvency; today: Day }) {
  const { budget, budgetLeft, yearBudget, yearUsed, quarter } = figures;
  const cover = coverOf(figures, today);
  if (budget === null || budgetLeft === null || cover.kind === 'NO_BUDGET') {
    return (
      <Section title="预算" id="budget">
        <p>本村的细则没有设每季预算，记分不受预算限制。</p>
      </Section>
    );
  }
  const { yearLeft, later, use } = cover;
  return (
    <Section title={`${sayQuarter(quarter as Quarter)}的预算（可兑积分）`} id="budget">
      <Bar value={budget - budgetLeft} max={budget} />
      <Facts
        items={[
          ['这一季能记', `${said(budget)} 分`],
          ['已经记了', `${said(budget - budgetLeft)} 分（${percentOf(budget - budgetLeft, budget)}%）`],
          ['还剩', <b key="left">{said(budgetLeft)} 分</b>],
          [
            '今年到这一季',
            yearBudget === null ? '' : `预算 ${said(yearBudget)} 分，记了 ${said(yearUsed)} 分`,
          ],
          [
            '今年还能记',
            later > 0
              ? `${said(yearLeft)} 分：这一季剩的 ${said(budgetLeft)} 分，后面 ${later} 季每季 ${said(budget)} 分`
              : `${said(yearLeft)} 分，就是这一季剩的`,
          ],
          [
            '平均每月记',
            use.given > 0
              ? `约 ${said(Math.ceil(use.given / use.months.length))} 分（${use.months.map(sayMonthShort).join('、')}共记 ${said(use.given)} 分）`
              : '前几个整月没有记分',
          ],
          ['还够几个月', <CoverWords key="cover" cover={cover} />],
        ]}
      />
    </Section>
  );
}

/** How long it lasts, in words: never more than to the year's end, for which the budget is made. */
function CoverWords({ cover }: { cover: Exclude<Cover, { kind: 'NO_BUDGET' }> }) {
  if (cover.kind === 'NO_USE') return '没有可以平均的，算不出';
  if (cover.kind === 'TO_YEAR_END') {
    return (
      <>
        <b>够用到年底</b>，照这样记下去
      </>
    );
  }
  return (
    <>
      <b>约 {cover.months} 个月</b>，照这样记下去，{sayQuarter(cover.quarter).slice(5)}会不够
    </>
  );
}
