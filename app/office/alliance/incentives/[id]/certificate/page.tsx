import type { Metadata } from 'next';
import { notFound } from 'next/navigation';
import { HonourCertificatePage } from '@/components/alliance/incentive/honour-certificate';
import { honourAddress } from '@/lib/alliance/incentive/address';
import { findHonourCertificate } from '@/lib/alliance/incentive/reads';
import { requireSeat } from '@/lib/auth/actor';
import { db } from '@/lib/platform/db';
import { isId } from '@/lib/platform/ids';

export const metadata: Metadata = { title: '荣誉证书' };

/** The certificate of an honour under this office, to print. */
export default async function OfficeHonour({ params }: { params: Promise<{ id: string }> }) {
  const actor = await requireSeat('office');
  const { id } = await params;
  const certificate = isId(id) ? await findHonourCertificate(db(), { office: actor.office }, id) : null;
  if (!certificate) notFound();
  const back = { href: `/office/alliance/incentives/${id}`, label: certificate.title };
  return (
    <HonourCertificatePage certificate={certificate} address={honourAddress(certificate.code)} back={back} />
  );
}
