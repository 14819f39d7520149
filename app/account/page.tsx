import type { Metadata } from 'next';
import { frameOf } from '@/app/frame-facts';
import { DeviceList } from '@/components/auth/device-list';
import { Page, SkipLink } from '@/components/frame/parts';
import { Masthead, PublicFoot } from '@/components/frame/public-frame';
import { Button } from '@/components/ui/button';
import { CommandForm } from '@/components/ui/command-form';
import { TextField } from '@/components/ui/field';
import { EmptyState, Notice } from '@/components/ui/message';
import { PageHead, Section } from '@/components/ui/page-head';
import { requireSeat } from '@/lib/auth/actor';
import { homeOf } from '@/lib/auth/seats';
import { listSessions } from '@/lib/auth/sessions';
import { dayOf, now, sayDay, timeOf } from '@/lib/platform/clock';
import { db } from '@/lib/platform/db';
import { readFormReturn } from '@/lib/platform/form-return';
import { noticeOf } from '@/lib/platform/notice';
import { formToken } from '@/lib/platform/origin';

export const metadata: Metadata = { title: '我的账号' };

interface Props {
  searchParams: Promise<Record<string, string | string[] | undefined>>;
}

const NOTICES: Record<string, string> = {
  'end-session': '那台设备已经退出。',
  'set-password': '密码已经设好，别的设备都已退出。',
};

/** Whoever is signed in: where, and with which password; also the page of those who hold no seat any more. */
export default async function Account({ searchParams }: Props) {
  const actor = await requireSeat('person');
  const at = now();
  const today = dayOf(at);
  const query = await searchParams;
  const [sessions, form, facts] = await Promise.all([
    listSessions(db(), actor.personId, actor.sessionId, at),
    readFormReturn(actor.sessionId, query.r, at),
    frameOf(actor, 'person'),
  ]);
  const token = formToken(actor.sessionId, at);
  const notice = noticeOf(NOTICES, query.ok);
  const home = homeOf(actor);
  return (
    <div className="frame frame-public">
      <SkipLink />
      <Masthead name="村分" href="/" signedIn />
      <Page width="text">
        <PageHead
          title={actor.name}
          lead="我的账号"
          {...(home === '/account' ? {} : { back: { href: home, label: '回到我的页面' } })}
        />
        {notice ? <Notice title={notice} /> : null}
        {facts.seats.length === 0 ? (
          <EmptyState title="您现在没有身份">
            任期可能已经结束，或者已经迁出。不对的话，请找村书记。
          </EmptyState>
        ) : null}
        {actor.desk || actor.office ? (
          <Section title="登录密码" id="password">
            <CommandForm
              name="set-password"
              back="/account"
              next="/account"
              form={form}
              token={token}
              label="设置登录密码"
            >
              <TextField
                name="password"
                label="新密码"
                type="password"
                autoComplete="new-password"
                minLength={10}
                maxLength={128}
                hint="至少 10 个字。一句只有自己知道的话，比怪符号好记也更安全。"
                form={form}
              />
              <Button kind="primary">设置密码</Button>
            </CommandForm>
            <p className="soft">设好以后，其他设备都要重新登录。不设也行，用短信验证码一样能登录。</p>
          </Section>
        ) : null}
        <Section title="登录的设备" id="devices">
          <DeviceList
            sessions={sessions.map((session) => ({
              ...session,
              since: `${sayDay(dayOf(session.createdAt), today)} ${timeOf(session.createdAt)} `,
            }))}
            back="/account"
            token={token}
          />
        </Section>
      </Page>
      <PublicFoot signedIn seats={facts.seats} />
    </div>
  );
}
