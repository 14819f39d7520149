import type { Metadata } from 'next';
import { DeedHistory } from '@/components/deeds/deed-history';
import { DeedStanding } from '@/components/deeds/deed-standing';
import { WithdrawForm } from '@/components/deeds/withdraw-form';
import { OwnObjection } from '@/components/objections/own-objection';
import { RemovePhotoForm } from '@/components/photos/remove-photo-form';
import { LinkButton } from '@/components/ui/button';
import { Dialog } from '@/components/ui/dialog';
import { Facts } from '@/components/ui/figures';
import { Notice, Refusal } from '@/components/ui/message';
import { PageHead, Section } from '@/components/ui/page-head';
import { Photo, PhotoGrid } from '@/components/ui/photo';
import { sayReporter } from '@/lib/deeds/own/rules';
import { isOpen } from '@/lib/deeds/rules';
import { isWithinWindow } from '@/lib/objections/rules';
import { findOwnObjections } from '@/lib/objections/standing/reads';
import { photoAddress } from '@/lib/photos/types';
import { type Day, dayOf, now, sayDay } from '@/lib/platform/clock';
import { db } from '@/lib/platform/db';
import { readFormReturn } from '@/lib/platform/form-return';
import { formToken } from '@/lib/platform/origin';
import { ownDeed } from './own-deed';

export const metadata: Metadata = { title: '一件好事' };

interface Props {
  params: Promise<{ id: string }>;
  searchParams: Promise<Record<string, string | string[] | undefined>>;
}

/** One deed of one's own household: where it stands, its photos, what happened to it, and what can be done. */
export default async function DeedPage({ params, searchParams }: Props) {
  const { actor, deed } = await ownDeed(params);
  const { ok, r } = await searchParams;
  const at = now();
  const form = await readFormReturn(actor.sessionId, r, at);
  const href = `/me/deeds/${deed.id}`;
  const objection = (await findOwnObjections(db(), actor.resident, 'DEED', [deed.id])).get(deed.id);
  const returnedAt = deed.decisions.findLast((one) => one.kind === 'RETURN')?.at;
  const mayObject =
    deed.state === 'RETURNED' &&
    !objection &&
    returnedAt !== undefined &&
    isWithinWindow(dayOf(returnedAt), dayOf(at));
  const amount = deed.scaleName ?? (deed.quantity > 1 ? `${deed.quantity} ${deed.unitName}` : null);
  const metric =
    deed.metricValue === null
      ? null
      : `${deed.metricName ?? ''} ${deed.metricValue} ${deed.metricUnit ?? ''}`;

  return (
    <>
      <PageHead title={deed.itemName} back={{ href: '/me/deeds', label: '我家的好事' }} />
      {ok === 'submit-deed' && isOpen(deed.state) ? <Notice title="送到了，谢谢您" /> : null}
      {ok === 'remove-photo' ? <Notice title="照片删掉了，村里也看不到了。" /> : null}
      <DeedStanding deed={deed} />
      {deed.state === 'RETURNED' || deed.state === 'WITHDRAWN' ? (
        <p className="deed-again">
          <LinkButton
            kind="primary"
            wide
            href={`/me/log/${encodeURIComponent(deed.itemCode)}?again=${deed.id}`}
          >
            再报一次
          </LinkButton>
        </p>
      ) : null}
      {objection ? <OwnObjection objection={objection} today={dayOf(at)} /> : null}
      {mayObject ? (
        <p className="deed-again">
          不同意退回，可以<a href={`/me/objections/new?kind=DEED&subject=${deed.id}`}>提异议</a>
          ，请别的人来定。
        </p>
      ) : null}

      {deed.photoRefs.length > 0 ? (
        <Section title="照片">
          {form ? <Refusal refusal={form.refusal} /> : null}
          {deed.state === 'WITHDRAWN' && deed.photoRefs.some((photo) => photo.mine) ? (
            <p>这一件已经撤回。发错的照片可以删掉，删了就找不回来，村里也看不到了。</p>
          ) : null}
          <PhotoGrid>
            {deed.photoRefs.map((photo, index) => (
              <Photo
                key={photo.id}
                src={photoAddress(photo.id, 'small')}
                large={photoAddress(photo.id, 'large')}
                alt={`第 ${index + 1} 张照片，点开看大图`}
                caption={
                  deed.state === 'WITHDRAWN' && photo.mine ? (
                    <RemovePhotoForm
                      photoId={photo.id}
                      place={index + 1}
                      back={href}
                      token={formToken(actor.sessionId, at)}
                    />
                  ) : null
                }
              />
            ))}
          </PhotoGrid>
        </Section>
      ) : null}

      <Section title="报的是什么">
        <Facts
          items={[
            ['哪天', sayDay(deed.deedOn as Day, dayOf(at))],
            ['谁', deed.residentName],
            ['谁记的', sayReporter(deed, actor.name)],
            ['活动', deed.eventName],
            ['数量', amount],
            ['另记', metric],
            ['按细则', `${deed.asked} 分（第 ${deed.version} 版）`],
            ['补充', deed.note],
          ]}
        />
      </Section>

      <Section title="经过">
        <DeedHistory
          logged={{ at: deed.submittedAt, who: deed.reporterName }}
          decisions={deed.decisions}
          now={at}
        />
      </Section>

      {isOpen(deed.state) ? (
        <div className="acts">
          <Dialog
            href={`${href}/withdraw`}
            trigger="撤回这一件"
            title={`撤回“${deed.itemName}”？`}
            closeLabel="不撤了"
          >
            <WithdrawForm deedId={deed.id} back={`${href}/withdraw`} token={formToken(actor.sessionId, at)} />
          </Dialog>
        </div>
      ) : null}
    </>
  );
}
