import { CertificateSheet } from '@/components/rewards/certificate-sheet';
import { sayWholeDay } from '@/components/rewards/words';
import { Message } from '@/components/ui/message';
import { PageHead } from '@/components/ui/page-head';
import { PrintButton } from '@/components/ui/print-button';
import type { HonourCertificate } from '@/lib/alliance/incentive/types';

/** The page an honour's certificate is printed from; one that was taken back is not shown again. */
export function HonourCertificatePage({
  certificate,
  address,
  back,
}: {
  certificate: HonourCertificate;
  /** where its QR code leads */
  address: string;
  back: { href: string; label: string };
}) {
  const { title, merchantName, isCharity, giver, code, untilDay, isDemo } = certificate;
  return (
    <>
      <div className="no-print">
        <PageHead title={`“${title}”证书`} lead={merchantName} back={back} />
      </div>
      {certificate.revokedOn ? (
        <Message tone="look" title={`这张证书 ${sayWholeDay(certificate.revokedOn)}收回了，不能再打印。`}>
          {`原因：${certificate.revokeWhy}`}
        </Message>
      ) : (
        <>
          <CertificateSheet
            label={`证书：${merchantName}，${title}，${giver}颁发`}
            mark={isCharity ? 'heart' : 'shop'}
            title={title}
            name={merchantName}
            words={[
              isCharity ? '在积分商社联盟中热心公益，服务群众。' : '在积分商社联盟中守信经营，方便群众。',
              '特颁此证，以资鼓励。',
            ]}
            small={untilDay ? `有效期到 ${sayWholeDay(untilDay)}` : '长期有效'}
            code={code}
            address={address}
            issuer={giver}
            day={certificate.fromDay}
            isDemo={isDemo}
          />
          <div className="no-print">
            <p className="act-note">
              用 A4
              纸横着打印，一张就好；厚一点的米色纸最好看，黑白打印也行。上面没有公章，要盖章的，盖在落款上。
            </p>
            <PrintButton label="打印证书" />
          </div>
        </>
      )}
    </>
  );
}
