import { Icon } from '@/components/ui/icon';
import { NavList, Page, Seats, SidedFoot, SideEnd, SignOut, SkipLink, TopBar } from './parts';
import { PaperFrame } from './resident-frame';
import type { FrameProps, NavItem } from './types';

type OfficeProps = FrameProps & { nav: NavItem[] };

/** The village office: an ink side bar on a wide screen; on a phone the same list folded under the top bar. */
export function DeskFrame(props: OfficeProps) {
  return <InkFrame home="/desk" {...props} />;
}

/** Township and district: the same frame, another desk. */
export function OfficeFrame(props: OfficeProps) {
  return <InkFrame home="/office" {...props} />;
}

/** A shop's counter: on the phone, so with the bar at the bottom. */
export function ShopFrame({ nav, ...props }: OfficeProps) {
  return <PaperFrame home="/shop" items={nav} {...props} />;
}

function InkFrame({
  home,
  nav,
  place,
  who,
  current,
  seats,
  demo,
  width = 'wide',
  children,
}: OfficeProps & { home: string }) {
  const waiting = nav.reduce((sum, item) => sum + (item.count ?? 0), 0);
  return (
    <div className="frame frame-sided">
      <SkipLink />
      <TopBar place={place} who={who} home={home} ink />
      <details className="menu on-ink no-print">
        <summary>
          <span>
            菜单
            {waiting > 0 ? `（${waiting} 件等办）` : null}
          </span>
          <Icon name="down" />
        </summary>
        <NavList items={nav} current={current} label="菜单" />
        <div className="menu-end">
          <Seats seats={seats} />
          <SignOut />
        </div>
      </details>
      <aside className="side on-ink">
        <a className="side-brand" href={home}>
          村分
        </a>
        <NavList items={nav} current={current} label="主要页面" />
        <SideEnd place={place} who={who} seats={seats} />
      </aside>
      <Page width={width}>{children}</Page>
      <SidedFoot demo={demo} signOut={false} />
    </div>
  );
}
