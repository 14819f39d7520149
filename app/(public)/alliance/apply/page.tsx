import type { Metadata } from 'next';
import { ApplicationForm } from '@/components/alliance/application-form';
import { Page, SkipLink } from '@/components/frame/parts';
import { Masthead, PublicFoot } from '@/components/frame/public-frame';
import { PageHead, Section } from '@/components/ui/page-head';
import { listTownships } from '@/lib/alliance/merchant/reads';
import { getActor } from '@/lib/auth/actor';
import { now } from '@/lib/platform/clock';
import { db } from '@/lib/platform/db';
import { readFormReturn } from '@/lib/platform/form-return';
import { formToken } from '@/lib/platform/origin';

export const metadata: Metadata = { title: '商户申请入盟' };

interface Props {
  searchParams: Promise<Record<string, string | string[] | undefined>>;
}

const WORDS = [
  '村民做好事得积分，到联盟的店里兑东西、兑服务。',
  '店里收了积分，村里按月付钱给店里；一分付多少、哪天付，写在协议里，您接受了才算数。',
  '卖什么、收几分、一共几件，您自己定，随时可以停。',
  '入盟不收钱，不想做了随时可以退出，收下的积分照样结清。',
];

/** A shop applies to the alliance, on its phone, without a sign-in and without JavaScript. */
export default async function Apply({ searchParams }: Props) {
  const at = now();
  const [actor, query] = await Promise.all([getActor(), searchParams]);
  const [townships, form] = await Promise.all([
    listTownships(db()),
    readFormReturn(actor?.sessionId ?? null, query.r, at),
  ]);
  return (
    <div className="frame frame-public">
      <SkipLink />
      <Masthead name="村分" note="商社联盟" href="/" signedIn />
      <Page width="text">
        <PageHead title="开店的，来收积分" lead="填这一张，交到镇上。大约三分钟。" />
        <ul className="promises apply-words">
          {WORDS.map((words) => (
            <li key={words}>{words}</li>
          ))}
        </ul>
        <Section title="申请入盟" id="form">
          <ApplicationForm townships={townships} form={form} token={formToken(actor?.sessionId ?? '', at)} />
        </Section>
        <p className="soft">不会填的，请到镇上或村里，让人帮着填，一样算。</p>
      </Page>
      <PublicFoot signedIn={actor !== null} />
    </div>
  );
}
