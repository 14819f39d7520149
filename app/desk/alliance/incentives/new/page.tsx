import type { Metadata } from 'next';
import { notFound } from 'next/navigation';
import { MemberName } from '@/components/alliance/charity-mark';
import { GiveForm } from '@/components/alliance/incentive/give-form';
import { ChooseRecipient } from '@/components/alliance/incentive/incentive-pages';
import { PageHead } from '@/components/ui/page-head';
import { canGiveIncentives } from '@/lib/alliance/incentive/policy';
import { listVillageRecipients } from '@/lib/alliance/incentive/reads';
import { requireSeat } from '@/lib/auth/actor';
import { dayOf, now } from '@/lib/platform/clock';
import { db } from '@/lib/platform/db';
import { readFormReturn } from '@/lib/platform/form-return';
import { isId } from '@/lib/platform/ids';
import { formToken } from '@/lib/platform/origin';

export const metadata: Metadata = { title: '记一项激励' };

const PAGE = '/desk/alliance/incentives';

interface Props {
  searchParams: Promise<Record<string, string | string[] | undefined>>;
}

/** In two steps: to whom, then what. */
export default async function NewIncentive({ searchParams }: Props) {
  const actor = await requireSeat('desk');
  if (canGiveIncentives(actor) !== true) notFound();
  const query = await searchParams;
  const at = now();
  const members = await listVillageRecipients(db(), actor.desk.villageId);
  if (query.merchant === undefined) return <ChooseRecipient page={PAGE} members={members} />;
  const member = members.find((one) => one.id === query.merchant);
  if (!member) notFound();
  const form = await readFormReturn(actor.sessionId, query.r, at);
  return (
    <div className="narrow">
      <PageHead
        title="记一项激励"
        lead={<MemberName {...member} />}
        back={{ href: `${PAGE}/new`, label: '换一家' }}
      />
      <GiveForm
        command="give-incentive"
        page={PAGE}
        merchantId={member.id}
        today={dayOf(at)}
        photos={[query.photo].flat().filter(isId)}
        form={form}
        token={formToken(actor.sessionId, at)}
      />
    </div>
  );
}
