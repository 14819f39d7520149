import type { Metadata } from 'next';
import { notFound } from 'next/navigation';
import { DeviceList } from '@/components/auth/device-list';
import { Button } from '@/components/ui/button';
import { CommandForm } from '@/components/ui/command-form';
import { Facts } from '@/components/ui/figures';
import { LargeTextSwitch } from '@/components/ui/large-text-switch';
import { Line, Lines } from '@/components/ui/lines';
import { Notice, Refusal } from '@/components/ui/message';
import { PageHead, Section } from '@/components/ui/page-head';
import { requireSeat } from '@/lib/auth/actor';
import { listSessions } from '@/lib/auth/sessions';
import { dayOf, now, sayDay, timeOf } from '@/lib/platform/clock';
import { db } from '@/lib/platform/db';
import { readFormReturn } from '@/lib/platform/form-return';
import { noticeOf } from '@/lib/platform/notice';
import { formToken } from '@/lib/platform/origin';
import { findHousehold } from '@/lib/residents/household/reads';
import { sayFlags } from '@/lib/residents/rules';
import { RELATION_NAMES } from '@/lib/residents/types';

export const metadata: Metadata = { title: '我的' };

interface Props {
  searchParams: Promise<Record<string, string | string[] | undefined>>;
}

const NOTICES: Record<string, string> = { 'end-session': '那台设备已经退出。' };

/** The own household as the village keeps it, the own number, the devices signed in on; everything can be taken away. */
export default async function Profile({ searchParams }: Props) {
  const actor = await requireSeat('resident');
  const { villageId, householdId, residentId } = actor.resident;
  const at = now();
  const today = dayOf(at);
  const query = await searchParams;
  const [household, sessions, form] = await Promise.all([
    findHousehold(db(), villageId, householdId, today),
    listSessions(db(), actor.personId, actor.sessionId, at),
    readFormReturn(actor.sessionId, query.r, at),
  ]);
  if (!household) notFound();
  const me = household.members.find((member) => member.id === residentId);
  const token = formToken(actor.sessionId, at);
  const notice = noticeOf(NOTICES, query.ok);
  return (
    <>
      <PageHead title="我的" />
      {notice ? <Notice title={notice} /> : null}
      {form ? <Refusal refusal={form.refusal} /> : null}
      <Section title="我家" id="household">
        <Facts
          items={[
            ['户号', household.code],
            ['小组', household.group.name],
            ['门牌', household.doorNumber],
            ['照顾', sayFlags(household.flags)],
          ]}
        />
        <Lines label="家里人">
          {household.members
            .filter((member) => member.leftOn === null)
            .map((member) => (
              <Line
                key={member.id}
                title={member.name}
                meta={[
                  RELATION_NAMES[member.relation],
                  member.birthYear ? `${member.birthYear} 年生` : '',
                  member.phone ? '能登录' : '没有登记手机',
                ]
                  .filter(Boolean)
                  .join(' · ')}
                state={member.id === residentId ? '我' : undefined}
              />
            ))}
        </Lines>
        <p className="soft">有不对的地方，请找村书记改。</p>
      </Section>
      <Section title="红榜写不写全名" id="consent">
        <p>上红榜名字默认隐去，您家同意了才写全名，什么时候都能收回。</p>
        <p className="list-end">
          <a href="/me/consent">去看一看、改一改</a>
        </p>
      </Section>
      <Section title="我的手机号" id="phone">
        <p>
          <b>{me?.phone ?? '没有登记'}</b>
        </p>
        <p className="soft">只有您自己和村里办事的人用得着；别人看到的都遮住中间四位。</p>
      </Section>
      <Section title="字的大小" id="text-size">
        <LargeTextSwitch />
      </Section>
      <Section title="登录的设备" id="devices">
        <DeviceList
          sessions={sessions.map((session) => ({
            ...session,
            since: `${sayDay(dayOf(session.createdAt), today)} ${timeOf(session.createdAt)} `,
          }))}
          back="/me/profile"
          token={token}
        />
        {actor.desk || actor.office ? (
          <p>
            <a href="/account">设置登录密码</a>
          </p>
        ) : null}
      </Section>
      <Section title="我家的资料" id="export">
        <p>村里存的、和您家有关的全部内容，可以随时拿走一份。里面有家人的姓名，请收好。</p>
        <CommandForm
          name="export-household"
          back="/me/profile"
          next="/me/profile/export"
          token={token}
          label="导出我家的资料"
        >
          <Button kind="outline">导出我家的资料</Button>
        </CommandForm>
      </Section>
    </>
  );
}
