import type { Metadata } from 'next';
import { redirect } from 'next/navigation';
import { cache } from 'react';
import { GoHome } from '@/components/frame/go-home';
import { DocumentLinks } from '@/components/lists/document-links';
import { Editions } from '@/components/lists/editions';
import { ListSheet } from '@/components/lists/list-sheet';
import { OwnObjection } from '@/components/objections/own-objection';
import { Message } from '@/components/ui/message';
import { Section } from '@/components/ui/page-head';
import { PrintButton } from '@/components/ui/print-button';
import { getActor } from '@/lib/auth/actor';
import { listEditions } from '@/lib/lists/documents/reads';
import { findShownList } from '@/lib/lists/facts/reads';
import { canSeeList } from '@/lib/lists/policy';
import { listDocumentKinds } from '@/lib/lists/reads';
import { sayFullDay } from '@/lib/lists/rules';
import { KIND_NAMES, type ListKind, type ListState, type ListSubject } from '@/lib/lists/types';
import { findOwnOnList } from '@/lib/objections/standing/reads';
import { dayOf, now } from '@/lib/platform/clock';
import { db } from '@/lib/platform/db';
import { villageOf } from '../../village';

interface Props {
  params: Promise<{ village: string; id: string }>;
}

/** The list if it is public now and the reader may see it; to everyone else it is not there. */
const shownOf = cache(async (villageId: string, id: string) => {
  const [shown, actor] = await Promise.all([findShownList(db(), villageId, id, now()), getActor()]);
  if (!shown?.isPublic || canSeeList(actor, { villageId, audience: shown.list.audience }) !== true)
    return null;
  return shown;
});

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const village = await villageOf(params);
  const shown = await shownOf(village.id, (await params).id);
  return {
    title: shown ? `${village.name}${shown.facts.periodName}${KIND_NAMES[shown.list.kind]}` : '不再公布',
    robots: { index: false, follow: false, noarchive: true },
  };
}

/** One list, as it stands this moment: names by the consents of now, rows that stand now. Nine queries, one more for whoever lives here. */
export default async function List({ params }: Props) {
  const village = await villageOf(params);
  const shown = await shownOf(village.id, (await params).id);
  if (!shown) redirect(`/v/${village.code}/lists/gone`);
  const { facts, rows, suspended, lastDay, list } = shown;
  const actor = await getActor();
  const own = actor?.resident?.villageId === village.id ? actor.resident.householdId : null;
  const scope = own ? { villageId: village.id, householdId: own } : null;
  const [objection, byList, editions] = await Promise.all([
    scope ? findOwnOnList(db(), scope, list.id) : null,
    listDocumentKinds(db(), village.id, [list.id]),
    listEditions(db(), village.id, list.id),
  ]);
  const kinds = byList.get(list.id) ?? new Set<never>();
  const base = `/v/${village.code}/lists`;
  return (
    <div className="roll-page">
      <div>
        {own && suspended.includes(own) ? (
          <Message tone="look" title="您家这一行先不公布">
            您家提的异议还没有答复，答复以前这一行谁也看不到，只有您家看得到这句话。
          </Message>
        ) : null}
        {objection ? <OwnObjection objection={objection} today={dayOf(now())} /> : null}
        <ListSheet
          facts={facts}
          rows={rows}
          own={own}
          objectHref={(rowId) => `/me/objections/new?kind=LIST_ROW&subject=${rowId}`}
        />
      </div>
      <div className="no-print">
        {lastDay ? <p className="roll-until">公布到 {sayFullDay(lastDay)}，过了这一天就看不到了。</p> : null}
        <Section title="有不同意见" id="objection">
          <ObjectionWords
            state={list.state}
            kind={list.kind}
            subject={list.subject}
            note={facts.objectionNote}
            own={own}
          />
          <GoHome actor={actor} villageId={village.id} page={`${base}/${list.id}`} now={now()}>
            换到{village.name}的家，看自家那一行
          </GoHome>
        </Section>
        <Section title="图片和打印" id="documents">
          <DocumentLinks base={`${base}/${list.id}`} kinds={kinds} />
          <p className="more">
            <PrintButton label="打印这一页" />
          </p>
        </Section>
        <Editions editions={editions} />
        <p className="more">
          <a href={base}>看全部榜单</a>
        </p>
      </div>
    </div>
  );
}

function ObjectionWords({
  state,
  kind,
  subject,
  note,
  own,
}: {
  state: ListState;
  kind: ListKind;
  subject: ListSubject;
  note: string;
  own: string | null;
}) {
  const when = state === 'PUBLICITY' ? note : `榜已经定了，还可以提。${note}`;
  return (
    <div className="prose">
      {subject === 'PLACE' ? (
        <p>
          地段的分是检查时按公布的尺度打的。觉得不对，本村各户登录以后，在那一行点“对这一行提异议”；没有手机的，请帮办员代写。
        </p>
      ) : (
        <>
          <p>{when}提了异议的那一行先不公布，由没有经手的人来定。</p>
          <p>
            {own
              ? '您家在榜上的话，在自家那一行点“对这一行提异议”。'
              : '上榜的户登录以后，在自家那一行点“对这一行提异议”；没有手机的，请帮办员代写。'}
          </p>
          {kind === 'RED' ? (
            <p>
              名字默认隐去。同意写全名，或者收回同意，<a href="/me/consent">在这里办</a>，马上就变。
            </p>
          ) : (
            <p>黑榜只写户，名字都隐去。整改核实以后扣分不够上榜了，或者异议成立，这一行马上撤下。</p>
          )}
        </>
      )}
    </div>
  );
}
