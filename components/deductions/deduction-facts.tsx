import { ShownPhotos } from '@/components/photos/shown-photos';
import { Facts } from '@/components/ui/figures';
import { sayCredited, sayFullDay, sayServed } from '@/lib/deductions/rules';
import type { DeductionView } from '@/lib/deductions/types';
import type { PhotoView } from '@/lib/photos/types';
import { dayOf } from '@/lib/platform/clock';

/** The photos of a deduction by what they show. */
export interface DeductionPhotos {
  seen: readonly PhotoView[];
  recheck: readonly PhotoView[];
  answer: readonly PhotoView[];
  repair: readonly PhotoView[];
}

/** What was seen, by whom, what the rulebook says of it; the same for the office and for the household. */
export function DeductionFacts({
  deduction: one,
  photos,
}: {
  deduction: DeductionView;
  photos: DeductionPhotos;
}) {
  return (
    <>
      <p className="deduction-words">{one.facts}</p>
      <ShownPhotos photos={photos.seen} what="当时的照片" />
      <Facts
        items={[
          ['哪天看到', sayFullDay(one.seenOn)],
          ['算在哪一季', sayCredited(one) || null],
          ['谁看到的', one.seenBy],
          ['谁做的', one.residentName],
          [
            '细则',
            `第 ${one.versionNumber} 版：扣 ${one.points} 分，${one.warnFirst ? `先提醒，${one.warningDays} 天后复查` : '不用先提醒'}${
              one.restoredWhenRepaired ? '，整改好了返还' : ''
            }`,
          ],
          ['要的证据', one.evidence],
          [
            '提醒',
            one.warnedAt
              ? `${sayFullDay(dayOf(one.warnedAt))}，${sayServed(one.warnedHow)}；${one.recheckOn ? sayFullDay(one.recheckOn) : ''}起复查`
              : null,
          ],
          [
            '通知',
            one.noticedAt
              ? `${sayFullDay(dayOf(one.noticedAt))}，${sayServed(one.noticedHow)}；申辩到 ${one.answerUntil ? sayFullDay(one.answerUntil) : ''}`
              : null,
          ],
        ]}
      />
      {photos.recheck.length > 0 ? (
        <>
          <h3 className="deduction-sub">复查时的照片</h3>
          <ShownPhotos photos={photos.recheck} what="复查时的照片" />
        </>
      ) : null}
    </>
  );
}

/** What the household said, in its own words. Nothing when it has said nothing. */
export function HouseholdWords({
  deduction: one,
  photos,
}: {
  deduction: DeductionView;
  photos: DeductionPhotos;
}) {
  if (!one.answer && !one.repairNote && photos.answer.length + photos.repair.length === 0) return null;
  return (
    <>
      {one.answer ? <blockquote className="deduction-said">{one.answer}</blockquote> : null}
      <ShownPhotos photos={photos.answer} what="申辩的照片" />
      {one.repairNote || photos.repair.length > 0 ? (
        <>
          <h3 className="deduction-sub">整改{one.repairNote ? `：${one.repairNote}` : ''}</h3>
          <ShownPhotos photos={photos.repair} what="整改的照片" />
        </>
      ) : null}
    </>
  );
}
