import type { Metadata } from 'next';
import { notFound } from 'next/navigation';
import { CertificatePage } from '@/components/rewards/certificate-page';
import { requireSeat } from '@/lib/auth/actor';
import { db } from '@/lib/platform/db';
import { isId } from '@/lib/platform/ids';
import { certificateAddress } from '@/lib/rewards/plaque/address';
import { findCertificate } from '@/lib/rewards/plaque/reads';

export const metadata: Metadata = { title: '红榜之家证书' };

/** A certificate to print for a household that has no printer: all of them. */
export default async function OfficeCertificate({ params }: { params: Promise<{ id: string }> }) {
  const actor = await requireSeat('desk');
  const { id } = await params;
  const certificate = isId(id) ? await findCertificate(db(), actor.desk.villageId, id) : null;
  if (!certificate) notFound();
  const back = { href: `/desk/rewards/plaques/${certificate.id}`, label: `红榜之家 ${certificate.number}` };
  return <CertificatePage certificate={certificate} address={certificateAddress(certificate)} back={back} />;
}
