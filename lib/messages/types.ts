/** Something told to a person in the product. */
export interface MessageView {
  /** the village that says it */
  villageId: string;
  id: string;
  title: string;
  body: string;
  /** an address inside the product; '' leads nowhere */
  href: string;
  createdAt: Date;
  isRead: boolean;
}

export interface MessagePage {
  messages: MessageView[];
  unread: number;
  page: number;
  pages: number;
}
