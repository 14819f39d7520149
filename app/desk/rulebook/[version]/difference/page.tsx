import type { Metadata } from 'next';
import { SheetHead } from '@/components/print/sheet';
import { DifferenceView } from '@/components/rulebook/difference-view';
import { Icon } from '@/components/ui/icon';
import { db } from '@/lib/platform/db';
import { findVillages } from '@/lib/regions/reads';
import { findDifference } from '@/lib/rulebook/version/reads';
import { openVersion, type VersionProps } from '../version';

export const metadata: Metadata = { title: '和前一版的不同' };

/** What a version changes against the one in force, or of an adopted one, against the one before it. Printable. */
export default async function Difference(props: VersionProps) {
  const page = await openVersion(props);
  const { version, villageId, base, today } = page;
  const [{ difference, against }, villages] = await Promise.all([
    findDifference(db(), villageId, page, today),
    findVillages(db(), [villageId]),
  ]);
  return (
    <>
      <a className="page-back no-print" href={base}>
        <Icon name="left" />第 {version.number} 版
      </a>
      <SheetHead
        place={villages.get(villageId)?.name ?? ''}
        title={against ? `第 ${version.number} 版和第 ${against.number} 版的不同` : `第 ${version.number} 版`}
        lines={[against ? version.title : '这是头一版，以前没有细则，每一项都是新的。']}
      />
      <DifferenceView difference={difference} />
    </>
  );
}
