import { Button, LinkButton } from '@/components/ui/button';
import { CommandForm } from '@/components/ui/command-form';
import { DataTable } from '@/components/ui/data-table';
import type { FormReturn } from '@/components/ui/form-return';
import { Message } from '@/components/ui/message';
import { Section } from '@/components/ui/page-head';
import type { LeftOut, Preview } from '@/lib/lists/desk/types';
import { isRunning, sayMoment, sayPoints, sayRule } from '@/lib/lists/rules';
import { type ListKind, type ListLine, type ListSubject, sayState } from '@/lib/lists/types';
import { sayList } from './list-line';

/** Why a deduction does not put its household on a black list, for the secretary. */
const FAULTS: Record<string, string> = {
  '': '扣分没有满',
  LIST_NOT_POSTED: '扣分还没有记，或者已冲销',
  LIST_NO_NOTICE: '扣分告知还没有送到',
  LIST_ANSWER_RUNNING: '还在申辩期里',
  LIST_OBJECTION_OPEN: '有异议还没有答复',
  LIST_EXEMPT: '照顾户或已迁出，不上黑榜',
  LIST_MINOR: '记的是未成年人，或者户主是未成年人，不上黑榜',
  LIST_ITEM_NOT_IN_FORCE: '现在的细则没有这一项了',
  LIST_ROW_UPHELD: '对上过的榜提的异议成立了，不再上榜',
  LIST_HAD_ITS_DAYS: '已经公布满了天数，不再上榜',
};

/** One that is there already, what is to be done first, and the way to it. */
function InTheWay({ list }: { list: ListLine }) {
  const isPublic = list.state === 'PUBLICITY' || list.state === 'FINAL';
  return (
    <Message
      tone="look"
      title={`这张榜已经有了，${isPublic ? '正在公布' : '还没有公示'}（${sayState(list)}）`}
    >
      <p>
        {isPublic
          ? '同一个季度、同一种榜只公布一张。要更正，先打开那一张撤回，写明原因，再回来重新起草。'
          : '请接着办那一张。要重来，先打开它作废，再回来起草。'}
      </p>
      <p className="message-act">
        <LinkButton href={`/desk/lists/${list.id}`}>打开那一张</LinkButton>
      </p>
    </Message>
  );
}

/** What a list would say if it were drafted now, whom it leaves out and why, and the button that drafts it. */
export function DraftPreview({
  what,
  preview,
  inTheWay,
  form,
  token,
  asOf,
}: {
  what: { kind: ListKind; subject: ListSubject; period: string };
  preview: Preview;
  /** one of this kind and period that is there already: no other is drafted beside it */
  inTheWay: ListLine | null;
  form: FormReturn | null;
  token: string;
  asOf: Date;
}) {
  const name = sayList(what);
  if (!preview.ok) {
    return (
      <Section title={name} id="preview">
        <Message tone="look" title={preview.refusal.sentence}>
          {preview.refusal.next}
        </Message>
      </Section>
    );
  }
  const here = `/desk/lists/new?${new URLSearchParams(what)}`;
  return (
    <Section title={name} id="preview">
      <div className="list-preview">
        {inTheWay ? <InTheWay list={inTheWay} /> : null}
        <p>
          {sayRule({ ...what, ...preview })}。台账截至 {sayMoment(asOf)}
          {isRunning(what.period, asOf) ? '，这个季度还没有完，榜上会写明' : ''}。
          {what.kind === 'BLACK'
            ? preview.audience === 'VILLAGE'
              ? '只给本村登录的村民和村里办事的人看。'
              : '谁都可以看。'
            : ''}
        </p>
        {preview.rows.length === 0 ? (
          <Message tone="plain" title="按细则算下来，一行也没有">
            没有就不用出榜。
          </Message>
        ) : (
          <>
            <DataTable
              caption={`${inTheWay ? '现在重算会上榜的' : '会上榜的'} ${preview.rows.length} ${what.subject === 'PLACE' ? '处' : what.subject === 'RESIDENT' ? '人' : '户'}`}
              lines
              columns={[
                { key: 'name', label: what.subject === 'PLACE' ? '地段' : '姓名' },
                ...(what.kind === 'BLACK'
                  ? []
                  : [{ key: 'rank' as const, label: '名次', number: true, at: 'rank' as const }]),
                { key: 'where', label: what.subject === 'PLACE' ? '谁管' : '户号', short: true },
                {
                  key: 'points',
                  label: what.kind === 'BLACK' && what.subject === 'HOUSEHOLD' ? '扣分' : '得分',
                  number: true,
                  at: 'figure',
                },
              ]}
              rows={preview.rows.map((row) => ({
                id: `${row.rank} ${row.where} ${row.name}`,
                cells: {
                  name: row.name,
                  rank: row.rank,
                  where: row.where,
                  points: sayPoints(what.subject, row.points),
                },
              }))}
            />
            {inTheWay ? null : (
              <CommandForm
                name="draft-list"
                back={here}
                next="/desk/lists/{subject}?ok=draft-list"
                fixed={what}
                form={form}
                token={token}
              >
                <Button kind="primary">按这个起草，送去审核</Button>
              </CommandForm>
            )}
          </>
        )}
        {preview.leftOut.length > 0 ? <LeftOutTable leftOut={preview.leftOut} /> : null}
      </div>
    </Section>
  );
}

function LeftOutTable({ leftOut }: { leftOut: LeftOut[] }) {
  return (
    <DataTable
      caption="有扣分、但不上榜的"
      columns={[
        { key: 'code', label: '户号', short: true },
        { key: 'name', label: '户主' },
        { key: 'item', label: '什么事' },
        { key: 'points', label: '扣分', number: true },
        { key: 'why', label: '为什么不上' },
      ]}
      rows={leftOut.map((one, index) => ({
        id: `${one.code} ${index}`,
        cells: {
          code: one.code,
          name: one.name,
          item: one.item,
          points: one.points,
          why: FAULTS[one.fault] ?? '条件不够',
        },
      }))}
    />
  );
}
