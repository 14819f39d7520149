import type { Metadata } from 'next';
import { notFound } from 'next/navigation';
import { CertificatePage } from '@/components/rewards/certificate-page';
import { requireSeat } from '@/lib/auth/actor';
import { db } from '@/lib/platform/db';
import { isId } from '@/lib/platform/ids';
import { certificateAddress } from '@/lib/rewards/plaque/address';
import { findCertificate } from '@/lib/rewards/plaque/reads';

export const metadata: Metadata = { title: '红榜之家证书' };

/** The own household's certificate. */
export default async function OwnCertificate({ params }: { params: Promise<{ id: string }> }) {
  const actor = await requireSeat('resident');
  const { villageId, householdId } = actor.resident;
  const { id } = await params;
  const certificate = isId(id) ? await findCertificate(db(), villageId, id, householdId) : null;
  if (!certificate) notFound();
  const back = { href: '/me/rewards', label: '我家的奖励' };
  return <CertificatePage certificate={certificate} address={certificateAddress(certificate)} back={back} />;
}
