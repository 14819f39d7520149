import type { Metadata } from 'next';
import { notFound } from 'next/navigation';
import { DraftPreview } from '@/components/lists/draft-preview';
import { Button } from '@/components/ui/button';
import { ChoiceField } from '@/components/ui/choice-field';
import { SelectField } from '@/components/ui/field';
import { PageHead } from '@/components/ui/page-head';
import { requireSeat } from '@/lib/auth/actor';
import { findListInTheWay, previewList } from '@/lib/lists/desk/reads';
import { canDraftLists } from '@/lib/lists/policy';
import { draftableQuarters } from '@/lib/lists/rules';
import { draftListInput } from '@/lib/lists/schema';
import { dayOf, now, sayQuarter } from '@/lib/platform/clock';
import { db } from '@/lib/platform/db';
import { readFormReturn } from '@/lib/platform/form-return';
import { formToken } from '@/lib/platform/origin';

export const metadata: Metadata = { title: '起草一张榜' };

interface Props {
  searchParams: Promise<Record<string, string | string[] | undefined>>;
}

/** Chooses what a list is of, and shows what the ledger gives before anything is written. */
export default async function NewList({ searchParams }: Props) {
  const actor = await requireSeat('desk');
  if (canDraftLists(actor) !== true) notFound();
  const { villageId } = actor.desk;
  const at = now();
  const query = await searchParams;
  const quarters = draftableQuarters(dayOf(at));
  const asked = draftListInput.safeParse(query);
  const chosen = asked.success && quarters.some((one) => one === asked.data.period) ? asked.data : null;
  const isPersons = chosen?.kind === 'BLACK' && chosen.subject === 'RESIDENT';
  const asks = chosen && !isPersons;
  const [preview, inTheWay, form] = await Promise.all([
    asks ? previewList(db(), villageId, chosen, at) : null,
    asks ? findListInTheWay(db(), villageId, chosen, dayOf(at)) : null,
    readFormReturn(actor.sessionId, query.r, at),
  ]);
  return (
    <>
      <PageHead
        title="起草一张榜"
        lead="名单由台账按细则算出来，不能手工加、也不能手工减。"
        back={{ href: '/desk/lists', label: '红黑榜' }}
      />
      <form method="get" action="/desk/lists/new" className="list-choice">
        <ChoiceField
          name="kind"
          label="哪一种榜"
          inline
          defaultValue={chosen?.kind ?? 'RED'}
          options={[
            { value: 'RED', label: '红榜' },
            { value: 'BLACK', label: '黑榜' },
          ]}
        />
        <ChoiceField
          name="subject"
          label="排什么"
          hint="黑榜只到户和地段，不列个人"
          error={isPersons ? '黑榜不列个人，请选“户”或者“地段”' : undefined}
          inline
          defaultValue={chosen?.subject ?? 'HOUSEHOLD'}
          options={[
            { value: 'HOUSEHOLD', label: '户' },
            { value: 'RESIDENT', label: '个人' },
            { value: 'PLACE', label: '地段' },
          ]}
        />
        <SelectField
          name="period"
          label="哪个季度"
          defaultValue={chosen?.period ?? quarters[1]}
          options={quarters.map((quarter, index) => ({
            value: quarter,
            label: index === 0 ? `${sayQuarter(quarter)}（还没完）` : sayQuarter(quarter),
          }))}
        />
        <Button kind={preview ? 'outline' : 'primary'}>看看台账怎么算</Button>
      </form>
      {chosen && preview ? (
        <DraftPreview
          what={chosen}
          preview={preview}
          inTheWay={inTheWay}
          form={form}
          token={formToken(actor.sessionId, at)}
          asOf={at}
        />
      ) : null}
    </>
  );
}
