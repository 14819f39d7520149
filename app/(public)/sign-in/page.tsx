import type { Metadata } from 'next';
import { DemoPeople } from '@/components/auth/demo-people';
import { CodeForm, PasswordForm, PhoneForm, stepHref } from '@/components/auth/sign-in-forms';
import { DemoLine, Page, SkipLink } from '@/components/frame/parts';
import { Masthead } from '@/components/frame/public-frame';
import { Message } from '@/components/ui/message';
import { Section } from '@/components/ui/page-head';
import { getActor } from '@/lib/auth/actor';
import { findShownCode, listDemoPeople } from '@/lib/auth/demo';
import { findCodeRequest } from '@/lib/auth/reads';
import { homeOf } from '@/lib/auth/seats';
import { now } from '@/lib/platform/clock';
import { ownPath } from '@/lib/platform/command-http';
import { db } from '@/lib/platform/db';
import { readFormReturn } from '@/lib/platform/form-return';
import { formToken } from '@/lib/platform/origin';

export const metadata: Metadata = { title: '登录' };

interface Props {
  searchParams: Promise<Record<string, string | string[] | undefined>>;
}

/** Signing in: the number, then the code sent to it; officials by password; in a demo by a tap. No JavaScript needed. */
export default async function SignInPage({ searchParams }: Props) {
  const query = await searchParams;
  const one = (name: string) => (typeof query[name] === 'string' ? (query[name] as string) : '');
  const at = now();
  const actor = await getActor();
  const next = one('next') ? ownPath(one('next'), '') : '';
  const token = formToken(actor?.sessionId ?? '', at);
  // Signing in answers to the browser, asking for a code to the session it may still have.
  const [form, request, people] = await Promise.all([
    readFormReturn(null, query.r, at).then(
      (found) => found ?? readFormReturn(actor?.sessionId ?? null, query.r, at),
    ),
    one('c') ? findCodeRequest(db(), one('c'), at) : null,
    listDemoPeople(db()),
  ]);
  const shown = request ? await findShownCode(db(), request.id) : null;
  const common = { form, token, next };
  const step = one('step') === 'password' ? 'password' : request && one('step') === 'code' ? 'code' : 'phone';
  return (
    <div className="frame frame-public">
      <SkipLink />
      <Masthead name="村分" href="/" signedIn />
      <Page width="wide">
        <div className={people.length > 0 ? 'sign-in sign-in-demo' : 'sign-in'}>
          <div>
            <h1>登录</h1>
            {actor ? (
              <Message title={`现在登录的是 ${actor.name}`}>
                <p>
                  <a href={homeOf(actor)}>回到我的页面</a>，或者在下面换一个人登录。
                </p>
              </Message>
            ) : null}
            {step === 'phone' && one('step') === 'code' ? (
              <Message tone="look" title="这个验证码已经过期。">
                请重新获取一个。
              </Message>
            ) : null}
            {step === 'phone' && request ? (
              <p className="sign-in-other">
                <a href={stepHref({ step: 'code', c: request.id }, next)}>收到验证码了？去填</a>
              </p>
            ) : null}
            {step === 'phone' ? <PhoneForm {...common} request={request?.id ?? null} /> : null}
            {step === 'password' ? <PasswordForm {...common} /> : null}
            {step === 'code' && request ? (
              <>
                <p>
                  如果 <b className="nowrap">{request.phone}</b> 在村里登记过，验证码已经发过去了。
                </p>
                <CodeForm {...common} request={request.id} demoCode={shown} />
              </>
            ) : null}
            <p className="sign-in-other">
              {step === 'code' && request ? (
                <a href={stepHref({ c: request.id }, next)}>没收到？换个号码，或者重新获取</a>
              ) : null}
              {step === 'phone' ? (
                <a href={stepHref({ step: 'password' }, next)}>村镇干部用密码登录</a>
              ) : null}
              {step === 'password' ? <a href={stepHref({}, next)}>用短信验证码登录</a> : null}
            </p>
            <p className="soft">号码没有登记，或者换了号码，请找村书记或帮办员。</p>
            <p className="sign-in-other">
              <a href="/alliance/apply">开店的，还没入盟？在这里申请</a>
            </p>
          </div>
          {people.length > 0 ? (
            <Section title="演示：点一个人就进去" id="demo">
              <DemoPeople people={people} next={next} token={token} />
            </Section>
          ) : null}
        </div>
        <DemoLine demo={people.length > 0} />
      </Page>
    </div>
  );
}
