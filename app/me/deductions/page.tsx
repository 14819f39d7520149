import type { Metadata } from 'next';
import { DeductionLines } from '@/components/deductions/deduction-lines';
import { EmptyState } from '@/components/ui/message';
import { PageHead } from '@/components/ui/page-head';
import { requireSeat } from '@/lib/auth/actor';
import { listHouseholdDeductions } from '@/lib/deductions/household/reads';
import { dayOf, now } from '@/lib/platform/clock';
import { db } from '@/lib/platform/db';

export const metadata: Metadata = { title: '提醒和扣分' };

/** Warnings and deductions of one's own household. Two queries. */
export default async function Deductions() {
  const actor = await requireSeat('resident');
  const today = dayOf(now());
  const lines = await listHouseholdDeductions(db(), actor.resident, today);
  return (
    <>
      <PageHead
        title="提醒和扣分"
        lead="扣分以前一定先通知您，您可以申辩，也可以提异议。"
        back={{ href: '/me', label: '我家' }}
      />
      {lines.length === 0 ? (
        <EmptyState title="没有提醒，也没有扣过分">很好。</EmptyState>
      ) : (
        <DeductionLines
          label="提醒和扣分"
          lines={lines}
          today={today}
          hrefOf={(id) => `/me/deductions/${id}`}
        />
      )}
      <p className="list-end">
        <a href="/me/objections">我家的异议</a>
      </p>
    </>
  );
}
