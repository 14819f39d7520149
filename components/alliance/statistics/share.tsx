import { EmptyState } from '@/components/ui/message';
import { sayFraction, sharePercent } from '@/lib/alliance/statistics/rules';
import type { PointShare } from '@/lib/alliance/statistics/types';
import { type Day, sayDay } from '@/lib/platform/clock';

/** Over which days a share was counted: 11月1日到11月24日里记了数的 12 天. */
export function sayCounted({ days, firstDay, lastDay }: PointShare, today: Day): string {
  if (days === 1) return `只算记了数的 1 天：${sayDay(firstDay, today)}`;
  return `只算 ${sayDay(firstDay, today)}到${sayDay(lastDay, today)}里记了数的 ${days} 天`;
}

/** 积分消费占比: one part of a strip for sales with points, the other for those without; the words say the same. */
export function ShareStrip({ share, today }: { share: PointShare | null; today: Day }) {
  const percent = sharePercent(share);
  if (!share || percent === null) {
    return (
      <EmptyState title="还算不出来">
        {share
          ? '记了数的那几天，一笔买卖都没有。'
          : '每天收摊时在上面记一下别的买卖有几笔，这里就有积分消费占比。不记也行。'}
      </EmptyState>
    );
  }
  const fraction = sayFraction(percent);
  return (
    <figure className="share print-whole">
      <p className="share-said">
        <b>{percent}%</b>
        <span>
          {share.pointSales + share.otherSales} 笔买卖里，{share.pointSales} 笔用了积分
          {fraction ? `，差不多${fraction}` : ''}
        </span>
      </p>
      <svg className="share-strip" aria-hidden="true" focusable="false">
        <rect className="share-other" width="100%" height="100%" />
        <rect className="share-points" width={`${percent}%`} height="100%" />
      </svg>
      <figcaption>{sayCounted(share, today)}</figcaption>
    </figure>
  );
}
