export type { Channel, DecisionKind, DeedState } from '@/lib/platform/generated/enums';

/** Why an award was cut: words of `deed.cap_note`. SPENT_BEFORE: of an approval that was taken back, points were spent. */
export const CAP_NOTES = ['ITEM_CAP', 'SPENT_BEFORE', 'MONTH_CAP'] as const;
export type CapNote = (typeof CAP_NOTES)[number];

/** Reasons a verifier gives most often, one tap each. */
export const COMMON_RETURN_REASONS = [
  '照片看不清，请补一张',
  '照片里看不出做了什么',
  '缺少细则要求的证明',
  '日期不对，请改好再报',
  '这件已经记过了',
  '不属于这个项目，请换一个',
] as const;
