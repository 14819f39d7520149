import type { Metadata } from 'next';
import { notFound } from 'next/navigation';
import { ReasonForm } from '@/components/alliance/reason-form';
import { TermsForm } from '@/components/alliance/terms-form';
import { TermsHistory } from '@/components/alliance/terms-history';
import { sayMoment, TERMS_MARKS } from '@/components/alliance/words';
import { LinkButton } from '@/components/ui/button';
import { Disclosure } from '@/components/ui/disclosure';
import { Facts } from '@/components/ui/figures';
import { EmptyState, Message, Notice, Refusal } from '@/components/ui/message';
import { Acts, PageHead, Section } from '@/components/ui/page-head';
import { StatusText } from '@/components/ui/status-text';
import { canSignTerms } from '@/lib/alliance/policy';
import { findVillageMerchant, listTerms } from '@/lib/alliance/terms/reads';
import { TERMS_STATE_NAMES, termsFacts, termsState } from '@/lib/alliance/terms/rules';
import type { TermsView } from '@/lib/alliance/terms/types';
import { requireSeat } from '@/lib/auth/actor';
import { dayOf, now } from '@/lib/platform/clock';
import { db } from '@/lib/platform/db';
import { readFormReturn } from '@/lib/platform/form-return';
import { isId } from '@/lib/platform/ids';
import { noticeOf } from '@/lib/platform/notice';
import { formToken } from '@/lib/platform/origin';
import { findVillages } from '@/lib/regions/reads';
import { listGroups } from '@/lib/residents/reads';

export const metadata: Metadata = { title: '商户和协议' };

interface Props {
  params: Promise<{ merchant: string }>;
  searchParams: Promise<Record<string, string | string[] | undefined>>;
}

const NOTICES: Record<string, string> = {
  'sign-terms': '签好了。等店主在手机上接受，接受了才生效。',
  'end-terms-as-village': '协议结束了。已经收下的积分照样结算。',
};

/** A shop and the village: what is agreed, what waits for the shop, what was; for the secretary to sign and to end. */
export default async function DeskMerchant({ params, searchParams }: Props) {
  const actor = await requireSeat('desk');
  const { villageId } = actor.desk;
  const [{ merchant: id }, query] = await Promise.all([params, searchParams]);
  if (!isId(id)) notFound();
  const at = now();
  const today = dayOf(at);
  const [merchant, terms, groups, villages, form] = await Promise.all([
    findVillageMerchant(db(), villageId, id),
    listTerms(db(), villageId, id),
    listGroups(db(), villageId),
    findVillages(db(), [villageId]),
    readFormReturn(actor.sessionId, query.r, at),
  ]);
  if (!merchant || (merchant.state === 'LEFT' && terms.length === 0)) notFound();
  const maySign = canSignTerms(actor) === true;
  const token = formToken(actor.sessionId, at);
  const edit = typeof query.edit === 'string' ? query.edit : '';
  const page = `/desk/alliance/${id}`;
  const inForce = terms.find((one) => termsState(one) === 'IN_FORCE') ?? null;
  const offered = terms.find((one) => termsState(one) === 'OFFERED') ?? null;
  const over = terms.filter((one) => one.endedAt !== null);
  const notice = noticeOf(NOTICES, query.ok);
  const shown = { page, edit, form, token, maySign };
  return (
    <div className="narrow">
      <PageHead title={merchant.name} back={{ href: '/desk/alliance', label: '商社联盟' }} />
      {notice ? <Notice title={notice} /> : null}
      {form && edit === '' ? <Refusal refusal={form.refusal} /> : null}
      {merchant.state === 'SUSPENDED' ? (
        <Message tone="look" title="镇上暂停了这家店收积分。">
          已经收下的照样结算，协议还在。
        </Message>
      ) : null}
      {merchant.state === 'LEFT' ? <Message title="这家店已经退出联盟。" /> : null}
      <Facts
        items={[
          ['行当', merchant.isCharity ? `${merchant.kind}（公益组织）` : merchant.kind],
          ['地址', merchant.address],
          ['营业', merchant.openingHours],
        ]}
      />
      {inForce ? (
        <Acts>
          <LinkButton href={`/v/${villages.get(villageId)?.code ?? ''}/shops/${id}`}>看它的公开页</LinkButton>
        </Acts>
      ) : null}
      <Section title="现在的协议" id="terms">
        {inForce ? (
          <TermsPart terms={inForce} {...shown} act="结束协议" label="为什么结束" />
        ) : (
          <EmptyState title="现在没有生效的协议">村里拟好签字，店主接受了，才收本村的积分。</EmptyState>
        )}
      </Section>
      {offered ? (
        <Section title="等店主接受" id="offered">
          <TermsPart terms={offered} {...shown} act="收回这一份" label="为什么收回" />
        </Section>
      ) : null}
      {maySign && merchant.state === 'ADMITTED' ? (
        <Section title={terms.length > 0 ? '另拟一份' : '拟协议'} id="sign">
          <Disclosure
            title={inForce ? '改条件，另拟一份' : '拟一份协议'}
            note={inForce ? '店主接受以前，还按现在的' : undefined}
            open={edit === 'terms' || terms.length === 0}
          >
            <TermsForm
              merchantId={id}
              isCharity={merchant.isCharity}
              before={offered ?? inForce ?? over[0] ?? null}
              groups={groups}
              form={edit === 'terms' ? form : null}
              token={token}
            />
          </Disclosure>
        </Section>
      ) : null}
      {over.length > 0 ? (
        <Section title="以前的" id="before">
          <TermsHistory terms={over} today={today} paperOf={(one) => `${page}/${one.id}`} />
        </Section>
      ) : null}
    </div>
  );
}

function TermsPart({
  terms,
  page,
  edit,
  form,
  token,
  maySign,
  act,
  label,
}: {
  terms: TermsView;
  page: string;
  edit: string;
  form: Awaited<ReturnType<typeof readFormReturn>>;
  token: string;
  maySign: boolean;
  act: string;
  label: string;
}) {
  const state = termsState(terms);
  return (
    <>
      <p>
        <StatusText state={TERMS_MARKS[state]}>{TERMS_STATE_NAMES[state]}</StatusText>
      </p>
      <Facts
        items={[
          ...termsFacts(terms),
          ['村里签字', `${terms.signedByName}，${sayMoment(terms.signedAt)}`],
          ['店主接受', terms.acceptedAt ? `${terms.acceptedByName}，${sayMoment(terms.acceptedAt)}` : ''],
        ]}
      />
      <Acts>
        <LinkButton href={`${page}/${terms.id}`}>看协议书，打印</LinkButton>
      </Acts>
      {maySign ? (
        <Disclosure title={act} open={edit === terms.id}>
          <ReasonForm
            command="end-terms-as-village"
            fixed={{ termsId: terms.id }}
            back={`${page}?edit=${terms.id}`}
            next={page}
            label={label}
            hint="店里会看到。已经收下的积分照样结算；兑换品同时停兑。"
            act={act}
            form={edit === terms.id ? form : null}
            token={token}
          />
        </Disclosure>
      ) : null}
    </>
  );
}
