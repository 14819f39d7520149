import type { Metadata } from 'next';
import { notFound } from 'next/navigation';
import { PaperConsentForm, PaperPhotos, PaperToSign, sayConsent } from '@/components/lists/paper-consent';
import { Message, Notice } from '@/components/ui/message';
import { PageHead, Section } from '@/components/ui/page-head';
import { requireSeat } from '@/lib/auth/actor';
import { findDeskConsent } from '@/lib/lists/consent/reads';
import { CONSENT_TEXT } from '@/lib/lists/consent/text';
import { canRecordConsents } from '@/lib/lists/policy';
import { now } from '@/lib/platform/clock';
import { db } from '@/lib/platform/db';
import { readFormReturn } from '@/lib/platform/form-return';
import { isId } from '@/lib/platform/ids';
import { noticeOf } from '@/lib/platform/notice';
import { formToken } from '@/lib/platform/origin';
import { refuse } from '@/lib/platform/refusal';
import { findVillages } from '@/lib/regions/reads';

export const metadata: Metadata = { title: '代记红榜写全名' };

interface Props {
  params: Promise<{ household: string }>;
  searchParams: Promise<Record<string, string | string[] | undefined>>;
}

const NOTICES: Record<string, string> = {
  'record-consent': '记下了，这一户上红榜写全名。',
  'record-consent-withdrawal': '记下了，从现在起名字都隐去。',
};

/** For a household without a phone: the consent to be named in full, signed on paper, and its withdrawal. */
export default async function PaperConsent({ params, searchParams }: Props) {
  const actor = await requireSeat('desk');
  if (canRecordConsents(actor) !== true) notFound();
  const { villageId } = actor.desk;
  const [{ household: householdId }, query] = await Promise.all([params, searchParams]);
  if (!isId(householdId)) notFound();
  const at = now();
  const [consent, form, villages] = await Promise.all([
    findDeskConsent(db(), { villageId, householdId, personId: actor.personId }, at),
    readFormReturn(actor.sessionId, query.r, at),
    findVillages(db(), [villageId]),
  ]);
  if (!consent) notFound();
  const { isGiven, last, signers } = consent;
  const notice = noticeOf(NOTICES, query.ok);
  const why = consent.recusal ? refuse(consent.recusal).view : null;
  const shared = {
    householdId,
    textVersion: CONSENT_TEXT.version,
    signers,
    token: formToken(actor.sessionId, at),
    photos: [query.photo].flat().filter(isId),
    form,
  };
  return (
    <>
      <div className="no-print">
        <PageHead
          title="代记红榜写全名"
          lead={`${consent.call}。没有手机的户在纸上签字，您来记；有手机的请他们自己点。`}
          back={{ href: `/desk/people/${householdId}`, label: '这一户' }}
        />
        {notice ? <Notice title={notice} /> : null}
        <Message tone={isGiven ? 'done' : 'plain'} title={isGiven ? '现在：写全名' : '现在：名字隐去'}>
          {sayConsent(consent)}
        </Message>
        {last ? <PaperPhotos photos={last.photos} /> : null}
      </div>
      {consent.hasLeft ? (
        <Message tone="look" title="这一户已经迁出">
          不用再记。
        </Message>
      ) : why ? (
        <Message tone="look" title={why.sentence}>
          自家和近亲属家的，请另一位帮办员或者核分员来记。
        </Message>
      ) : signers.length === 0 ? (
        <Message tone="look" title="这一户没有登记成年人">
          孩子不能签。请村书记先在户和人里把家里的大人登记好。
        </Message>
      ) : isGiven ? (
        <Section title="要收回" id="withdraw">
          <PaperConsentForm act="withdraw" {...shared} />
        </Section>
      ) : (
        <div className="consent-paper">
          <Section title="一、念给他听，请他签字" id="paper">
            <PaperToSign
              text={CONSENT_TEXT}
              call={`${villages.get(villageId)?.name ?? ''} ${consent.call}`}
            />
          </Section>
          <Section title="二、拍下来，记下" id="record">
            <PaperConsentForm act="give" {...shared} />
          </Section>
        </div>
      )}
    </>
  );
}
