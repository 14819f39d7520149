import type { Metadata } from 'next';
import { notFound } from 'next/navigation';
import { ChangeHouseholdForm, MemberForm } from '@/components/residents/household-forms';
import { KinPart } from '@/components/residents/kin-part';
import { MemberPart } from '@/components/residents/member-part';
import { HouseholdHonours } from '@/components/rewards/household-honours';
import { Disclosure } from '@/components/ui/disclosure';
import { Facts } from '@/components/ui/figures';
import { Message, Notice, Refusal } from '@/components/ui/message';
import { PageHead, Section } from '@/components/ui/page-head';
import { requireSeat } from '@/lib/auth/actor';
import { canRecordConsents } from '@/lib/lists/policy';
import { dayOf, now, sayDay } from '@/lib/platform/clock';
import { db } from '@/lib/platform/db';
import { readFormReturn } from '@/lib/platform/form-return';
import { isId } from '@/lib/platform/ids';
import { noticeOf } from '@/lib/platform/notice';
import { formToken } from '@/lib/platform/origin';
import { findHousehold, listRevealedPhones } from '@/lib/residents/household/reads';
import { canAppoint, canDeclareKin, canEndKin, canKeepRoster, canRevealPhone } from '@/lib/residents/policy';
import { searchResidents, tidySearch } from '@/lib/residents/reads';
import { sayFlags, surnameOf } from '@/lib/residents/rules';
import { listPlaquesOfHousehold } from '@/lib/rewards/plaque/reads';
import { listStarsOfHousehold } from '@/lib/rewards/star/reads';

export const metadata: Metadata = { title: '户和人' };

interface Props {
  params: Promise<{ household: string }>;
  searchParams: Promise<Record<string, string | string[] | undefined>>;
}

const NOTICES: Record<string, string> = {
  'add-household': '登记好了。还有家里人的话，在下面登记。',
  'change-household': '已经保存。',
  'add-resident': '家里人登记好了。',
  'change-resident': '已经保存。',
  'move-out-resident': '已经登记迁出，做过的事都还记着。',
  'link-phone': '手机号已经保存。',
  'reveal-phone': '号码在下面，五分钟后自动遮住。这次查看已经记下。',
  'declare-kin': '近亲属已经登记，以后自动回避。',
  'end-kin': '近亲属登记已经取消，一年以内还要回避。',
  appoint: '已经任命。',
  'end-appointment': '任期已经结束，马上生效。',
};

/** A household: its members, phones, roles, near kin; for the secretary the forms to keep them right. */
export default async function Household({ params, searchParams }: Props) {
  const actor = await requireSeat('desk');
  const { villageId } = actor.desk;
  const [{ household: id }, query] = await Promise.all([params, searchParams]);
  if (!isId(id)) notFound();
  const at = now();
  const today = dayOf(at);
  const one = (name: string) => (typeof query[name] === 'string' ? (query[name] as string) : '');
  const kinSearch = tidySearch(one('kin'));
  const [household, phones, form, choices, stars, plaques] = await Promise.all([
    findHousehold(db(), villageId, id, today),
    listRevealedPhones(db(), villageId, id, actor.personId, at),
    readFormReturn(actor.sessionId, query.r, at),
    searchResidents(db(), villageId, kinSearch),
    listStarsOfHousehold(db(), villageId, id),
    listPlaquesOfHousehold(db(), villageId, id),
  ]);
  if (!household) notFound();
  const token = formToken(actor.sessionId, at);
  const edit = one('edit');
  const formOf = (part: string) => (edit === part ? form : null);
  const here = household.members.filter((member) => member.leftOn === null);
  const gone = household.members.filter((member) => member.leftOn !== null);
  const isKept = canKeepRoster(actor) === true && household.leftOn === null;
  const head = here[0];
  const notice = noticeOf(NOTICES, query.ok);
  return (
    <>
      <PageHead
        title={`${household.code} ${head ? `${surnameOf(head.name)}家` : ''}`}
        back={{ href: '/desk/people', label: '户和人' }}
      />
      {notice ? <Notice title={notice} /> : null}
      {form && edit === '' ? <Refusal refusal={form.refusal} /> : null}
      {household.leftOn ? (
        <Message tone="look" title={`这一户 ${sayDay(household.leftOn, today)}已经迁出。`}>
          旧的记录都还在，不能再改。
        </Message>
      ) : null}
      <Facts
        items={[
          ['小组', household.group.name],
          ['门牌', household.doorNumber],
          ['照顾', sayFlags(household.flags)],
        ]}
      />
      {isKept ? (
        <Disclosure title="修改户的资料" open={edit === 'household'}>
          <ChangeHouseholdForm household={household} form={formOf('household')} token={token} />
        </Disclosure>
      ) : null}
      <Section title="家里人" id="members">
        {here.map((member) => (
          <MemberPart
            key={member.id}
            member={member}
            householdId={household.id}
            phone={phones.get(member.id) ?? null}
            today={today}
            token={token}
            may={{
              keep: isKept,
              appoint: isKept && canAppoint(actor) === true,
              reveal: canRevealPhone(actor) === true,
            }}
          />
        ))}
        {isKept ? (
          <Disclosure title="登记家里人" open={edit === 'add'}>
            <MemberForm householdId={household.id} form={formOf('add')} token={token} />
          </Disclosure>
        ) : null}
      </Section>
      <KinPart
        household={household}
        members={here}
        search={kinSearch}
        choices={choices.filter((choice) => here.every((member) => member.id !== choice.id))}
        token={token}
        may={{ declare: canDeclareKin(actor) === true, end: canEndKin(actor) === true }}
        ownHouseholdIds={actor.residents.map((home) => home.householdId)}
      />
      {canRecordConsents(actor) === true && household.leftOn === null ? (
        <Section title="红榜写不写全名" id="consent">
          <p className="more">
            <a href={`/desk/people/${household.id}/consent`}>看现在写不写，代没有手机的户记同意或者收回</a>
          </p>
        </Section>
      ) : null}
      <HouseholdHonours stars={stars} plaques={plaques} today={today} />
      {gone.length > 0 ? (
        <Section title="已经迁出" id="gone">
          <p>
            {gone
              .map((member) => `${member.name}（${member.leftOn ? sayDay(member.leftOn, today) : ''}）`)
              .join('、')}
          </p>
        </Section>
      ) : null}
    </>
  );
}
