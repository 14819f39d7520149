import { DataTable } from '@/components/ui/data-table';
import { StatusText } from '@/components/ui/status-text';
import { sayPoints } from '@/lib/lists/rules';
import type { DeskRow, ListLine } from '@/lib/lists/types';

/** The rows of a list for the office: names in full, what each rests on, how it will be shown. */
export function RowsTable({ line, rows }: { line: ListLine; rows: DeskRow[] }) {
  const isBlack = line.kind === 'BLACK' && line.subject === 'HOUSEHOLD';
  const who = line.subject === 'PLACE' ? '地段' : line.subject === 'RESIDENT' ? '姓名' : '户主';
  return (
    <DataTable
      caption={`名单（${rows.length} 行）`}
      lines
      columns={[
        { key: 'name', label: who, short: true },
        ...(isBlack ? [] : [{ key: 'rank' as const, label: '名次', number: true, at: 'rank' as const }]),
        { key: 'where', label: line.subject === 'PLACE' ? '谁管' : '户号', short: true },
        { key: 'points', label: isBlack ? '扣分' : '得分', number: true, at: 'figure' },
        ...(isBlack ? [{ key: 'reasons' as const, label: '依据', at: 'whole' as const }] : []),
        ...(line.kind === 'RED' && line.subject !== 'PLACE'
          ? [{ key: 'named' as const, label: '写名字' }]
          : []),
        { key: 'state', label: '现在' },
      ]}
      rows={rows.map((row) => ({
        id: row.id,
        cells: {
          name: row.householdId ? <a href={`/desk/lists/${line.id}/${row.id}`}>{row.name}</a> : row.name,
          rank: row.rank,
          where: row.where,
          points: sayPoints(line.subject, row.points),
          reasons: row.reasons.join('；'),
          named: row.isNamed ? '同意写全名' : '隐去',
          state:
            row.state === 'SUSPENDED' ? (
              <StatusText state="wait">有异议，先不公布</StatusText>
            ) : line.state === 'DRAFT' || line.state === 'CHECKED' ? (
              '拟上榜'
            ) : line.state === 'PUBLICITY' || line.state === 'FINAL' ? (
              <StatusText state="ok">在榜</StatusText>
            ) : (
              '不再公布'
            ),
        },
      }))}
    />
  );
}
