import type { Metadata } from 'next';
import { notFound } from 'next/navigation';
import { offsetOf } from '@/components/alliance/settlement/filters';
import { PaymentForm, WordsForm } from '@/components/alliance/settlement/forms';
import { PostingTable } from '@/components/alliance/settlement/posting-table';
import { PaymentChain, StatementFacts } from '@/components/alliance/settlement/statement-facts';
import { StatementFiles } from '@/components/alliance/settlement/statement-files';
import { LinkButton } from '@/components/ui/button';
import { Disclosure } from '@/components/ui/disclosure';
import { Message, Notice } from '@/components/ui/message';
import { PageHead, Section } from '@/components/ui/page-head';
import { Pager } from '@/components/ui/pager';
import { LINES_A_PAGE, listDisputed, listPostings } from '@/lib/alliance/settlement/lines/reads';
import { findOpenBeside } from '@/lib/alliance/settlement/payment/reads';
import { canReadSettlement, canSettle } from '@/lib/alliance/settlement/policy';
import { findStatement, listPayable } from '@/lib/alliance/settlement/reads';
import { sayHint, sayStatement, sayYuan, whyNoHandBack } from '@/lib/alliance/settlement/rules';
import { NOTE_MOST } from '@/lib/alliance/settlement/schema';
import { requireSeat } from '@/lib/auth/actor';
import { dayOf, now } from '@/lib/platform/clock';
import { db } from '@/lib/platform/db';
import { readFormReturn } from '@/lib/platform/form-return';
import { isId } from '@/lib/platform/ids';
import { noticeOf } from '@/lib/platform/notice';
import { formToken } from '@/lib/platform/origin';

export const metadata: Metadata = { title: '结算单' };

interface Props {
  params: Promise<{ id: string }>;
  searchParams: Promise<Record<string, string | string[] | undefined>>;
}

const NOTICES: Record<string, string> = {
  'make-statement': '结算单做好了，等商户核对。',
  'answer-line': '答复记下了，商户看得到。',
  'record-payment': '记下了，等商户确认。',
  'correct-payment': '改好了，原来那一笔也留着。等商户确认收到。',
  'answer-payment': '答复记下了，商户看得到。',
};

/** A statement at the office: answers, payment, what was said of it. Ten queries at most. */
export default async function DeskStatement({ params, searchParams }: Props) {
  const actor = await requireSeat('desk');
  const [{ id }, query] = await Promise.all([params, searchParams]);
  if (canReadSettlement(actor) !== true || !isId(id)) notFound();
  const { villageId } = actor.desk;
  const at = now();
  const today = dayOf(at);
  const from = offsetOf(query.page, LINES_A_PAGE);
  const [statement, postings, form] = await Promise.all([
    findStatement(db(), { villageIds: [villageId], merchantId: null }, id, at),
    listPostings(db(), villageId, id, { from, most: LINES_A_PAGE }),
    readFormReturn(actor.sessionId, query.r, at),
  ]);
  if (!statement) notFound();
  const base = `/desk/alliance/statements/${id}`;
  const token = formToken(actor.sessionId, at);
  const maySettle = canSettle(actor) === true;
  const { state, fen } = statement;
  const owed = state === 'AGREED' && maySettle ? await findOwed(villageId, statement.merchantId) : null;
  const noHandBack = owed && owed.fen < 0 ? whyNoHandBack(owed) : null;
  const disputed = state === 'DISPUTED' ? await listDisputed(db(), villageId, id) : [];
  const answered = disputed.find((one) => one.id === query.line) ?? disputed[0];
  const notice = noticeOf(NOTICES, query.ok);
  const [payment] = statement.payments;
  const isLast = from + postings.length >= statement.lines;
  const common = { form, token, next: base };
  const isCorrecting = query.edit === 'payment';
  return (
    <>
      <PageHead
        title={sayStatement(statement)}
        lead={statement.merchantName}
        back={{ href: '/desk/alliance/statements', label: '和商户结算' }}
      />
      {notice ? <Notice title={notice} /> : null}
      {statement.hint ? <Message tone="look" title={sayHint(statement.hint, statement.hintDays)} /> : null}
      <StatementFacts statement={statement} today={today} />
      {owed && noHandBack ? <p className="soft">{noHandBack}</p> : null}
      {owed && !noHandBack ? (
        <p className="acts">
          <LinkButton
            kind={fen > 0 ? 'primary' : 'outline'}
            href={`/desk/alliance/statements/pay/${statement.merchantId}`}
          >
            {sayWayToPay(owed.fen, fen)}
          </LinkButton>
        </p>
      ) : null}
      {disputed.length > 0 ? (
        <Section title="商户的疑问" id="disputed">
          <p className="act-note">
            查清楚再答复，答复不能改。真的收错了，由店里和那一户一起退，退的会在下一张结算单里扣。
          </p>
          {disputed.map((line) => (
            <div key={line.id} id={`line-${line.id}`}>
              <h3>
                {`${line.householdCode} 户，${line.title || '按分数收'}，${line.points} 分，${sayYuan(line.fen)} 元`}
              </h3>
              {line.first ? (
                <p>
                  <b>商户：</b>
                  {line.first.why}
                  <br />
                  <b>村里：</b>
                  {line.first.answer}
                </p>
              ) : null}
              <p>
                <b>{line.first ? '商户又说：' : '商户：'}</b>
                {line.disputedWhy}
              </p>
              {maySettle && line.id === answered?.id ? (
                <WordsForm
                  {...common}
                  page={`${base}?line=${line.id}`}
                  command="answer-line"
                  fixed={{ statementId: id, lineId: line.id }}
                  name="answer"
                  label="村里的答复"
                  hint="商户看得到。"
                  act="答复这一笔"
                />
              ) : maySettle ? (
                <p>
                  <LinkButton href={`${base}?line=${line.id}#line-${line.id}`}>答复这一笔</LinkButton>
                </p>
              ) : (
                <p className="soft">等村书记答复。</p>
              )}
            </div>
          ))}
        </Section>
      ) : null}
      {payment ? (
        <Section title="付款" id="payment">
          <PaymentChain
            statement={statement}
            today={today}
            hrefOf={(other) => `/desk/alliance/statements/${other}`}
          />
          {state === 'PAID' && maySettle ? (
            <>
              {statement.hint === 'MISSED' || statement.hint === 'DENIED' ? (
                <WordsForm
                  {...common}
                  form={isCorrecting ? null : form}
                  page={base}
                  command="answer-payment"
                  fixed={{ paymentId: payment.id }}
                  name="body"
                  label="答复商户"
                  hint={
                    payment.fen > 0
                      ? '比如：和银行查过，12 月 9 日到的账。记错了、钱退回来了，改下面的付款。'
                      : '比如：收条在村里，请来看一看。记错了，改下面的付款。'
                  }
                  most={NOTE_MOST}
                  act="答复"
                />
              ) : null}
              <Disclosure title="记错了，改付款" note="商户确认以前可以改" open={isCorrecting}>
                <PaymentForm
                  {...common}
                  form={isCorrecting ? form : null}
                  page={`${base}?edit=payment`}
                  command="correct-payment"
                  fixed={{ paymentId: payment.id }}
                  merchantId={statement.merchantId}
                  first={dayOf(statement.madeAt)}
                  today={today}
                  photos={[query.photo].flat().filter(isId).slice(0, 1)}
                  way={payment.fen > 0 ? 'PAID' : payment.fen < 0 ? 'BACK' : 'OFFSET'}
                  act="改成这样"
                  why
                  before={payment}
                />
              </Disclosure>
            </>
          ) : null}
        </Section>
      ) : null}
      <Section title="每一笔" id="lines">
        <PostingTable
          caption={`一共 ${statement.lines} 笔，从早到晚`}
          postings={postings}
          today={today}
          {...(isLast ? { total: { points: statement.points, fen, lines: statement.lines } } : {})}
        />
        <Pager
          newer={from > 0 ? `${base}?page=${from / LINES_A_PAGE}#lines` : null}
          older={isLast ? null : `${base}?page=${from / LINES_A_PAGE + 2}#lines`}
          words={['前面的', '后面的']}
          note={`第 ${from + 1}—${from + postings.length} 笔，共 ${statement.lines} 笔`}
        />
      </Section>
      <StatementFiles base={base} />
    </>
  );
}

/** What is agreed with a merchant and not paid, in 分 of money, and what else is open. */
async function findOwed(villageId: string, merchantId: string) {
  const [payable, beside] = await Promise.all([
    listPayable(db(), villageId, merchantId),
    findOpenBeside(db(), villageId, merchantId),
  ]);
  return { fen: payable.reduce((sum, one) => sum + one.fen, 0), ...beside };
}

function sayWayToPay(owed: number, fen: number): string {
  if (owed < 0) return '商户把钱退给村里了';
  if (owed === 0) return '去记互相抵掉';
  return fen > 0 ? '去记付款' : '去记付款，把这张一起扣';
}
