import type { ReactNode } from 'react';
import { LargeTextSwitch } from '@/components/ui/large-text-switch';
import { Tabs } from '@/components/ui/tabs';
import { markCurrent } from './current';
import { BottomBar, DemoLine, Page, Seats, SignOut, SkipLink } from './parts';
import { residentNav } from './resident-frame';
import type { Seat, Width } from './types';

/** What everybody may see of a village. */
export function publicNav(villageCode: string): { href: string; label: string }[] {
  const base = `/v/${villageCode}`;
  return [
    { href: base, label: '公示栏' },
    { href: `${base}/lists`, label: '榜单' },
    { href: `${base}/ranking`, label: '排行' },
    { href: `${base}/ledger`, label: '台账' },
    { href: `${base}/rulebook`, label: '细则' },
    { href: `${base}/shops`, label: '商户' },
  ];
}

/**
 * A village's public pages, under its name as under a newspaper's. People signed in as residents of this village keep
 * their bottom bar; people signed in elsewhere find the way back to their seats at the foot.
 */
export function PublicFrame({
  village,
  code,
  note,
  current,
  resident = false,
  seats = [],
  signedIn = seats.length > 0,
  demo,
  width = 'wide',
  children,
}: {
  /** 青竹村 */
  village: string;
  code: string;
  /** beside the name: 石桥镇 · 云岭区 */
  note?: string;
  /** path of the page */
  current?: string;
  /** the reader is a signed-in resident of this village */
  resident?: boolean;
  seats?: Seat[];
  signedIn?: boolean;
  demo?: boolean;
  width?: Width;
  children: ReactNode;
}) {
  return (
    <div className="frame frame-public">
      <SkipLink />
      <Masthead name={village} note={note} href={`/v/${code}`} signedIn={signedIn} back={current}>
        <Tabs label="本村公开的页面" items={markCurrent(publicNav(code), current)} />
      </Masthead>
      <Page width={width}>{children}</Page>
      <PublicFoot signedIn={signedIn} seats={seats} demo={demo} />
      {resident ? <BottomBar items={residentNav(code)} current={current} /> : null}
    </div>
  );
}

/** The head of a public page: a name in Song type, the text-size switch, the way in. */
export function Masthead({
  name,
  note,
  href,
  signedIn = false,
  back,
  children,
}: {
  name: string;
  note?: string;
  href: string;
  /** leaves the way in away: signed in already, or the page itself is the way */
  signedIn?: boolean;
  /** where signing in leads back to */
  back?: string;
  children?: ReactNode;
}) {
  return (
    <header className="masthead">
      <div className="masthead-row">
        <div className="masthead-name">
          <a href={href}>
            <b>{name}</b>
            {note ? <span>{note}</span> : null}
          </a>
        </div>
        <div className="masthead-tools">
          {signedIn ? null : (
            <a
              className="btn btn-quiet"
              href={back ? `/sign-in?next=${encodeURIComponent(back)}` : '/sign-in'}
            >
              登录
            </a>
          )}
          <LargeTextSwitch />
        </div>
      </div>
      {children}
    </header>
  );
}

/** The foot of a public page. */
export function PublicFoot({
  signedIn,
  seats = [],
  demo,
  home = true,
}: {
  signedIn?: boolean;
  seats?: Seat[];
  demo?: boolean;
  /** whether it leads to the front page */
  home?: boolean;
}) {
  return (
    <footer className="foot">
      <div>
        {seats.length === 1 && seats[0] ? (
          <p>
            <a className="seat" href={seats[0].href}>
              回到 {seats[0].label}
            </a>
          </p>
        ) : (
          <Seats seats={seats} />
        )}
        {signedIn ? <SignOut /> : null}
        {home ? (
          <p>
            <a className="seat" href="/">
              村分 · 其他村和社区
            </a>
          </p>
        ) : null}
        <DemoLine demo={demo} />
      </div>
    </footer>
  );
}
