import type { Metadata } from 'next';
import { notFound } from 'next/navigation';
import { IncentiveList } from '@/components/alliance/incentive/incentive-pages';
import { canGiveIncentives, canSeeIncentives } from '@/lib/alliance/incentive/policy';
import { listVillageIncentives, listVillageRecipients } from '@/lib/alliance/incentive/reads';
import { memberOf } from '@/lib/alliance/incentive/rules';
import { requireSeat } from '@/lib/auth/actor';
import { dayOf, now } from '@/lib/platform/clock';
import { db } from '@/lib/platform/db';
import { isId } from '@/lib/platform/ids';

export const metadata: Metadata = { title: '商户激励' };

interface Props {
  searchParams: Promise<Record<string, string | string[] | undefined>>;
}

/** What the village gave to the members of its alliance. Two queries. */
export default async function Incentives({ searchParams }: Props) {
  const actor = await requireSeat('desk');
  if (canSeeIncentives(actor) !== true) notFound();
  const { villageId } = actor.desk;
  const { merchant } = await searchParams;
  const asked = isId(merchant) ? merchant : null;
  if (merchant !== undefined && !asked) notFound();
  const [members, incentives] = await Promise.all([
    listVillageRecipients(db(), villageId),
    listVillageIncentives(db(), villageId, asked),
  ]);
  const member = asked ? memberOf(asked, members, incentives) : null;
  if (asked && !member) notFound();
  return (
    <IncentiveList
      page="/desk/alliance/incentives"
      back={{ href: '/desk/alliance', label: '商社联盟' }}
      lead="村里给商户和公益组织的荣誉、减免和补贴。荣誉大家看得到，金额和文件只有这家店和村镇干部看得到。"
      incentives={incentives}
      member={member}
      canGive={canGiveIncentives(actor) === true && (!member || members.some((one) => one.id === member.id))}
      names="member"
      today={dayOf(now())}
    />
  );
}
