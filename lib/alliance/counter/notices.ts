/** What a household is told after a command on its redemption's page. */
export const HOUSEHOLD_NOTICES: Readonly<Record<string, string>> = {
  'redeem-from-shelf': '付好了。请给店里看一眼。',
  'order-offer': '留好了。去取的时候给店里看尾号。',
  'void-order': '取消了，分退回来了。',
  'refund-as-household': '记下了。',
  'decline-refund-as-household': '记下了，什么都没有变。',
};

/** What a shop is told after a command on its redemption's page. */
export const SHOP_NOTICES: Readonly<Record<string, string>> = {
  'take-points': '请和他手机上对一下。',
  'redeem-voucher': '代金券收下了，村里付给本店。',
  'undo-redemption': '撤销了，分退给他家了。',
  'refund-as-shop': '记下了。',
  'decline-refund-as-shop': '记下了，什么都没有变。',
  'hand-over-order': '交付了，分收到了。',
  'void-order-as-shop': '取消了，分退给他家了。',
};
