import type { Metadata } from 'next';
import { notFound } from 'next/navigation';
import { GoHome } from '@/components/frame/go-home';
import { HouseholdSums, PublicLines } from '@/components/periods/public-lines';
import { SheetFoot, SheetHead } from '@/components/print/sheet';
import { Figures } from '@/components/ui/figures';
import { EmptyState, Message } from '@/components/ui/message';
import { Pager } from '@/components/ui/pager';
import { Tabs } from '@/components/ui/tabs';
import { getActor } from '@/lib/auth/actor';
import { findOwnObjections } from '@/lib/objections/standing/reads';
import {
  LINES_PER_PAGE,
  listHouseholdSums,
  listPublicLines,
  sumQuarter,
} from '@/lib/periods/publicity/reads';
import { findPeriod } from '@/lib/periods/reads';
import { parseQuarter, quarterBounds, stageOf } from '@/lib/periods/rules';
import type { PeriodView } from '@/lib/periods/types';
import {
  addDays,
  type Day,
  dayOf,
  now,
  type Quarter,
  quarterOf,
  sayDay,
  sayQuarter,
  timeOf,
} from '@/lib/platform/clock';
import { db } from '@/lib/platform/db';
import { maskName } from '@/lib/residents/rules';
import { type Query, queryOf, villageOf } from '../../village';

interface Props {
  params: Promise<{ village: string; code: string }>;
  searchParams: Query;
}

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const village = await villageOf(params);
  const code = parseQuarter((await params).code);
  return { title: code ? `${village.name}${sayQuarter(code)}积分公示` : village.name };
}

/** A quarter's publicity: every line that counts for it, what each household has, and what the reader's own has objected to. Five queries. */
export default async function Publicity({ params, searchParams }: Props) {
  const village = await villageOf(params);
  const code = parseQuarter((await params).code);
  const at = now();
  const today = dayOf(at);
  if (!code || code > quarterOf(today)) notFound();
  const period = await findPeriod(db(), village.id, code);
  const base = `/v/${village.code}/periods/${code}`;
  if (!period) {
    return (
      <>
        <SheetHead
          place={village.name}
          title={`${sayQuarter(code).slice(5)}积分公示`}
          lines={[sayDays(code)]}
          print={false}
        />
        <EmptyState title="这一季还没有公示">
          季度过完，由村书记开始公示；在那以前，每一笔都在<a href={`/v/${village.code}/ledger`}>台账</a>里。
        </EmptyState>
      </>
    );
  }
  const isByHousehold = (await queryOf(searchParams, 'by')) === 'household';
  const page = Math.max(1, Number.parseInt((await queryOf(searchParams, 'page')) ?? '', 10) || 1);
  const [sum, lines, sums] = await Promise.all([
    sumQuarter(db(), village.id, code),
    isByHousehold ? null : listPublicLines(db(), village.id, code, page),
    isByHousehold ? listHouseholdSums(db(), village.id, code, page) : null,
  ]);
  const actor = await getActor();
  const reader = actor?.resident?.villageId === village.id ? actor.resident : null;
  const own =
    reader && lines
      ? await findOwnObjections(
          db(),
          reader,
          'POSTING',
          lines.lines.filter((line) => line.objection !== null).map((line) => line.id),
        )
      : new Map<string, never>();
  const shown = lines ?? sums;
  if (!shown) throw new Error('nothing to show');
  const stage = stageOf(code, period, today);
  const address = (to: number) => {
    const parts = [isByHousehold ? 'by=household' : '', to > 1 ? `page=${to}` : ''].filter(Boolean);
    return parts.length > 0 ? `${base}?${parts.join('&')}` : base;
  };
  const first = (page - 1) * LINES_PER_PAGE + 1;
  return (
    <>
      <SheetHead
        place={village.name}
        title={`${sayQuarter(code).slice(5)}积分公示`}
        lines={[
          sayDays(code),
          `${sayDay(period.publicFrom as Day, today)}公示，到 ${sayDay(period.publicUntil as Day, today)}为止，${maskName(period.openedBy)}经办`,
        ]}
      />
      <Stage period={period} isOpen={stage === 'PUBLICITY'} today={today} />
      {stage === 'PUBLICITY' ? (
        <GoHome actor={actor} villageId={village.id} page={base} now={now()}>
          换到{village.name}的家，有不对的提异议
        </GoHome>
      ) : null}
      <Figures
        items={[
          { value: sum.entries, label: '笔' },
          { value: sum.households, label: '户' },
          {
            value: sum.honour.toLocaleString('zh-CN'),
            label: `荣誉分；可兑积分 ${sum.points.toLocaleString('zh-CN')}`,
          },
        ]}
      />
      <Tabs
        label="怎样看"
        items={[
          { href: base, label: '逐笔', current: !isByHousehold },
          { href: `${base}?by=household`, label: '各户合计', current: isByHousehold },
        ]}
      />
      {lines ? (
        <PublicLines lines={lines.lines} today={today} mayObject={stage === 'PUBLICITY'} own={own} />
      ) : null}
      {sums ? <HouseholdSums sums={sums.lines} /> : null}
      {shown.lines.length === 0 ? <EmptyState title="这一页没有内容">请从第一页看起。</EmptyState> : null}
      <Pager
        newer={page > 1 ? address(page - 1) : null}
        older={page < shown.pages ? address(page + 1) : null}
        words={['前一页', '后一页']}
        note={`第 ${first}—${first + shown.lines.length - 1} ${isByHousehold ? '户' : '笔'}，共 ${shown.total} ${isByHousehold ? '户' : '笔'}`}
      />
      <SheetFoot
        source="由台账算出。分数按做事的日子计；公示开始以后才核实的，计入下一季。"
        asOf={`截至 ${today.slice(0, 4)}年${Number(today.slice(5, 7))}月${Number(today.slice(8))}日 ${timeOf(at)}`}
        ask={
          stage === 'PUBLICITY'
            ? '姓名默认隐去。有异议，公示期内在手机上提，没有手机的找帮办员代写。'
            : '姓名默认隐去。有疑问请找村务监督员。'
        }
        signers={['村书记', '村务监督员']}
        demo={village.isDemo}
      />
    </>
  );
}

/** 2026年7月1日—9月30日 */
function sayDays(code: Quarter): string {
  const { from, before } = quarterBounds(code);
  const last = addDays(before, -1);
  const said = (day: Day) => `${Number(day.slice(5, 7))}月${Number(day.slice(8))}日`;
  return `${code.slice(0, 4)}年${said(from)}—${said(last)}`;
}

function Stage({ period, isOpen, today }: { period: PeriodView; isOpen: boolean; today: Day }) {
  if (period.lockedAt) {
    return (
      <Message
        tone="done"
        title={`${sayDay(dayOf(period.lockedAt), today)}已锁定，${maskName(period.lockedBy)}经办`}
      >
        这一季的记分不再改动。有异议还没答复的，单独留着；异议成立的，会更正。
      </Message>
    );
  }
  if (!isOpen) return <Message title="公示满期，等村务监督员锁定" />;
  return (
    <Message tone="look" title="请看看有没有不对的">
      自家的、别家的都可以看。觉得哪一笔不对，点那一笔右边的“提异议”；没有手机的，请帮办员代写。
    </Message>
  );
}
