import { Line, Lines } from '@/components/ui/lines';

/** The rest of a shop's pages, which have no room in the bar of a phone. */
export function ShopWays() {
  return (
    <Lines label="本店的其他页面">
      <Line href="/shop/terms" title="协议" meta="和各村约定的结算价、上限" />
      <Line href="/shop/staff" title="店员" meta="谁能替本店收积分" />
      <Line href="/shop/sign" title="店里的二维码" meta="打出来贴在柜台，村民扫了就能兑" />
      <Line href="/shop/facts" title="本店资料" meta="门头照片、营业时间" />
    </Lines>
  );
}
