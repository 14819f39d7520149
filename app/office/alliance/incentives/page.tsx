import type { Metadata } from 'next';
import { notFound } from 'next/navigation';
import { IncentiveList } from '@/components/alliance/incentive/incentive-pages';
import { canGiveTownshipIncentives } from '@/lib/alliance/incentive/policy';
import { listOfficeIncentives, listOfficeRecipients } from '@/lib/alliance/incentive/reads';
import { memberOf } from '@/lib/alliance/incentive/rules';
import { requireSeat } from '@/lib/auth/actor';
import { dayOf, now } from '@/lib/platform/clock';
import { db } from '@/lib/platform/db';
import { isId } from '@/lib/platform/ids';

export const metadata: Metadata = { title: '商户激励' };

interface Props {
  searchParams: Promise<Record<string, string | string[] | undefined>>;
}

/** What the merchants of a township or district received, from it and from the villages. Two queries. */
export default async function OfficeIncentives({ searchParams }: Props) {
  const actor = await requireSeat('office');
  const { merchant } = await searchParams;
  const asked = isId(merchant) ? merchant : null;
  if (merchant !== undefined && !asked) notFound();
  const [members, incentives] = await Promise.all([
    listOfficeRecipients(db(), actor.office),
    listOfficeIncentives(db(), actor.office, asked),
  ]);
  const member = asked ? memberOf(asked, members, incentives) : null;
  if (asked && !member) notFound();
  return (
    <IncentiveList
      page="/office/alliance/incentives"
      back={{ href: '/office/alliance', label: '商社联盟' }}
      lead="镇上和各村给商户、公益组织的荣誉、减免和补贴。荣誉大家看得到，金额和文件只有这家店和村镇干部看得到。"
      incentives={incentives}
      member={member}
      canGive={
        canGiveTownshipIncentives(actor) === true && (!member || members.some((one) => one.id === member.id))
      }
      names="both"
      today={dayOf(now())}
    />
  );
}
