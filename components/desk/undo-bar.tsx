import { Button } from '@/components/ui/button';
import { classNames } from '@/components/ui/class-names';
import { CommandForm } from '@/components/ui/command-form';
import type { UndoableDecision } from '@/lib/deeds/review/types';
import { timeOf } from '@/lib/platform/clock';
import { sayHousehold } from './words';

/** One's own last decision and the way to take it back, as long as there is one. Undoing opens the deed again. */
export function UndoBar({ last, here }: { last: UndoableDecision | null; here: string }) {
  if (!last) return null;
  const did =
    last.kind === 'APPROVE'
      ? `通过，+${last.honour ?? 0} 分`
      : last.kind === 'RETURN'
        ? `退回：${last.reason}`
        : '您这一关通过，等第二人';
  return (
    <div className={classNames('undo-bar', last.kind === 'RETURN' && 'undo-bar-back')} role="status">
      <p>
        刚才：{last.itemName}，{sayHousehold(last)}，{did}
      </p>
      <CommandForm
        name="undo-decision"
        back={here}
        next={`/desk/deeds/${last.deedId}`}
        fixed={{ deedId: last.deedId }}
        label="撤销刚才的核实"
      >
        <Button kind="quiet" kbd="U">
          撤销（{timeOf(last.until)} 前）
        </Button>
      </CommandForm>
    </div>
  );
}
