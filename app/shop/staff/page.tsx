import type { Metadata } from 'next';
import { Button } from '@/components/ui/button';
import { CommandForm } from '@/components/ui/command-form';
import { Disclosure } from '@/components/ui/disclosure';
import { TextField } from '@/components/ui/field';
import { Line, Lines } from '@/components/ui/lines';
import { Notice, Refusal } from '@/components/ui/message';
import { PageHead, Section } from '@/components/ui/page-head';
import { findStanding, listShopPeople } from '@/lib/alliance/merchant/reads';
import { PERSON_NAME_MOST } from '@/lib/alliance/merchant/schema';
import type { ShopPersonView } from '@/lib/alliance/merchant/types';
import { requireSeat } from '@/lib/auth/actor';
import { dayOf, now, sayDay } from '@/lib/platform/clock';
import { db } from '@/lib/platform/db';
import { readFormReturn } from '@/lib/platform/form-return';
import { noticeOf } from '@/lib/platform/notice';
import { formToken } from '@/lib/platform/origin';

export const metadata: Metadata = { title: '店员' };

interface Props {
  searchParams: Promise<Record<string, string | string[] | undefined>>;
}

const NOTICES: Record<string, string> = {
  'add-shop-person': '加好了。请他用自己的手机号登录。',
  'end-shop-person': '停用了，马上生效。',
  'hand-over-shop': '店交出去了，从现在起由新店主管。',
};

/** Who works for the shop, each with an own sign-in; for the owner the way to change it. */
export default async function Staff({ searchParams }: Props) {
  const actor = await requireSeat('shop');
  const query = await searchParams;
  const at = now();
  const today = dayOf(at);
  const [people, standing, form] = await Promise.all([
    listShopPeople(db(), actor.shop.merchantId, today),
    findStanding(db(), actor.shop.merchantId),
    readFormReturn(actor.sessionId, query.r, at),
  ]);
  const isOwner = people.some((person) => person.isOwner && person.personId === actor.personId);
  const hasLeft = standing?.state === 'LEFT';
  const token = formToken(actor.sessionId, at);
  const edit = typeof query.edit === 'string' ? query.edit : '';
  const notice = noticeOf(NOTICES, query.ok);
  return (
    <>
      <PageHead
        title="店员"
        lead={
          !isOwner
            ? '要加人、停用，请找店主。'
            : hasLeft
              ? '本店退出了。店主还能看结算单、答复退货；都办完了，可以把自己也停用。'
              : '谁收的积分，记谁的名字。每人用自己的手机号登录。'
        }
      />
      {notice ? <Notice title={notice} /> : null}
      {form && edit === '' ? <Refusal refusal={form.refusal} /> : null}
      <Lines label="店里的人">
        {people.map((person) => (
          <Line
            key={person.personId}
            title={person.name}
            meta={`${isOwner ? person.phone : ''} ${sayDay(person.from, today)}起`.trim()}
            state={person.isOwner ? '店主' : '店员'}
          >
            {isOwner && (hasLeft || !person.isOwner) ? (
              <PersonActs person={person} token={token} hasLeft={hasLeft} />
            ) : null}
          </Line>
        ))}
      </Lines>
      {isOwner && !hasLeft ? (
        <Section title="加一个人" id="add">
          <CommandForm
            name="add-shop-person"
            back="/shop/staff?edit=add"
            next="/shop/staff"
            form={edit === 'add' ? form : null}
            token={token}
            label="加一个人"
          >
            <TextField
              name="name"
              label="姓名"
              hint="写他本人的姓名。"
              maxLength={PERSON_NAME_MOST}
              autoComplete="off"
              form={edit === 'add' ? form : null}
            />
            <TextField
              name="phone"
              label="手机号"
              type="tel"
              inputMode="tel"
              autoComplete="off"
              form={edit === 'add' ? form : null}
            />
            <Button kind="primary">加到店里</Button>
          </CommandForm>
        </Section>
      ) : null}
    </>
  );
}

/** What the owner may do about one of the shop's people; of a shop that has left also about the own seat. */
function PersonActs({ person, token, hasLeft }: { person: ShopPersonView; token: string; hasLeft: boolean }) {
  const next = person.isOwner ? '/account' : '/shop/staff';
  const common = { back: '/shop/staff', next, fixed: { personId: person.personId }, token };
  return (
    <Disclosure
      title={
        <>
          {hasLeft ? '停用' : '停用、交店'}
          <span className="said">：{person.name}</span>
        </>
      }
    >
      <CommandForm name="end-shop-person" {...common} label={`停用${person.name}`}>
        <p className="act-note">
          {person.isOwner
            ? '停用自己以后，您就看不到这家店的结算单了。要留的请先下载。'
            : hasLeft
              ? `停用以后，${person.name}马上看不到这家店的任何东西。`
              : `停用以后，${person.name}马上不能再替本店收积分。收过的都还记着。`}
        </p>
        <Button kind="danger">停用{person.name}</Button>
      </CommandForm>
      {hasLeft ? null : (
        <CommandForm name="hand-over-shop" {...common} label={`把店交给${person.name}`}>
          <p className="act-note">交店以后，由{person.name}加人、接受协议，您成为店员。</p>
          <Button kind="outline">把店交给{person.name}</Button>
        </CommandForm>
      )}
    </Disclosure>
  );
}
