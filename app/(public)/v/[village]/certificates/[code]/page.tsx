import type { Metadata } from 'next';
import { notFound } from 'next/navigation';
import { sayWholeDay } from '@/components/rewards/words';
import { Facts } from '@/components/ui/figures';
import { Icon } from '@/components/ui/icon';
import { sayQuarter } from '@/lib/platform/clock';
import { db } from '@/lib/platform/db';
import { verifyCertificate } from '@/lib/rewards/plaque/reads';
import { parseCertificateCode } from '@/lib/rewards/plaque/rules';
import { villageOf } from '../../village';

export const metadata: Metadata = { title: '核验证书', robots: { index: false } };

/** Where a certificate's QR code leads: whether it holds, and no more than that of one that doesn't. */
export default async function VerifiedCertificatePage({
  params,
}: {
  params: Promise<{ village: string; code: string }>;
}) {
  const [village, { code: asked }] = await Promise.all([villageOf(params), params]);
  const code = parseCertificateCode(asked);
  const certificate = code ? await verifyCertificate(db(), village.id, code) : null;
  if (!certificate) notFound();
  if (!certificate.isValid) {
    return (
      <div className="page-text">
        <section className="verdict verdict-revoked">
          <h1>
            <Icon name="stop" />
            这张证书已经撤销
          </h1>
          <p>
            {village.name}“红榜之家”证书 {certificate.number}，{sayWholeDay(certificate.revokedOn)}
            撤销，不再有效。
          </p>
        </section>
      </div>
    );
  }
  return (
    <div className="page-text">
      <section className="verdict verdict-holds">
        <h1>
          <Icon name="check" />
          这张证书有效
        </h1>
        <p>{village.name}“红榜之家”证书，和村里的记录一致。</p>
        <Facts
          items={[
            ['编号', certificate.number],
            ['哪一户', `${certificate.householdCode} ${certificate.name}`],
            ['哪一期', `${sayQuarter(certificate.quarter)}红榜`],
            ['颁发日', sayWholeDay(certificate.awardedOn)],
          ]}
        />
      </section>
      <p className="list-note">网上名字都隐去，和证书上的户主对一对姓和户号。</p>
      <p className="more">
        <a href={`/v/${village.code}/honours`}>看{village.name}的荣誉榜</a>
      </p>
    </div>
  );
}
