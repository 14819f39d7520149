import { Button } from '@/components/ui/button';
import { CommandForm } from '@/components/ui/command-form';
import type { FormReturn } from '@/components/ui/form-return';
import { Line } from '@/components/ui/lines';
import type { QuarterView } from '@/lib/periods/types';
import { type Day, sayDay, sayQuarter } from '@/lib/platform/clock';
import { StageText } from './stage-text';

interface Viewer {
  personId: string;
  mayOpen: boolean;
  mayClose: boolean;
}

/** A quarter with where it stands, and the act that comes next for whoever may do it. */
export function QuarterAct({
  quarter,
  village,
  today,
  viewer,
  token,
  form,
}: {
  quarter: QuarterView;
  /** /v/qingzhu */
  village: string;
  today: Day;
  viewer: Viewer;
  token: string;
  form: FormReturn | null;
}) {
  const { code, stage, period } = quarter;
  return (
    <Line
      title={sayQuarter(code)}
      figure={
        <>
          <small>荣誉分</small> {quarter.honour.toLocaleString('zh-CN')}
        </>
      }
      meta={meta(quarter, today)}
      state={<StageText stage={stage} />}
      {...(period ? { href: `${village}/periods/${code}` } : {})}
    >
      <div className="quarter-act">
        <Act quarter={quarter} today={today} viewer={viewer} token={token} form={form} />
      </div>
    </Line>
  );
}

function meta({ households, period }: QuarterView, today: Day): string {
  const said = [`${households} 户有记分`];
  if (period) {
    said.push(
      `${sayDay(period.publicFrom as Day, today)} ${period.openedBy}公示，到 ${sayDay(period.publicUntil as Day, today)}`,
    );
    if (period.lockedAt) said.push(`${period.lockedBy}锁定`);
  }
  return said.join(' · ');
}

function Act({
  quarter,
  today,
  viewer,
  token,
  form,
}: {
  quarter: QuarterView;
  today: Day;
  viewer: Viewer;
  token: string;
  form: FormReturn | null;
}) {
  const { code, stage, period } = quarter;
  const page = '/desk/periods';
  if (stage === 'ENDED') {
    if (quarter.households === 0) return <p>这一季没有记分，不用公示。</p>;
    if (quarter.blockedBy) return <p>先公示{sayQuarter(quarter.blockedBy)}，才轮到这一季。</p>;
    return (
      <>
        <p>
          公示以后，这一季不再往里记；后来核实的记到下一季，一分不少。
          {quarter.waiting > 0 ? (
            <b>
              还有 <a href="/desk/deeds">{quarter.waiting} 件这一季的好事</a>没核实，最好先核实完。
            </b>
          ) : null}
        </p>
        {viewer.mayOpen ? (
          <CommandForm
            name="open-publicity"
            back={page}
            next={page}
            token={token}
            form={form}
            fixed={{ quarter: code }}
            label={`公示${sayQuarter(code)}`}
          >
            <Button kind="primary">开始公示</Button>
          </CommandForm>
        ) : (
          <p className="soft">由村书记开始公示。</p>
        )}
      </>
    );
  }
  if (stage === 'PUBLICITY' && period) {
    return <p className="soft">过完 {sayDay(period.publicUntil as Day, today)}，由村务监督员锁定。</p>;
  }
  if (stage === 'READY' && period) {
    const isOwn = period.openedById === viewer.personId;
    return (
      <>
        <p>
          锁定以后，这一季的记分不再改动；异议成立的除外。
          {quarter.objections > 0 ? <b>有 {quarter.objections} 笔异议还没答复，锁定以后单独留着。</b> : null}
        </p>
        {viewer.mayClose && !isOwn ? (
          <CommandForm
            name="lock-period"
            back={page}
            next={page}
            token={token}
            form={form}
            fixed={{ quarter: code }}
            label={`锁定${sayQuarter(code)}`}
          >
            <Button kind="primary">锁定这一季</Button>
          </CommandForm>
        ) : (
          <p className="soft">{isOwn ? '公示是您开始的，要由另一个人锁定。' : '由村务监督员锁定。'}</p>
        )}
      </>
    );
  }
  return null;
}
