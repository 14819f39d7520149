import type { Metadata } from 'next';
import { WithdrawForm } from '@/components/deeds/withdraw-form';
import { LinkButton } from '@/components/ui/button';
import { Message, Refusal } from '@/components/ui/message';
import { PageHead } from '@/components/ui/page-head';
import { isOpen } from '@/lib/deeds/rules';
import { now } from '@/lib/platform/clock';
import { readFormReturn } from '@/lib/platform/form-return';
import { formToken } from '@/lib/platform/origin';
import { ownDeed } from '../own-deed';

export const metadata: Metadata = { title: '撤回' };

interface Props {
  params: Promise<{ id: string }>;
  searchParams: Promise<Record<string, string | string[] | undefined>>;
}

/** Asks before withdrawing: the page behind the dialog, for browsers without JavaScript. */
export default async function WithdrawPage({ params, searchParams }: Props) {
  const { actor, deed } = await ownDeed(params);
  const { r } = await searchParams;
  const at = now();
  const form = await readFormReturn(actor.sessionId, r, at);
  const href = `/me/deeds/${deed.id}`;
  return (
    <>
      <PageHead title={`撤回“${deed.itemName}”？`} back={{ href, label: '这一件' }} />
      {isOpen(deed.state) ? (
        <WithdrawForm
          deedId={deed.id}
          back={`${href}/withdraw`}
          token={formToken(actor.sessionId, at)}
          form={form}
        />
      ) : form ? (
        <Refusal refusal={form.refusal} />
      ) : (
        <Message tone="look" title="这一件已经不在等核实了，不用撤回。" />
      )}
      <LinkButton wide href={href}>
        不撤了
      </LinkButton>
    </>
  );
}
