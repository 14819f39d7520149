import type { Metadata } from 'next';
import { notFound } from 'next/navigation';
import { AppointForm, ChangeMemberForm, LinkPhoneForm } from '@/components/residents/household-forms';
import { Button } from '@/components/ui/button';
import { CommandForm } from '@/components/ui/command-form';
import { PageHead, Section } from '@/components/ui/page-head';
import { requireSeat } from '@/lib/auth/actor';
import { dayOf, now } from '@/lib/platform/clock';
import { db } from '@/lib/platform/db';
import { readFormReturn } from '@/lib/platform/form-return';
import { isId } from '@/lib/platform/ids';
import { formToken } from '@/lib/platform/origin';
import { findHousehold } from '@/lib/residents/household/reads';
import { canAppoint, canKeepRoster } from '@/lib/residents/policy';
import { holdsSecretary } from '@/lib/residents/rules';

export const metadata: Metadata = { title: '修改村民资料' };

interface Props {
  params: Promise<{ household: string; resident: string }>;
  searchParams: Promise<Record<string, string | string[] | undefined>>;
}

/** What the secretary may change about one member: name and relation, phone, roles, moving out. */
export default async function Member({ params, searchParams }: Props) {
  const actor = await requireSeat('desk');
  const [{ household: householdId, resident }, query] = await Promise.all([params, searchParams]);
  if (canKeepRoster(actor) !== true || !isId(householdId) || !isId(resident)) notFound();
  const at = now();
  const today = dayOf(at);
  const [household, form] = await Promise.all([
    findHousehold(db(), actor.desk.villageId, householdId, today),
    readFormReturn(actor.sessionId, query.r, at),
  ]);
  const member = household?.members.find((one) => one.id === resident && one.leftOn === null);
  if (!household || !member) notFound();
  const token = formToken(actor.sessionId, at);
  const page = `/desk/people/${household.id}`;
  const common = (part: string) => ({
    member,
    householdId: household.id,
    form: query.edit === part ? form : null,
    token,
  });
  return (
    <div className="narrow">
      <PageHead title={member.name} back={{ href: page, label: `${household.code} 这一户` }} />
      <Section title="资料" id="who">
        <ChangeMemberForm {...common('who')} />
      </Section>
      <Section title="手机号" id="phone">
        <LinkPhoneForm {...common('phone')} />
      </Section>
      {canAppoint(actor) === true ? (
        <Section title="任命" id="role">
          {member.phone ? <AppointForm {...common('role')} today={today} /> : <p>先登记手机号，才能任命。</p>}
        </Section>
      ) : null}
      <Section title="迁出" id="leave">
        {holdsSecretary(member) ? (
          <p>
            {member.name}
            是村书记，这个职务由镇上或区里结束；结束以前还能登录，登记迁出也一样。做过的事都还记着。
          </p>
        ) : (
          <p>迁出或者去世的，登记以后不再能登录，担任的职务也结束，做过的事都还记着。</p>
        )}
        <CommandForm
          name="move-out-resident"
          back={`${page}/${member.id}?edit=leave`}
          next={page}
          fixed={{ residentId: member.id }}
          form={query.edit === 'leave' ? form : null}
          token={token}
          label={`登记${member.name}迁出`}
        >
          <Button kind="danger">登记迁出</Button>
        </CommandForm>
      </Section>
    </div>
  );
}
