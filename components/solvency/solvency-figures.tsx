import { Bar } from '@/components/ui/bar';
import { ColumnChart, LineChart } from '@/components/ui/chart';
import { BigNumber, Facts } from '@/components/ui/figures';
import { Message } from '@/components/ui/message';
import { Section } from '@/components/ui/page-head';
import { type Quarter, sayQuarter } from '@/lib/platform/clock';
import {
  AVERAGE_MONTHS,
  givenLately,
  isBraked,
  monthsCovered,
  monthsToShow,
  NEAR_PERCENT,
  outstandingByMonth,
  percentOf,
  referenceYuan,
  sayReference,
} from '@/lib/solvency/rules';
import type { Solvency } from '@/lib/solvency/types';

const said = (points: number) => points.toLocaleString('zh-CN');

/** A village's points as a whole: what is out, what may still be given, how long that lasts. No household is named. */
export function SolvencyFigures({
  figures,
  ledger,
  rulebook,
}: {
  figures: Solvency;
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
      <Budget figures={figures} />
      <div className="board">
        <div className="section">
          <LineChart
            title="各户手里的积分"
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
            unit="可兑积分，冲销的已减去；最后一个月还没过完"
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

function Budget({ figures }: { figures: Solvency }) {
  const { budget, budgetLeft, yearBudget, yearUsed, months, quarter } = figures;
  if (budget === null || budgetLeft === null) {
    return (
      <Section title="预算" id="budget">
        <p>本村的细则没有设每季预算，记分不受预算限制。</p>
      </Section>
    );
  }
  const given = givenLately(months);
  const covered = monthsCovered(budgetLeft, given);
  return (
    <Section title={`${sayQuarter(quarter as Quarter)}的预算`} id="budget">
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
            '还够几个月',
            covered === null ? (
              `前 ${AVERAGE_MONTHS} 个整月没有记分，算不出`
            ) : (
              <>
                <b>约 {covered} 个月</b>
                <br />
                还剩 {said(budgetLeft)} 分 ÷（前 {AVERAGE_MONTHS} 个整月共记 {said(given)} 分 ÷{' '}
                {AVERAGE_MONTHS}）＝ {covered}
              </>
            ),
          ],
        ]}
      />
    </Section>
  );
}
