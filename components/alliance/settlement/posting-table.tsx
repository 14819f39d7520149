import type { ReactNode } from 'react';
import { DataTable, type TableRow } from '@/components/ui/data-table';
import { signed } from '@/components/ui/lines';
import { sayYuan } from '@/lib/alliance/settlement/rules';
import type { PostingView } from '@/lib/alliance/settlement/types';
import { type Day, dayOf, timeOf, yearOf } from '@/lib/platform/clock';

const COLUMNS = [
  { key: 'at', label: '时间', short: true },
  { key: 'household', label: '户', short: true },
  { key: 'title', label: '换了什么' },
  { key: 'points', label: '积分', number: true },
  { key: 'fen', label: '元', number: true },
] as const;
const ACT = { key: 'act', label: '对不对' } as const;

type Key = (typeof COLUMNS)[number]['key'] | 'act';

/** The lines of a statement: when, which household by its code, what for, points and money; reversals marked. */
export function PostingTable({
  caption,
  postings,
  today,
  total,
  actOf,
}: {
  caption: string;
  postings: PostingView[];
  today: Day;
  /** of the whole statement, under its last lines */
  total?: { points: number; fen: number; lines: number };
  /** what can be done about a line; null for none */
  actOf?: (posting: PostingView) => ReactNode;
}) {
  const rows: TableRow<Key>[] = postings.map((one) => ({
    id: one.id,
    cells: {
      at: `${dayIn(dayOf(one.postedAt), today)} ${timeOf(one.postedAt)}`,
      household: one.householdCode,
      title: (
        <span>
          {one.points < 0 ? <b>退回 </b> : null}
          {one.title || '按分数收'}
          {one.backAt ? (
            <>
              <br />
              {`${dayIn(dayOf(one.backAt), today)}退回了，退的那一笔另外列`}
            </>
          ) : null}
          {one.first ? (
            <>
              <br />
              <b>商户：{one.first.why}</b>
              <br />
              {`村里：${one.first.answer}`}
            </>
          ) : null}
          {one.disputedWhy ? (
            <>
              <br />
              <b>
                {one.first ? '商户又说：' : '商户：'}
                {one.disputedWhy}
              </b>
              <br />
              {one.answer ? `村里：${one.answer}` : '村里还没有答复'}
            </>
          ) : null}
        </span>
      ),
      points: signed(one.points),
      fen: sayYuan(one.fen),
      ...(actOf ? { act: actOf(one) } : {}),
    },
  }));
  return (
    <DataTable<Key>
      caption={caption}
      columns={actOf ? [...COLUMNS, ACT] : COLUMNS}
      rows={rows}
      {...(total
        ? {
            total: {
              at: `合计 ${total.lines} 笔`,
              points: total.points.toLocaleString('zh-CN'),
              fen: sayYuan(total.fen),
            },
          }
        : {})}
    />
  );
}

/** 11月24日, and with its year when that is another; a list to check against has no 昨天. */
function dayIn(day: Day, today: Day): string {
  const said = `${Number(day.slice(5, 7))}月${Number(day.slice(8, 10))}日`;
  return yearOf(day) === yearOf(today) ? said : `${yearOf(day)}年${said}`;
}
