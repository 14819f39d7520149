import type { Metadata } from 'next';
import { notFound } from 'next/navigation';
import { CharityMark } from '@/components/alliance/charity-mark';
import { sayDays } from '@/components/alliance/incentive/words';
import { Page, SkipLink } from '@/components/frame/parts';
import { Masthead, PublicFoot } from '@/components/frame/public-frame';
import { sayWholeDay } from '@/components/rewards/words';
import { Facts } from '@/components/ui/figures';
import { Icon } from '@/components/ui/icon';
import { verifyHonour } from '@/lib/alliance/incentive/reads';
import type { VerifiedHonour } from '@/lib/alliance/incentive/types';
import { getActor } from '@/lib/auth/actor';
import { dayOf, now } from '@/lib/platform/clock';
import { db } from '@/lib/platform/db';
import { parseCertificateCode } from '@/lib/rewards/plaque/rules';

export const metadata: Metadata = { title: '核验证书', robots: { index: false } };

/** Where the QR code of a member's certificate leads: whether it holds, and no more than that of one taken back. */
export default async function VerifiedHonourPage({ params }: { params: Promise<{ code: string }> }) {
  const [actor, { code: asked }] = await Promise.all([getActor(), params]);
  const code = parseCertificateCode(asked);
  const honour = code ? await verifyHonour(db(), code, dayOf(now())) : null;
  if (!honour) notFound();
  return (
    <div className="frame frame-public">
      <SkipLink />
      <Masthead name="村分" note="商社联盟" href="/" signedIn />
      <Page width="text">
        <Verdict honour={honour} />
      </Page>
      <PublicFoot signedIn={actor !== null} />
    </div>
  );
}

const HEADS = { HOLDS: '这张证书有效', OVER: '这张证书到期了', AHEAD: '这张证书还没有生效' } as const;

function Verdict({ honour }: { honour: VerifiedHonour }) {
  if (honour.state === 'REVOKED') {
    return (
      <section className="verdict verdict-revoked">
        <h1>
          <Icon name="stop" />
          这张证书已经收回
        </h1>
        <p>
          {honour.giver}颁发的“{honour.title}”，{sayWholeDay(honour.revokedOn)}收回，不再有效。
        </p>
      </section>
    );
  }
  const holds = honour.state === 'HOLDS';
  return (
    <>
      <section className={holds ? 'verdict verdict-holds' : 'verdict verdict-revoked'}>
        <h1>
          <Icon name={holds ? 'check' : 'stop'} />
          {HEADS[honour.state]}
        </h1>
        <p>
          “{honour.title}”证书，和{honour.giver}的记录一致。
        </p>
        {honour.isCharity ? (
          <p>
            <CharityMark />
          </p>
        ) : null}
        <Facts
          items={[
            ['给谁', honour.merchantName],
            ['地址', honour.merchantAddress],
            ['谁颁发', honour.giver],
            ['什么时候', sayDays(honour)],
          ]}
        />
      </section>
      <p className="list-note">和证书上的店名、地址对一对。</p>
    </>
  );
}
