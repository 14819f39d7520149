import type { Metadata } from 'next';
import { notFound } from 'next/navigation';
import { addressAt, offsetOf } from '@/components/alliance/settlement/filters';
import { WordsForm } from '@/components/alliance/settlement/forms';
import { PostingTable } from '@/components/alliance/settlement/posting-table';
import { PaymentChain, StatementFacts } from '@/components/alliance/settlement/statement-facts';
import { StatementFiles } from '@/components/alliance/settlement/statement-files';
import { Button, LinkButton } from '@/components/ui/button';
import { CommandForm } from '@/components/ui/command-form';
import { Disclosure } from '@/components/ui/disclosure';
import type { FormReturn } from '@/components/ui/form-return';
import { Message, Notice } from '@/components/ui/message';
import { PageHead, Section } from '@/components/ui/page-head';
import { Pager } from '@/components/ui/pager';
import { LINES_A_PAGE, listPostings } from '@/lib/alliance/settlement/lines/reads';
import { findStatement } from '@/lib/alliance/settlement/reads';
import { sayStatement, sayYuan } from '@/lib/alliance/settlement/rules';
import { NOTE_MOST } from '@/lib/alliance/settlement/schema';
import type { PostingView } from '@/lib/alliance/settlement/types';
import { requireSeat } from '@/lib/auth/actor';
import { dayOf, now } from '@/lib/platform/clock';
import { db } from '@/lib/platform/db';
import { readFormReturn } from '@/lib/platform/form-return';
import { isId } from '@/lib/platform/ids';
import { noticeOf } from '@/lib/platform/notice';
import { formToken } from '@/lib/platform/origin';
import { shopScopeIn } from '../../shop-scope';

export const metadata: Metadata = { title: '结算单' };

interface Props {
  params: Promise<{ village: string; id: string }>;
  searchParams: Promise<Record<string, string | string[] | undefined>>;
}

const NOTICES: Record<string, string> = {
  'make-statement-as-shop': '结算单做好了，请核对。',
  'agree-statement': '记下了：您同意了。',
  'dispute-line': '村里看到了，会给答复。答复以前不算您同意。',
  'withdraw-dispute': '收回了，这一笔不再等村里答复。',
  'confirm-payment': '记下了，这张结清。',
  'miss-payment': '记下了：您说没收到。村里和镇上都看得到，村里会给答复；以后收到了，还能在这里确认。',
};

/** A statement as its shop sees it: agrees, says what is wrong, confirms the money. Eight queries. */
export default async function ShopStatement({ params, searchParams }: Props) {
  const actor = await requireSeat('shop');
  const [{ village, id }, query] = await Promise.all([params, searchParams]);
  const scope = isId(id) ? await shopScopeIn(actor.shop.merchantId, village) : null;
  const villageId = scope?.villageIds[0];
  if (!scope || !villageId) notFound();
  const at = now();
  const today = dayOf(at);
  const from = offsetOf(query.page, LINES_A_PAGE);
  const [statement, form] = await Promise.all([
    findStatement(db(), scope, id, at),
    readFormReturn(actor.sessionId, query.r, at),
  ]);
  if (!statement) notFound();
  const postings = await listPostings(db(), villageId, id, { from, most: LINES_A_PAGE });
  const base = `/shop/statements/${village}/${id}`;
  const page = addressAt(base, from, LINES_A_PAGE);
  const lineAddress = (line: string) => addressAt(base, from, LINES_A_PAGE, line);
  const common = { form, token: formToken(actor.sessionId, at), page, next: base };
  const { state, fen } = statement;
  const isOpen = state === 'MADE' || state === 'DISPUTED';
  const asked = isOpen ? postings.find((one) => one.id === query.line) : undefined;
  const notice = noticeOf(NOTICES, query.ok);
  const [payment] = statement.payments;
  const isLast = from + postings.length >= statement.lines;
  return (
    <>
      <PageHead
        title={sayStatement(statement)}
        lead={statement.villageName}
        back={{ href: '/shop/statements', label: '结算' }}
      />
      {notice ? <Notice title={notice} /> : null}
      {statement.hint === 'OVERDUE' && statement.hintDays > 0 ? (
        <Message tone="look" title={`过了付款的日子 ${statement.hintDays} 天，村里还没有记付款`}>
          请催一下{statement.villageName}；一直不付，找镇上，镇上看得到这一张。
        </Message>
      ) : null}
      <StatementFacts statement={statement} today={today} toShop />
      {state === 'MADE' && !asked ? (
        <CommandForm
          name="agree-statement"
          back={page}
          next={base}
          fixed={{ villageId, statementId: id }}
          form={form}
          token={common.token}
          className="form-act"
          label="同意"
        >
          <Button kind="done" wide>
            {fen === 0
              ? '都对，同意结清'
              : fen > 0
                ? `都对，同意 ${sayYuan(fen)} 元`
                : '都对，同意从下一张里扣'}
          </Button>
          <p className="act-note">
            同意以前请先看下面每一笔。哪一笔不对，点那一笔的“不对”；
            村里答复了还是不对的，可以再说一次；再答复还不同意，先不点同意，找镇上说，镇上看得到。
          </p>
        </CommandForm>
      ) : null}
      {state === 'DISPUTED' ? (
        <Message tone="look" title={`有 ${statement.disputed} 笔等村里答复`}>
          答复以后再来看，都清楚了再点同意。说错了的，点那一笔可以收回。
        </Message>
      ) : null}
      {state === 'PAID' && payment ? (
        <Section title={payment.fen < 0 ? '钱退给村里了吗' : '收到钱了吗'} id="paid">
          <CommandForm
            name="confirm-payment"
            back={page}
            next={base}
            fixed={{ villageId, paymentId: payment.id }}
            form={query.edit === 'miss' ? null : form}
            token={common.token}
            className="form-act"
            label="确认"
          >
            <Button kind="done" wide>
              {payment.fen > 0
                ? `收到了，${sayYuan(payment.fen)} 元`
                : payment.fen < 0
                  ? `对，退了 ${sayYuan(-payment.fen)} 元`
                  : '对，互相抵掉了'}
            </Button>
          </CommandForm>
          <Disclosure
            title={payment.fen > 0 ? '没收到，或者数目不对' : '不是这样，或者数目不对'}
            open={query.edit === 'miss'}
          >
            <WordsForm
              {...common}
              form={query.edit === 'miss' ? form : null}
              page={`${base}?edit=miss`}
              command="miss-payment"
              fixed={{ villageId, paymentId: payment.id }}
              name="body"
              label="怎么回事"
              hint="村里和镇上都看得到。比如：卡上没有这一笔。"
              most={NOTE_MOST}
              act={payment.fen > 0 ? '告诉村里没收到' : '告诉村里不对'}
              kind="danger"
            />
          </Disclosure>
        </Section>
      ) : null}
      {payment ? (
        <Section title="村里的付款" id="payment">
          <PaymentChain
            statement={statement}
            today={today}
            hrefOf={(other) => `/shop/statements/${village}/${other}`}
          />
        </Section>
      ) : null}
      {asked ? (
        <AskedLine
          line={asked}
          here={lineAddress(asked.id)}
          page={page}
          fixed={{ villageId, statementId: id, lineId: asked.id }}
          form={form}
          token={common.token}
        />
      ) : null}
      <Section title="每一笔" id="lines">
        <PostingTable
          caption={`一共 ${statement.lines} 笔，从早到晚`}
          postings={postings}
          today={today}
          {...(isLast ? { total: { points: statement.points, fen, lines: statement.lines } } : {})}
          {...(isOpen
            ? {
                actOf: (one) => (
                  <LinkButton kind="quiet" href={`${lineAddress(one.id)}#line`}>
                    {sayLineAct(one)}
                    <span className="said">，{one.householdCode} 户这一笔</span>
                  </LinkButton>
                ),
              }
            : {})}
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

/** What the shop can do about a line: 不对, 改、收回, 还是不对, 看答复. */
function sayLineAct(line: PostingView): string {
  if (!line.disputedWhy) return line.first ? '还是不对' : '不对';
  if (!line.answer) return '改、收回';
  return line.first ? '看答复' : '还是不对';
}

/** The line that was chosen: to say what is wrong, to take it back before it is answered, to say it once more after. */
function AskedLine({
  line,
  here,
  page,
  fixed,
  form,
  token,
}: {
  line: PostingView;
  /** its own address: where a refusal leads back to */
  here: string;
  /** the page of the statement on which the line stands */
  page: string;
  fixed: Record<string, string>;
  form: FormReturn | null;
  token: string;
}) {
  const waits = line.disputedWhy !== '' && line.answer === '';
  const isOver = line.first !== null && line.answer !== '';
  const earlier = line.first ?? (line.answer ? { why: line.disputedWhy, answer: line.answer } : null);
  return (
    <Section title="您点的这一笔" id="line">
      <p className="act-note">
        {`${line.householdCode} 户，${line.title || '按分数收'}，${line.points} 分，${sayYuan(line.fen)} 元`}
      </p>
      {earlier ? (
        <p>
          <b>您说过：</b>
          {earlier.why}
          <br />
          <b>村里答复：</b>
          {earlier.answer}
        </p>
      ) : null}
      {isOver ? (
        <Message tone="look" title="这一笔说过两次，村里也答复了两次">
          {`您又说：${line.disputedWhy}。村里又答复：${line.answer}。还是不同意，先不点同意，找镇上说，镇上看得到。`}
        </Message>
      ) : (
        <WordsForm
          form={form}
          token={token}
          page={here}
          next={page}
          command="dispute-line"
          fixed={fixed}
          name="reason"
          label={earlier ? '还有哪里不对' : '哪里不对'}
          hint={
            waits
              ? '村里答复以前可以改。'
              : earlier
                ? '只能再说这一次，请写清楚。两次说的、两次答复的都留着。'
                : '比如：这一笔不是我家收的；这一笔退过了。'
          }
          {...(waits ? { before: line.disputedWhy } : {})}
          act={waits ? '改成这样' : '告诉村里'}
          kind="primary"
        />
      )}
      {waits ? (
        <CommandForm name="withdraw-dispute" back={here} next={page} fixed={fixed} token={token} label="收回">
          <Button kind="outline">收回，这一笔没有不对</Button>
        </CommandForm>
      ) : null}
      <p className="more">
        <a href={page}>算了，不说了</a>
      </p>
    </Section>
  );
}
