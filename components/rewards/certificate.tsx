import { sayQuarter } from '@/lib/platform/clock';
import type { CertificateView } from '@/lib/rewards/plaque/types';
import { CertificateSheet } from './certificate-sheet';

/** 红榜之家 as it is printed. `address` is where its QR code leads. */
export function Certificate({ certificate, address }: { certificate: CertificateView; address: string }) {
  const { headName, villageName, quarter, number, code } = certificate;
  const name = headName || certificate.householdCode;
  return (
    <CertificateSheet
      label={`证书：${villageName}${name}家庭，红榜之家，编号 ${number}`}
      mark="house"
      title="红榜之家"
      name={name}
      after="家庭"
      words={[`荣登${sayQuarter(quarter)}积分红榜，经全村公示定榜。`, '特颁此证，以资鼓励。']}
      small={`编号 ${number}`}
      code={code}
      address={address}
      issuer={villageName}
      day={certificate.awardedOn}
      isDemo={certificate.isDemo}
    />
  );
}
