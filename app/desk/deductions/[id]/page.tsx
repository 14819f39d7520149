import type { Metadata } from 'next';
import { photosOfDeduction } from '@/app/deduction-photos';
import { DeductionFacts, HouseholdWords } from '@/components/deductions/deduction-facts';
import { DeductionHistory } from '@/components/deductions/deduction-history';
import { DeskActs } from '@/components/deductions/desk-acts';
import { ReasonForm } from '@/components/deductions/reason-form';
import { Disclosure } from '@/components/ui/disclosure';
import { Message } from '@/components/ui/message';
import { PageHead, Section } from '@/components/ui/page-head';
import {
  canDropDeductions,
  canProposeDeductions,
  canRecordDeductions,
  isHearer,
  whyNotAct,
} from '@/lib/deductions/policy';
import { findRecusal } from '@/lib/deductions/reads';
import { STATE_NAMES, sayDaysLeft, sayFullDay, TASK_NAMES } from '@/lib/deductions/rules';
import type { DeductionView } from '@/lib/deductions/types';
import { type Day, dayOf } from '@/lib/platform/clock';
import { db } from '@/lib/platform/db';
import { readFormReturn } from '@/lib/platform/form-return';
import { isId } from '@/lib/platform/ids';
import { formToken } from '@/lib/platform/origin';
import { refuse } from '@/lib/platform/refusal';
import { deskDeduction, type Props } from './desk-deduction';

export const metadata: Metadata = { title: '一件扣分' };

/** One deduction: what comes next as the one big act, then what was seen, what the household said, and every step. */
export default async function DeductionPage({ params, searchParams }: Props) {
  const { actor, deduction: one, at } = await deskDeduction(params);
  const { villageId } = actor.desk;
  const query = await searchParams;
  const [photos, recusal, form] = await Promise.all([
    photosOfDeduction(villageId, one.id),
    findRecusal(db(), villageId, one.householdId, actor.personId),
    readFormReturn(actor.sessionId, query.r, at),
  ]);
  const today = dayOf(at);
  const href = `/desk/deductions/${one.id}`;
  const token = formToken(actor.sessionId, at);
  const why = whyNotAct(one, actor, recusal);
  const hearers = one.hearers.map((who) => who.name).join('、');
  const said = why ? refuse(why, { who: hearers }).view : null;
  const formOf = (name: string) => (query.f === name ? form : null);
  const mayRecord = canRecordDeductions(actor) === true;
  const mayDrop =
    canDropDeductions(actor) === true && !recusal && (one.state === 'RECORDED' || one.state === 'WARNED');
  return (
    <>
      <PageHead
        title={`${one.itemName}，${one.state === 'POSTED' ? '' : '拟'}扣 ${one.points} 分`}
        back={{ href: `/desk/deductions?task=${one.task.toLowerCase()}`, label: '扣分' }}
      />
      <p className="deduction-who">
        <a href={`/desk/people/${one.householdId}`}>
          {one.householdCode} {one.headName}
        </a>{' '}
        · {one.groupName} · {STATE_NAMES[one.state]}
        {one.signsIn ? '' : ' · 没有大人用手机'}
      </p>
      <div className="deduction-desk">
        <div>
          <Section title="看到了什么" id="seen">
            <DeductionFacts deduction={one} photos={photos} />
          </Section>
          {one.answer || one.repairNote || photos.repair.length > 0 ? (
            <Section title="这户怎么说" id="said">
              <HouseholdWords deduction={one} photos={photos} />
            </Section>
          ) : null}
        </div>
        <section className="deduction-act" aria-labelledby="next-title">
          <h2 id="next-title">{sayNext(one, today)}</h2>
          {one.saidDueOn && !one.objection ? <p>{sayLookBy(one, one.saidDueOn as Day, today)}</p> : null}
          {why === null ? (
            <DeskActs
              deduction={one}
              href={href}
              token={token}
              today={today}
              photos={[query.photo].flat().filter(isId)}
              formOf={formOf}
              mayRecord={mayRecord}
              mayPropose={canProposeDeductions(actor) === true}
              mayRefuse={isHearer(one, actor)}
            />
          ) : why === 'HEARD_AS_OBJECTION' && one.objection ? (
            <Message tone="look" title={`异议第 ${one.objection.number} 号还没定`}>
              <a href={`/desk/objections/${one.objection.id}`}>去看这件异议</a>
            </Message>
          ) : why !== 'NOT_ALLOWED' && said ? (
            <Message tone="look" title={said.sentence}>
              {said.next}
            </Message>
          ) : (
            <p>{sayWhose(one, hearers)}</p>
          )}
          <Asides
            one={one}
            href={href}
            mayWrite={mayRecord && !one.partakers.includes(actor.personId)}
            isActing={why === null}
          />
        </section>
        <div>
          <Section title="经过" id="steps">
            <DeductionHistory steps={one.steps} today={today} warned={one.warnedAt !== null} />
          </Section>
          {mayDrop ? (
            <Disclosure title="不扣了" note="记错了，或者不该扣：这一件到此为止" open={query.f === 'drop'}>
              <ReasonForm
                command="drop-deduction"
                here={`${href}?f=drop`}
                next={href}
                token={token}
                fixed={{ deductionId: one.id }}
                label="理由"
                act="不扣了"
                form={formOf('drop')}
              />
            </Disclosure>
          ) : null}
        </div>
      </div>
    </>
  );
}

function sayNext(one: DeductionView, today: Day): string {
  switch (one.task) {
    case 'WARN':
      return '下一步：送提醒';
    case 'PROPOSE':
      return '下一步：核分员提出';
    case 'WAIT':
      return `等到 ${one.recheckOn ? sayFullDay(one.recheckOn) : ''}再去看`;
    case 'RECHECK':
      return one.repairClaimedAt ? '这户说改好了，去看一看' : '下一步：复查';
    case 'APPROVE':
      return '下一步：村务监督员看';
    case 'ANSWERING':
      return `申辩期${one.answerUntil ? sayDaysLeft(one.answerUntil as Day, today) : ''}`;
    case 'HEAR':
      return one.objection ? '下一步：定异议' : '下一步：听这户说，再定';
    case 'POST':
      return '下一步：记入台账';
    case 'REPAIR':
      return '下一步：看整改';
    default:
      return one.state === 'POSTED'
        ? `已经扣了 ${one.taken?.honour ?? one.points} 分`
        : STATE_NAMES[one.state];
  }
}

function sayLookBy(one: DeductionView, due: Day, today: Day): string {
  const until = `应在 ${sayFullDay(due)}前看，${sayDaysLeft(due, today)}`;
  return one.saidRisenAt ? `${until}，镇上已经知道，会来催。` : `${until}。`;
}

function sayWhose(one: DeductionView, hearers: string): string {
  switch (one.task) {
    case 'WARN':
    case 'WAIT':
    case 'RECHECK':
      return '由核分员、帮办员或村书记来办。';
    case 'PROPOSE':
      return '由核分员来办。';
    case 'REPAIR':
      return '由没有经手的核分员来看；没有这样的核分员，由村务监督员、村书记来看。';
    case 'APPROVE':
      return '由村务监督员来看，记录和提出的人不能批准。';
    case 'HEAR':
      return hearers ? `由${hearers}来定。` : refuse('NOBODY_HEARS').view.sentence;
    case 'ANSWERING':
      return '这户可以申辩或者提异议。过了最后一天没有说，系统自动记入台账。';
    case 'POST':
      return `${TASK_NAMES.POST}：系统每个小时自己记一次。`;
    default:
      return one.endReason ? `理由：${one.endReason}` : '没有要办的了。';
  }
}

function Asides({
  one,
  href,
  mayWrite,
  isActing,
}: {
  one: DeductionView;
  href: string;
  /** writes down what the household says: had no part in this */
  mayWrite: boolean;
  /** the act beside has its own way to the paper */
  isActing: boolean;
}) {
  const links: [string, string][] = [];
  const hasPaper = isActing && (one.task === 'WARN' || one.task === 'APPROVE');
  if (!hasPaper && one.warnFirst && (one.state === 'RECORDED' || one.state === 'WARNED'))
    links.push([`${href}/slip`, '打印提醒单']);
  if (!hasPaper && (one.state === 'PROPOSED' || one.state === 'NOTICED'))
    links.push([`${href}/notice`, '打印告知书']);
  const mayRepair =
    !one.repairClaimedAt && (one.state === 'WARNED' || (one.state === 'POSTED' && one.restoredWhenRepaired));
  if (mayWrite && one.state === 'NOTICED' && !one.answeredAt) links.push([`${href}/say`, '代这户写申辩']);
  if (mayWrite && mayRepair) links.push([`${href}/say`, '代这户报整改']);
  if (mayWrite && (one.state === 'NOTICED' || one.state === 'POSTED')) {
    links.push([
      `/desk/objections/new?kind=DEDUCTION&subject=${one.id}&for=${one.householdId}`,
      '代这户提异议',
    ]);
  }
  if (links.length === 0) return null;
  return (
    <p className="deduction-aside">
      {links.map(([to, words]) => (
        <a key={to} href={to}>
          {words}
        </a>
      ))}
    </p>
  );
}
