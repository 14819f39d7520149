import type { Metadata } from 'next';
import { ReasonForm } from '@/components/alliance/reason-form';
import { TermsHistory } from '@/components/alliance/terms-history';
import { sayMoment } from '@/components/alliance/words';
import { Button, LinkButton } from '@/components/ui/button';
import { CommandForm } from '@/components/ui/command-form';
import { Disclosure } from '@/components/ui/disclosure';
import { Facts } from '@/components/ui/figures';
import { EmptyState, Notice, Refusal } from '@/components/ui/message';
import { PageHead, Section } from '@/components/ui/page-head';
import { findStanding } from '@/lib/alliance/merchant/reads';
import { listTermsOfShop } from '@/lib/alliance/terms/reads';
import { termsFacts, termsState } from '@/lib/alliance/terms/rules';
import type { TermsView } from '@/lib/alliance/terms/types';
import { requireSeat } from '@/lib/auth/actor';
import { dayOf, now } from '@/lib/platform/clock';
import { db } from '@/lib/platform/db';
import { readFormReturn } from '@/lib/platform/form-return';
import { noticeOf } from '@/lib/platform/notice';
import { formToken } from '@/lib/platform/origin';

export const metadata: Metadata = { title: '协议' };

interface Props {
  searchParams: Promise<Record<string, string | string[] | undefined>>;
}

const NOTICES: Record<string, string> = {
  'accept-terms': '接受了，马上生效，可以上架兑换品了。',
  'end-terms-as-shop': '协议结束了。已经收下的积分照样结算。',
};

/** A shop's terms with its villages: what waits for its word, what is in force, what was. */
export default async function ShopTerms({ searchParams }: Props) {
  const actor = await requireSeat('shop');
  const query = await searchParams;
  const at = now();
  const [terms, standing, form] = await Promise.all([
    listTermsOfShop(db(), actor.shop.merchantId),
    findStanding(db(), actor.shop.merchantId),
    readFormReturn(actor.sessionId, query.r, at),
  ]);
  const isOwner = standing?.ownerId === actor.personId;
  const token = formToken(actor.sessionId, at);
  const edit = typeof query.edit === 'string' ? query.edit : '';
  const offered = terms.filter((one) => termsState(one) === 'OFFERED');
  const inForce = terms.filter((one) => termsState(one) === 'IN_FORCE');
  const over = terms.filter((one) => one.endedAt !== null);
  const notice = noticeOf(NOTICES, query.ok);
  const shown = { edit, form, token, isOwner };
  return (
    <>
      <PageHead title="协议" lead="村里拟好，店主接受了才算数。" />
      {notice ? <Notice title={notice} /> : null}
      {form && edit === '' ? <Refusal refusal={form.refusal} /> : null}
      {offered.map((one) => (
        <Section
          key={one.villageId}
          title={`${one.villageName}送来一份，等您看`}
          id={`offered-${one.villageId}`}
        >
          <TermsFacts terms={one} />
          {inForce.some((now) => now.villageId === one.villageId) ? (
            <p className="act-note">接受以后，原来的那一份同时结束；原来收下的，还按原来的价结算。</p>
          ) : null}
          {isOwner ? (
            <CommandForm
              name="accept-terms"
              back="/shop/terms"
              next="/shop/terms"
              fixed={{ villageId: one.villageId, termsId: one.id }}
              token={token}
              label={`接受${one.villageName}的协议`}
            >
              <Button kind="primary" wide>
                看清楚了，接受
              </Button>
            </CommandForm>
          ) : (
            <p className="soft">要店主本人登录来接受。</p>
          )}
          <EndPart
            terms={one}
            {...shown}
            act="不接受"
            label="为什么不接受"
            hint="村里会看到，可以另拟一份。"
          />
        </Section>
      ))}
      {inForce.map((one) => (
        <Section key={one.villageId} title={`和${one.villageName}的协议`} id={`terms-${one.villageId}`}>
          <TermsFacts terms={one} />
          <EndPart
            terms={one}
            {...shown}
            act="结束协议"
            label="为什么结束"
            hint="村里会看到。已经收下的积分照样结算；在这个村的兑换品同时停兑。"
          />
        </Section>
      ))}
      {offered.length + inForce.length === 0 ? (
        <EmptyState title="还没有协议">村里拟好协议，就会出现在这里。想快一点，请跟村书记说一声。</EmptyState>
      ) : null}
      {over.length > 0 ? (
        <Section title="以前的" id="before">
          <TermsHistory
            terms={over}
            today={dayOf(at)}
            paperOf={(one) => `/shop/terms/${one.id}`}
            withVillage
          />
        </Section>
      ) : null}
    </>
  );
}

function TermsFacts({ terms }: { terms: TermsView }) {
  return (
    <>
      <Facts
        items={[
          ...termsFacts(terms),
          ['村里签字', `${terms.signedByName}，${sayMoment(terms.signedAt)}`],
          ['接受', terms.acceptedAt ? `${terms.acceptedByName}，${sayMoment(terms.acceptedAt)}` : ''],
        ]}
      />
      <p>
        <LinkButton href={`/shop/terms/${terms.id}`}>看协议书，打印</LinkButton>
      </p>
    </>
  );
}

function EndPart({
  terms,
  edit,
  form,
  token,
  isOwner,
  act,
  label,
  hint,
}: {
  terms: TermsView;
  edit: string;
  form: Awaited<ReturnType<typeof readFormReturn>>;
  token: string;
  isOwner: boolean;
  act: string;
  label: string;
  hint: string;
}) {
  if (!isOwner) return null;
  return (
    <Disclosure title={act} open={edit === terms.id}>
      <ReasonForm
        command="end-terms-as-shop"
        of={terms.villageName}
        fixed={{ villageId: terms.villageId, termsId: terms.id }}
        back={`/shop/terms?edit=${terms.id}`}
        next="/shop/terms"
        label={label}
        hint={hint}
        act={act}
        form={edit === terms.id ? form : null}
        token={token}
      />
    </Disclosure>
  );
}
