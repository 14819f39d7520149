/** What someone said of a draft, as everyone reads it. */
export interface CommentView {
  id: string;
  householdId: string;
  /** 陈×芳 */
  who: string;
  /** 03-017 */
  householdCode: string;
  /** the item it is about; '' is the whole */
  itemCode: string;
  itemName: string;
  /** the draft has no such item any more */
  isItemRemoved: boolean;
  body: string;
  saidAt: Date;
  /** '' until it is answered */
  answer: string;
  answeredAt: Date | null;
}
