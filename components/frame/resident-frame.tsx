import { BottomBar, NavList, Page, SidedFoot, SideEnd, SkipLink, TopBar } from './parts';
import type { FrameProps, NavItem } from './types';

/** The four places of a resident. The ranking and the ledger are the village's public pages. */
export function residentNav(villageCode: string, unread = 0): NavItem[] {
  return [
    { href: '/me', label: '我家', icon: 'home', count: unread, countSaid: '条新消息' },
    { href: `/v/${villageCode}/ranking`, label: '榜', icon: 'ranking' },
    { href: `/v/${villageCode}/ledger`, label: '台账', icon: 'ledger' },
    { href: '/me/profile', label: '我的', icon: 'person' },
  ];
}

/** A resident's page: bar at the bottom of a phone, at the side of a wide screen. */
export function ResidentFrame({
  villageCode,
  unread,
  place,
  who,
  current,
  seats,
  demo,
  width = 'text',
  children,
}: FrameProps & {
  villageCode: string;
  /** messages not read yet */
  unread?: number;
}) {
  const items = residentNav(villageCode, unread);
  return (
    <PaperFrame
      home="/me"
      items={items}
      place={place}
      who={who}
      current={current}
      seats={seats}
      demo={demo}
      width={width}
    >
      {children}
    </PaperFrame>
  );
}

/** The frame of people who work on a phone: paper ground, few places to go. */
export function PaperFrame({
  home,
  items,
  place,
  who,
  current,
  seats,
  demo,
  width = 'text',
  children,
}: FrameProps & { home: string; items: NavItem[] }) {
  return (
    <div className="frame frame-sided">
      <SkipLink />
      <TopBar place={place} who={who} home={home} />
      <aside className="side side-paper">
        <a className="side-brand" href="/">
          村分
        </a>
        <NavList items={items} current={current} label="主要页面" />
        <SideEnd place={place} who={who} seats={seats} />
      </aside>
      <Page width={width}>{children}</Page>
      <SidedFoot seats={seats} demo={demo} signOut />
      <BottomBar items={items.filter((item) => !item.aside)} current={current} />
    </div>
  );
}
