import type { Metadata } from 'next';
import { notFound } from 'next/navigation';
import { HonourCertificatePage } from '@/components/alliance/incentive/honour-certificate';
import { honourAddress } from '@/lib/alliance/incentive/address';
import { canSeeIncentives } from '@/lib/alliance/incentive/policy';
import { findHonourCertificate } from '@/lib/alliance/incentive/reads';
import { requireSeat } from '@/lib/auth/actor';
import { db } from '@/lib/platform/db';
import { isId } from '@/lib/platform/ids';

export const metadata: Metadata = { title: '荣誉证书' };

/** The certificate of an honour that the village gave, to print. */
export default async function DeskHonour({ params }: { params: Promise<{ id: string }> }) {
  const actor = await requireSeat('desk');
  if (canSeeIncentives(actor) !== true) notFound();
  const { id } = await params;
  const certificate = isId(id)
    ? await findHonourCertificate(db(), { villageId: actor.desk.villageId }, id)
    : null;
  if (!certificate) notFound();
  const back = { href: `/desk/alliance/incentives/${id}`, label: certificate.title };
  return (
    <HonourCertificatePage certificate={certificate} address={honourAddress(certificate.code)} back={back} />
  );
}
