import type { Metadata } from 'next';
import { notFound } from 'next/navigation';
import { PaymentForm } from '@/components/alliance/settlement/forms';
import { LinkButton } from '@/components/ui/button';
import { Disclosure } from '@/components/ui/disclosure';
import { BigNumber } from '@/components/ui/figures';
import { Line, Lines } from '@/components/ui/lines';
import { EmptyState, Message } from '@/components/ui/message';
import { PageHead, Section } from '@/components/ui/page-head';
import { findOpenBeside } from '@/lib/alliance/settlement/payment/reads';
import { canSettle } from '@/lib/alliance/settlement/policy';
import { findPartner, listPayable } from '@/lib/alliance/settlement/reads';
import { sayStatement, sayYuan, whyNoHandBack } from '@/lib/alliance/settlement/rules';
import type { PayableView } from '@/lib/alliance/settlement/types';
import { requireSeat } from '@/lib/auth/actor';
import { dayOf, now, sayDay } from '@/lib/platform/clock';
import { db } from '@/lib/platform/db';
import { readFormReturn } from '@/lib/platform/form-return';
import { isId } from '@/lib/platform/ids';
import { formToken } from '@/lib/platform/origin';

export const metadata: Metadata = { title: '记付款' };

interface Props {
  params: Promise<{ merchant: string }>;
  searchParams: Promise<Record<string, string | string[] | undefined>>;
}

/** Says what the village has paid a merchant: of its agreed statements all, or all but some. Five queries. */
export default async function Pay({ params, searchParams }: Props) {
  const actor = await requireSeat('desk');
  const [{ merchant: merchantId }, query] = await Promise.all([params, searchParams]);
  if (canSettle(actor) !== true || !isId(merchantId)) notFound();
  const { villageId } = actor.desk;
  const at = now();
  const today = dayOf(at);
  const [merchant, payable, beside, form] = await Promise.all([
    findPartner(db(), villageId, merchantId),
    listPayable(db(), villageId, merchantId),
    findOpenBeside(db(), villageId, merchantId),
    readFormReturn(actor.sessionId, query.r, at),
  ]);
  if (!merchant) notFound();
  const left = [query.without].flat().filter(isId);
  // what the merchant owes always comes off
  const chosen = payable.filter((one) => one.fen < 0 || !left.includes(one.id));
  const fen = chosen.reduce((sum, one) => sum + one.fen, 0);
  const base = `/desk/alliance/statements/pay/${merchantId}`;
  const address = (ids: string[]) =>
    ids.length > 0 ? `${base}?${ids.map((id) => `without=${id}`).join('&')}` : base;
  const newest =
    chosen
      .map(({ madeOn }) => madeOn)
      .sort()
      .at(-1) ?? today;
  const noHandBack = whyNoHandBack(beside);
  const canPay = chosen.some((one) => one.fen > 0) && fen >= 0;
  const record = {
    command: 'record-payment',
    fixed: { merchantId, fen, statements: chosen.map((one) => one.id) },
    merchantId,
    first: newest,
    today,
    photos: [query.photo].flat().filter(isId).slice(0, 1),
    form,
    token: formToken(actor.sessionId, at),
    page: address(left),
    next: '/desk/alliance/statements/{subject}',
  } as const;
  return (
    <div className="narrow">
      <PageHead
        title="记付款"
        lead={merchant.name}
        back={{ href: '/desk/alliance/statements', label: '和商户结算' }}
      />
      {payable.length === 0 ? (
        <EmptyState title="没有要付的">商户同意了的结算单才能付。</EmptyState>
      ) : (
        <>
          <Section title="这次付哪几张" id="which">
            <Lines label="这次付哪几张">
              {payable.map((one) => (
                <Line
                  key={one.id}
                  title={sayStatement(one)}
                  figure={`${sayYuan(one.fen)} 元`}
                  meta={sayLine(one, chosen.includes(one), sayDay(one.dueOn, today))}
                  state={
                    one.fen < 0 ? undefined : chosen.includes(one) ? (
                      payable.length > 1 ? (
                        <a href={address([...left, one.id])}>
                          这次不付<span className="said">{sayStatement(one)}</span>
                        </a>
                      ) : undefined
                    ) : (
                      <a href={address(left.filter((id) => id !== one.id))}>
                        也一起付<span className="said">{sayStatement(one)}</span>
                      </a>
                    )
                  }
                />
              ))}
            </Lines>
          </Section>
          {canPay ? (
            <>
              <BigNumber
                label="这次一共付"
                value={sayYuan(fen)}
                unit="元"
                note={
                  fen === 0
                    ? '正好互相抵掉，不用付钱；记下来，等商户确认。'
                    : '先用村里自己的办法把钱付给商户，再在这里记下来。这个网站不转钱。'
                }
              />
              <PaymentForm
                {...record}
                way={fen > 0 ? 'PAID' : 'OFFSET'}
                act={fen > 0 ? '记下，已经付了' : '记下，互相抵掉'}
              />
            </>
          ) : (
            <>
              <Message tone="look" title="这次不用付">
                <p>扣掉退回的还不到零，从下一张结算单里扣。</p>
                {left.length > 0 ? <LinkButton href={base}>把能付的都算上</LinkButton> : null}
              </Message>
              {left.length === 0 && fen < 0 && noHandBack ? <p className="soft">{noHandBack}</p> : null}
              {left.length === 0 && fen < 0 && !noHandBack ? (
                <Disclosure
                  title="这家店不再收积分，把钱退给村里了"
                  open={form !== null || record.photos.length > 0}
                >
                  <BigNumber
                    label="商户一共退"
                    value={sayYuan(-fen)}
                    unit="元"
                    note="钱已经收到了才记；记下以后等商户确认，确认了就结清。"
                  />
                  <PaymentForm {...record} way="BACK" act={`记下，收到了 ${sayYuan(-fen)} 元`} />
                </Disclosure>
              ) : null}
            </>
          )}
        </>
      )}
    </div>
  );
}

function sayLine(one: PayableView, isChosen: boolean, due: string): string {
  if (one.fen < 0) return '商户欠村里的，这次一起扣';
  return isChosen ? `最迟${due}付` : '这次不付';
}
