import type { ReactNode } from 'react';
import type { IconName } from '@/components/ui/icon';

/** One of the places a person may sit: own household, an office, a shop. */
export interface Seat {
  href: string;
  /** 我家 · 青竹村 */
  label: string;
  current?: boolean;
  /** another village's home or desk, another shop: what makes this session sit there from now on */
  choose?: { command: 'choose-home' | 'choose-desk' | 'choose-shop'; fixed: Record<string, string> };
}

export interface NavItem {
  href: string;
  label: string;
  icon?: IconName;
  /** how many wait there; zero is not shown */
  count?: number;
  /** has no room in the bar of a phone; reached there from another page */
  aside?: boolean;
  /** what there are so many of; 件等办 unless told */
  countSaid?: string;
}

/** What every frame is told; a frame reads nothing itself. */
export interface FrameProps {
  /** the village, shop, town or district whose page it is */
  place: string;
  /** household or role of the person: 03-017 陈家, 核分员 */
  who: string;
  /** path of the page, `/desk/deeds/…`: the nav item it lies under is marked */
  current?: string;
  seats?: Seat[];
  /** says 演示数据，人名地名均为虚构 at the foot */
  demo?: boolean;
  /** text: for reading and forms (44rem); wide: lists and tables (64rem); full: all there is; bleed: without margins */
  width?: Width;
  children: ReactNode;
}

export type Width = 'text' | 'wide' | 'full' | 'bleed';
