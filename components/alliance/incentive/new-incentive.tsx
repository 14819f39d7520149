import { MemberName } from '@/components/alliance/charity-mark';
import { PageHead } from '@/components/ui/page-head';
import type { Recipient } from '@/lib/alliance/incentive/types';
import { isId } from '@/lib/platform/ids';
import { GiveForm } from './give-form';
import { ChooseRecipient } from './incentive-pages';

/** What the address of a page for a new incentive says: to whom, with which photos. */
export interface NewIncentiveQuery {
  merchant?: string | string[] | undefined;
  photo?: string | string[] | undefined;
}

type GiveProps = Parameters<typeof GiveForm>[0];

/** A new incentive in two steps, to whom and then what; the village's and the township's. Asks to whom where it isn't said. */
export function NewIncentive({
  page,
  query,
  members,
  ...form
}: {
  /** the list that it belongs to */
  page: string;
  query: NewIncentiveQuery;
  members: Recipient[];
} & Pick<GiveProps, 'command' | 'today' | 'form' | 'token'>) {
  const member = members.find((one) => one.id === query.merchant);
  if (!member) return <ChooseRecipient page={page} members={members} />;
  return (
    <div className="narrow">
      <PageHead
        title="记一项激励"
        lead={<MemberName {...member} />}
        back={{ href: `${page}/new`, label: '换一家' }}
      />
      <GiveForm {...form} page={page} merchantId={member.id} photos={[query.photo].flat().filter(isId)} />
    </div>
  );
}
