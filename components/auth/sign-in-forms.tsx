import type { ReactNode } from 'react';
import { Button } from '@/components/ui/button';
import { CommandForm } from '@/components/ui/command-form';
import { TextField } from '@/components/ui/field';
import type { FormReturn } from '@/components/ui/form-return';
import { Message, Refusal } from '@/components/ui/message';

interface Common {
  form: FormReturn | null;
  token: string;
  /** where signing in leads; '' leaves it to the seats held */
  next: string;
}

/** The address of a step of signing in, with where it leads. */
export function stepHref(step: Record<string, string>, next: string): string {
  const query = new URLSearchParams({ ...step, ...(next ? { next } : {}) }).toString();
  // The outcome's id is filled into {subject} as it stands.
  return `/sign-in${query ? `?${query}` : ''}`.replace('%7Bsubject%7D', '{subject}');
}

/** First step: the phone number. `request` is that of a code asked for before, which a refusal leads back beside. */
export function PhoneForm({ form, token, next, request }: Common & { request: string | null }) {
  return (
    <CommandForm
      name="request-sign-in-code"
      back={stepHref(request ? { c: request } : {}, next)}
      next={stepHref({ step: 'code', c: '{subject}' }, next)}
      form={form}
      token={token}
      label="用短信验证码登录"
    >
      <TextField
        name="phone"
        label="手机号"
        type="tel"
        inputMode="tel"
        autoComplete="tel-national"
        hint="登记在村里的那个号码，11 位"
        form={form}
      />
      <Button kind="primary" wide>
        获取验证码
      </Button>
    </CommandForm>
  );
}

/** Second step: the code that was sent. */
export function CodeForm({
  form,
  token,
  next,
  request,
  demoCode,
}: Common & { request: string; demoCode: string | null }) {
  return (
    <SignInForm form={form} token={token} next={next} back={stepHref({ step: 'code', c: request }, next)}>
      <input type="hidden" name="way" value="code" />
      <input type="hidden" name="request" value={request} />
      {demoCode ? (
        <Message tone="look" title={`演示验证码：${demoCode}`}>
          只有演示时才这样显示，正式使用时发到手机上。
        </Message>
      ) : null}
      <TextField
        name="code"
        label="验证码"
        inputMode="numeric"
        autoComplete="one-time-code"
        maxLength={12}
        className="input-code"
        hint="短信里的 6 位数字，五分钟内有效"
        form={form}
      />
      <Button kind="primary" wide>
        登录
      </Button>
    </SignInForm>
  );
}

/** Officials may sign in by password. */
export function PasswordForm({ form, token, next }: Common) {
  return (
    <SignInForm form={form} token={token} next={next} back={stepHref({ step: 'password' }, next)}>
      <input type="hidden" name="way" value="password" />
      <TextField name="phone" label="手机号" type="tel" inputMode="tel" autoComplete="username" form={form} />
      <TextField
        name="password"
        label="密码"
        type="password"
        autoComplete="current-password"
        maxLength={128}
        form={form}
      />
      <Button kind="primary" wide>
        登录
      </Button>
    </SignInForm>
  );
}

function SignInForm({ form, token, next, back, children }: Common & { back: string; children: ReactNode }) {
  return (
    <form method="post" action="/api/sign-in" aria-label="登录">
      <input type="hidden" name="_back" value={back} />
      {next ? <input type="hidden" name="_next" value={next} /> : null}
      <input type="hidden" name="_token" value={token} />
      {form ? <Refusal refusal={form.refusal} /> : null}
      {children}
    </form>
  );
}
