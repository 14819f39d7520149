import type { Metadata } from 'next';
import { notFound } from 'next/navigation';
import { BatchReport } from '@/components/desk/batch-report';
import { BatchSheet } from '@/components/desk/batch-sheet';
import { DeskKeys } from '@/components/desk/desk-keys';
import { Facts } from '@/components/ui/figures';
import { Message } from '@/components/ui/message';
import { PageHead } from '@/components/ui/page-head';
import { Photo, PhotoGrid } from '@/components/ui/photo';
import { requireSeat } from '@/lib/auth/actor';
import { findBatchOutcome, findSheet } from '@/lib/deeds/event/reads';
import { canDecideDeeds } from '@/lib/deeds/policy';
import { photoAddress } from '@/lib/photos/types';
import { type Day, dayOf, sayDay } from '@/lib/platform/clock';
import { db } from '@/lib/platform/db';
import { readFormReturn } from '@/lib/platform/form-return';
import { maskName } from '@/lib/residents/rules';
import { viewerOf } from '../../desk-facts';

export const metadata: Metadata = { title: '活动核实' };

interface Props {
  params: Promise<{ id: string }>;
  searchParams: Promise<Record<string, string | string[] | undefined>>;
}

/** An event's sheet: everyone on it, and one button for all who are ticked. Five queries. */
export default async function EventSheetPage({ params, searchParams }: Props) {
  const actor = await requireSeat('desk');
  const [{ id }, query] = await Promise.all([params, searchParams]);
  const viewer = viewerOf(actor);
  const [sheet, form, outcome] = await Promise.all([
    findSheet(db(), viewer, id),
    readFormReturn(actor.sessionId, query.r, viewer.now),
    typeof query.batch === 'string' ? findBatchOutcome(db(), viewer, query.batch) : null,
  ]);
  if (!sheet) notFound();
  const today = dayOf(viewer.now);
  const mayDecide = canDecideDeeds(actor) === true;
  return (
    <div className="desk-page">
      <DeskKeys />
      <PageHead
        title={sheet.name}
        lead={`${sheet.itemName}，每份 ${sheet.points} 分`}
        back={{ href: '/desk/events', label: '活动' }}
      />
      {query.ok === 'record-event' ? (
        <Message tone="done" title={`登记好了，${sheet.lines.length} 份，等核分员核实。`} role="status" />
      ) : null}
      {outcome ? <BatchReport outcome={outcome} lines={sheet.lines} /> : null}
      <Facts
        items={[
          ['哪天', sayDay(sheet.heldOn as Day, today)],
          ['谁登记的', maskName(sheet.createdBy)],
          ['备注', sheet.note],
        ]}
      />
      {sheet.photos.length > 0 ? (
        <PhotoGrid>
          {sheet.photos.map((photo, index) => (
            <Photo
              key={photo.id}
              src={photoAddress(photo.id, 'small')}
              large={photoAddress(photo.id, 'large')}
              alt={`${sheet.name}，第 ${index + 1} 张照片`}
            />
          ))}
        </PhotoGrid>
      ) : null}
      <BatchSheet sheet={sheet} mayDecide={mayDecide} form={form} />
    </div>
  );
}
