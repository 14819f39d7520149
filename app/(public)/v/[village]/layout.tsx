import type { ReactNode } from 'react';
import { publicFrameOf } from '@/app/frame-facts';
import { PublicFrame } from '@/components/frame/public-frame';
import { villageOf } from './village';

/** What everybody may see of a village. */
export default async function VillageLayout({
  params,
  children,
}: {
  params: Promise<{ village: string }>;
  children: ReactNode;
}) {
  return <PublicFrame {...(await publicFrameOf(await villageOf(params)))}>{children}</PublicFrame>;
}
