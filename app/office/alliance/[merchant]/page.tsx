import type { Metadata } from 'next';
import { notFound } from 'next/navigation';
import { MerchantActs, MerchantFactsForm } from '@/components/alliance/merchant-acts';
import { MERCHANT_MARKS, sayMoment } from '@/components/alliance/words';
import { Button } from '@/components/ui/button';
import { CommandForm } from '@/components/ui/command-form';
import { Facts } from '@/components/ui/figures';
import { Line, Lines } from '@/components/ui/lines';
import { Message, Notice, Refusal } from '@/components/ui/message';
import { PageHead, Section } from '@/components/ui/page-head';
import { Photo } from '@/components/ui/photo';
import { StatusText } from '@/components/ui/status-text';
import { findMerchant, findShownPhone } from '@/lib/alliance/merchant/reads';
import { MERCHANT_STATE_NAMES, type MerchantView } from '@/lib/alliance/merchant/types';
import { shopPhotoAddress } from '@/lib/alliance/photo/types';
import { canDecideMerchants } from '@/lib/alliance/policy';
import { requireSeat } from '@/lib/auth/actor';
import { dayOf, now, sayDay } from '@/lib/platform/clock';
import { db } from '@/lib/platform/db';
import { readFormReturn } from '@/lib/platform/form-return';
import { isId } from '@/lib/platform/ids';
import { noticeOf } from '@/lib/platform/notice';
import { formToken } from '@/lib/platform/origin';

export const metadata: Metadata = { title: '商户' };

interface Props {
  params: Promise<{ merchant: string }>;
  searchParams: Promise<Record<string, string | string[] | undefined>>;
}

const NOTICES: Record<string, string> = {
  'admit-merchant': '已经入盟。店主今天起可以登录，请告诉他。',
  'reject-merchant': '记下了，没有通过。请打电话告诉申请人。',
  'suspend-merchant': '已经暂停，店里的人看得到原因。',
  'reinstate-merchant': '已经恢复，马上可以收积分。',
  'leave-merchant': '已经办理退出。店员都停用了，店主还能看结算单。',
  'end-merchant-person': '停用了，马上生效。',
  'change-merchant': '已经保存。',
  'name-shop-owner': '店主已经换了，今天起可以登录。',
  'reveal-merchant-phone': '号码在下面，五分钟后自动遮住。这次查看已经记下。',
};

/** A merchant: who, where, what became of it; for its township what can be done. */
export default async function OfficeMerchant({ params, searchParams }: Props) {
  const actor = await requireSeat('office');
  const [{ merchant: id }, query] = await Promise.all([params, searchParams]);
  const at = now();
  const today = dayOf(at);
  const merchant = isId(id) ? await findMerchant(db(), actor.office, id, today) : null;
  if (!merchant) notFound();
  const mayDecide = canDecideMerchants(actor) === true;
  const [phone, form] = await Promise.all([
    mayDecide ? findShownPhone(db(), id, actor.personId, at) : null,
    readFormReturn(actor.sessionId, query.r, at),
  ]);
  const token = formToken(actor.sessionId, at);
  const edit = typeof query.edit === 'string' ? query.edit : '';
  const page = `/office/alliance/${id}`;
  const notice = noticeOf(NOTICES, query.ok);
  const shownPhone = phone ? <a href={`tel:${phone}`}>{phone}</a> : merchant.contactPhone;
  return (
    <div className="narrow">
      <PageHead title={merchant.name} back={{ href: '/office/alliance', label: '商社联盟' }} />
      {notice ? <Notice title={notice} /> : null}
      {form && edit === '' ? <Refusal refusal={form.refusal} /> : null}
      <p>
        <StatusText state={MERCHANT_MARKS[merchant.state]}>{MERCHANT_STATE_NAMES[merchant.state]}</StatusText>
      </p>
      {merchant.sameNumber.length > 0 ? (
        <Message tone="look" title="同一个号码还有">
          <p>
            {merchant.sameNumber.map((other, index) => (
              <span key={other.id}>
                {index > 0 ? '、' : ''}
                <a href={`/office/alliance/${other.id}`}>{other.name}</a>（{MERCHANT_STATE_NAMES[other.state]}
                ）
              </span>
            ))}
          </p>
        </Message>
      ) : null}
      {merchant.frontPhotoId ? (
        <Photo
          src={shopPhotoAddress(merchant.frontPhotoId, 'large')}
          large={shopPhotoAddress(merchant.frontPhotoId, 'large')}
          alt={`${merchant.name}的门头，点开看大图`}
          fit="contain"
        />
      ) : null}
      <Facts
        items={[
          ['镇街', merchant.townshipName],
          ['行当', merchant.isCharity ? `${merchant.kind}（公益组织）` : merchant.kind],
          ['地址', merchant.address],
          ['营业', merchant.openingHours],
          ['申请人', merchant.contactName],
          ['手机号', shownPhone],
          ['申请时间', sayMoment(merchant.createdAt)],
        ]}
      />
      {mayDecide && merchant.contactPhone && !phone ? (
        <CommandForm
          name="reveal-merchant-phone"
          back={page}
          next={page}
          fixed={{ merchantId: id }}
          token={token}
          label={`查看${merchant.name}的手机号`}
        >
          <Button kind="quiet">看号码，打电话</Button>
        </CommandForm>
      ) : null}
      {mayDecide ? <MerchantActs merchant={merchant} edit={edit} form={form} token={token} /> : null}
      {mayDecide && merchant.state !== 'LEFT' && merchant.state !== 'REJECTED' ? (
        <MerchantFactsForm merchant={merchant} edit={edit} form={form} token={token} />
      ) : null}
      <MerchantPeople
        merchant={merchant}
        end={mayDecide && merchant.state === 'LEFT' ? { page, token } : null}
      />
      {merchant.terms.length > 0 ? (
        <Section title="和各村的协议" id="terms">
          <Lines label="各村的协议">
            {merchant.terms.map((one) => (
              <Line
                key={one.villageId}
                title={one.villageName}
                figure={`${one.offers} 样`}
                meta="开放的兑换品"
                state={
                  <StatusText state={one.isAccepted ? 'ok' : 'wait'}>
                    {one.isAccepted ? '生效' : '等店主接受'}
                  </StatusText>
                }
              />
            ))}
          </Lines>
        </Section>
      ) : null}
      <Section title="经过" id="steps">
        <Lines label="经过">
          {merchant.steps.map((step, index) => (
            <Line
              key={step.id}
              title={index > 0 && step.state === 'ADMITTED' && index > 1 ? '恢复' : STEP_NAMES[step.state]}
              meta={`${sayDay(dayOf(step.at), today)} · ${step.byName ?? '申请人'}`}
              note={step.why || undefined}
            />
          ))}
        </Lines>
      </Section>
    </div>
  );
}

const STEP_NAMES: Record<MerchantView['state'], string> = {
  APPLIED: '交了申请',
  ADMITTED: '准予入盟',
  REJECTED: '不予通过',
  SUSPENDED: '暂停',
  LEFT: '退出',
};

/** A merchant's people; `end` where the township may end them. */
function MerchantPeople({
  merchant,
  end,
}: {
  merchant: MerchantView;
  end: { page: string; token: string } | null;
}) {
  if (merchant.people.length === 0) return null;
  return (
    <Section title="店里的人" id="people">
      <Lines label="店里的人">
        {merchant.people.map((person) => (
          <Line
            key={person.personId}
            title={person.name}
            meta={person.phone}
            state={person.isOwner ? '店主' : '店员'}
          >
            {end ? (
              <CommandForm
                name="end-merchant-person"
                back={end.page}
                next={end.page}
                fixed={{ merchantId: merchant.id, personId: person.personId }}
                token={end.token}
                label={`停用${person.name}`}
              >
                <Button kind="quiet">停用{person.name}</Button>
              </CommandForm>
            ) : null}
          </Line>
        ))}
      </Lines>
    </Section>
  );
}
