import { Message } from '@/components/ui/message';
import { PageHead } from '@/components/ui/page-head';
import { PrintButton } from '@/components/ui/print-button';
import type { CertificateView } from '@/lib/rewards/plaque/types';
import { Certificate } from './certificate';
import { sayWholeDay } from './words';

/** The page a certificate is printed from: the sheet and a word on paper. A revoked one is not shown again. */
export function CertificatePage({
  certificate,
  address,
  back,
}: {
  certificate: CertificateView;
  /** where its QR code leads */
  address: string;
  back: { href: string; label: string };
}) {
  return (
    <>
      <div className="no-print">
        <PageHead
          title={`“红榜之家”证书 ${certificate.number}`}
          lead={`${certificate.householdCode} ${certificate.headName}`}
          back={back}
        />
      </div>
      {certificate.revokedOn ? (
        <Message tone="look" title={`这张证书 ${sayWholeDay(certificate.revokedOn)}撤销了，不能再打印。`}>
          {`原因：${certificate.revokedWhy}`}
        </Message>
      ) : (
        <>
          <Certificate certificate={certificate} address={address} />
          <div className="no-print">
            <p className="act-note">
              用 A4
              纸横着打印，一张就好；厚一点的米色纸最好看，黑白打印也行。上面没有公章，要盖章的，盖在村名上。
            </p>
            <PrintButton label="打印证书" />
          </div>
        </>
      )}
    </>
  );
}
