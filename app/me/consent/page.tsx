import type { Metadata } from 'next';
import { ConsentArticle, PaperPhotos, sayConsent } from '@/components/lists/paper-consent';
import { Button } from '@/components/ui/button';
import { CommandForm } from '@/components/ui/command-form';
import { Message, Notice } from '@/components/ui/message';
import { PageHead, Section } from '@/components/ui/page-head';
import { requireSeat } from '@/lib/auth/actor';
import { findConsent } from '@/lib/lists/consent/reads';
import { CONSENT_TEXT } from '@/lib/lists/consent/text';
import { now } from '@/lib/platform/clock';
import { db } from '@/lib/platform/db';
import { readFormReturn } from '@/lib/platform/form-return';
import { noticeOf } from '@/lib/platform/notice';
import { formToken } from '@/lib/platform/origin';

export const metadata: Metadata = { title: '红榜写不写全名' };

const NOTICES: Record<string, string> = {
  'give-consent': '记下了，您家上红榜会写全名。',
  'withdraw-consent': '收回了，从现在起名字都隐去。',
};

interface Props {
  searchParams: Promise<Record<string, string | string[] | undefined>>;
}

/** Whether the household is named in full on red lists: the text, what holds now, and the one act. */
export default async function Consent({ searchParams }: Props) {
  const actor = await requireSeat('resident');
  const { villageId, householdId } = actor.resident;
  const at = now();
  const query = await searchParams;
  const [consent, form] = await Promise.all([
    findConsent(db(), { villageId, householdId, personId: actor.personId }, at),
    readFormReturn(actor.sessionId, query.r, at),
  ]);
  const notice = noticeOf(NOTICES, query.ok);
  const token = formToken(actor.sessionId, at);
  const { last, isGiven, isMine } = consent;
  return (
    <>
      <PageHead title="红榜写不写全名" back={{ href: '/me/profile', label: '我的' }} />
      {notice ? <Notice title={notice} /> : null}
      <Message tone={isGiven ? 'done' : 'plain'} title={isGiven ? '现在：写全名' : '现在：名字隐去'}>
        {last ? sayConsent(consent) : '您家还没有同意过，上红榜名字中间用“×”代替。'}
      </Message>
      {last ? <PaperPhotos photos={last.photos} /> : null}
      <ConsentArticle text={CONSENT_TEXT} />
      {isMine ? (
        isGiven ? (
          <CommandForm
            name="withdraw-consent"
            back="/me/consent"
            next="/me/consent?ok=withdraw-consent"
            token={token}
            form={form}
          >
            <Button kind="danger" wide>
              收回同意，名字隐去
            </Button>
          </CommandForm>
        ) : (
          <CommandForm
            name="give-consent"
            back="/me/consent"
            next="/me/consent?ok=give-consent"
            fixed={{ textVersion: CONSENT_TEXT.version }}
            token={token}
            form={form}
          >
            <Button kind="primary" wide>
              同意写全名
            </Button>
          </CommandForm>
        )
      ) : (
        <p className="soft">这件事由户主或者家里的成年人来定，请他们用自己的手机办。</p>
      )}
      {isGiven && last && last.textVersion !== CONSENT_TEXT.version ? (
        <Section title="您家同意的是以前的文字" id="older">
          <div className="prose">
            {last.text.split('\n').map((line) => (
              <p key={line}>{line}</p>
            ))}
          </div>
        </Section>
      ) : null}
    </>
  );
}
