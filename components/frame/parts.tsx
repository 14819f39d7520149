import type { ReactNode } from 'react';
import { classNames } from '@/components/ui/class-names';
import { CommandForm } from '@/components/ui/command-form';
import { Icon } from '@/components/ui/icon';
import { LargeTextSwitch } from '@/components/ui/large-text-switch';
import { markCurrent } from './current';
import type { NavItem, Seat, Width } from './types';

/** The first stop of the keyboard: past everything that is the same on every page. */
export function SkipLink() {
  return (
    <a className="skip" href="#main">
      跳到正文
    </a>
  );
}

/** The page itself. */
export function Page({ width, children }: { width: Width; children: ReactNode }) {
  return (
    <main className={classNames('page', `page-${width}`)} id="main" tabIndex={-1}>
      {children}
    </main>
  );
}

/** Whose page it is, and the large-text switch. */
export function TopBar({
  place,
  who,
  home,
  ink,
}: {
  place: string;
  who: string;
  home: string;
  ink?: boolean;
}) {
  return (
    <header className={classNames('top', ink && 'on-ink')}>
      <div className="top-place">
        <a href={home}>
          <b>{place}</b>
          <span>{who}</span>
        </a>
      </div>
      <LargeTextSwitch />
    </header>
  );
}

/** Where one can go, one under another; the marked item carries aria-current. */
export function NavList({ items, current, label }: { items: NavItem[]; current?: string; label: string }) {
  return (
    <nav aria-label={label}>
      <ul className="nav-list">
        {markCurrent(items, current).map((item) => (
          <li key={item.href}>
            <a href={item.href} aria-current={item.current ? 'page' : undefined}>
              <span>
                {item.icon ? <Icon name={item.icon} /> : null}
                {item.label}
              </span>
              {item.count ? (
                <span>
                  {item.count}
                  <span className="said"> {item.countSaid ?? '件等办'}</span>
                </span>
              ) : null}
            </a>
          </li>
        ))}
      </ul>
    </nav>
  );
}

/** The bottom bar of a phone: at most five, each a picture and a word. */
export function BottomBar({ items, current }: { items: NavItem[]; current?: string }) {
  return (
    <nav className="bottom-bar" aria-label="主要页面">
      {markCurrent(items, current).map((item) => (
        <a key={item.href} href={item.href} aria-current={item.current ? 'page' : undefined}>
          {item.icon ? <Icon name={item.icon} /> : null}
          {item.label}
          {item.count ? (
            <span className="bar-count">
              {item.count > 99 ? '99+' : item.count}
              <span className="said"> {item.countSaid ?? '件等办'}</span>
            </span>
          ) : null}
        </a>
      ))}
    </nav>
  );
}

/** The person's other seats; nothing when there is only one. */
export function Seats({ seats = [] }: { seats?: Seat[] }) {
  if (seats.length < 2) return null;
  return (
    <nav aria-label="换身份">
      <ul className="seats">
        {seats.map((seat) => (
          <li key={`${seat.href} ${Object.values(seat.choose?.fixed ?? {})} ${seat.label}`}>
            {seat.choose ? (
              <CommandForm
                name={seat.choose.command}
                back={seat.href}
                next={seat.href}
                fixed={seat.choose.fixed}
                label={`换到${seat.label}`}
              >
                <button type="submit" className="seat">
                  {seat.label}
                </button>
              </CommandForm>
            ) : (
              <a className="seat" href={seat.href} aria-current={seat.current ? 'true' : undefined}>
                {seat.label}
                {seat.current ? <Icon name="check" label="现在的身份" /> : null}
              </a>
            )}
          </li>
        ))}
      </ul>
    </nav>
  );
}

/** Leaving, by a form: a link could be followed by a preview. */
export function SignOut() {
  return (
    <form method="post" action="/api/sign-out">
      <button type="submit" className="sign-out">
        退出登录
      </button>
    </form>
  );
}

/** The word that this is a demo, where it is one. */
export function DemoLine({ demo }: { demo?: boolean }) {
  return demo ? <p className="demo-line">演示数据，人名地名均为虚构</p> : null;
}

/** The end of a side bar: who sits here, where else they may sit, text size, leaving. */
export function SideEnd({ place, who, seats = [] }: { place: string; who: string; seats?: Seat[] }) {
  return (
    <div className="side-end">
      <p className="side-who">
        {who}
        <br />
        {place}
      </p>
      {seats.length > 1 ? (
        <details className="side-seats">
          <summary>
            换身份
            <Icon name="down" />
          </summary>
          <Seats seats={seats} />
        </details>
      ) : null}
      <div className="side-tools">
        <LargeTextSwitch />
        <SignOut />
      </div>
    </div>
  );
}

/** The foot of a page with a side bar: on a phone the seats and the way out, everywhere the word that it is a demo. */
export function SidedFoot({ seats, demo, signOut }: { seats?: Seat[]; demo?: boolean; signOut: boolean }) {
  return (
    <footer className={classNames('foot', demo ? 'foot-sided' : 'foot-narrow')}>
      {signOut ? (
        <div className="narrow-only">
          <Seats seats={seats} />
          <SignOut />
        </div>
      ) : null}
      <DemoLine demo={demo} />
    </footer>
  );
}
