import { BarChart } from '@/components/ui/chart';
import { EmptyState } from '@/components/ui/message';
import type { OfferCount } from '@/lib/alliance/statistics/types';

/** What a line of offers is called. */
export function sayOffer({ title, isVoucher }: OfferCount): string {
  if (isVoucher) return title ? `代金券：${title}` : '代金券';
  return title || '直接输积分的';
}

/** The offers taken most, as bars with their numbers. */
export function OffersTaken({ offers, label }: { offers: OfferCount[]; label: string }) {
  if (offers.length === 0) return <EmptyState title="这段时间还没有">有人来兑，这里就排出来。</EmptyState>;
  return (
    <BarChart
      title={label}
      unit="笔"
      points={offers.map((offer) => ({
        label: sayOffer(offer),
        value: offer.sales,
        said: `${offer.sales} 笔`,
      }))}
    />
  );
}
