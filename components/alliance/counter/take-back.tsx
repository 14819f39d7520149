import { Button, ButtonRow } from '@/components/ui/button';
import { ChoiceField } from '@/components/ui/choice-field';
import { CommandForm } from '@/components/ui/command-form';
import { Disclosure } from '@/components/ui/disclosure';
import { TextField } from '@/components/ui/field';
import type { FormReturn } from '@/components/ui/form-return';
import { Message } from '@/components/ui/message';
import { type CanDo, sayReason, undoReasons } from '@/lib/alliance/counter/rules';
import type { RedemptionView } from '@/lib/alliance/counter/types';

const NOTE_MOST = 100;

/** What a side may do to give points back: undo, ask for a refund, answer one. Nothing where it may do nothing. */
export function TakeBack({
  redemption: r,
  side,
  can,
  form,
  token,
}: {
  redemption: RedemptionView;
  side: 'shop' | 'household';
  can: CanDo;
  form: FormReturn | null;
  token: string;
}) {
  const here = `/${side === 'shop' ? 'shop' : 'me'}/redemptions/${r.id}`;
  const common = {
    back: here,
    next: here,
    token,
    fixed: { redemptionId: r.id, ...(side === 'shop' ? { villageId: r.villageId } : {}) },
  };
  const refund = side === 'shop' ? 'refund-as-shop' : 'refund-as-household';
  const decline = side === 'shop' ? 'decline-refund-as-shop' : 'decline-refund-as-household';
  const other = side === 'shop' ? '顾客' : '店里';

  if (can.answerRefund)
    return (
      <>
        <Message tone="look" title={`${other}想退货，退回 ${r.points} 分，同意吗？`}>
          {`原因：${[sayReason(r.refundWhy), r.refundNote].filter(Boolean).join('：')}`}
        </Message>
        <ButtonRow>
          <CommandForm name={refund} {...common} label="同意退货">
            <Button kind="done" wide>
              同意退
            </Button>
          </CommandForm>
          <CommandForm name={decline} {...common} label="不同意退货">
            <Button kind="danger" wide>
              不同意
            </Button>
          </CommandForm>
        </ButtonRow>
        <p className="soft">不同意就什么都不变。谈不拢，可以请村务监督员说句公道话。</p>
      </>
    );
  if (can.waitsForRefund)
    return (
      <>
        <Message tone="look" title={`已经提了退货，等${other}同意。`}>
          {`${other}同意以后，${r.points} 分退回去。`}
        </Message>
        <CommandForm name={decline} {...common} label="不退了">
          <Button wide>不退了，收回</Button>
        </CommandForm>
      </>
    );
  if (!can.undo && !can.askRefund) return null;
  return (
    <Disclosure
      title={can.undo ? '收错了，撤销这笔' : side === 'shop' ? '提出退货' : '想退货'}
      note={can.undo ? '当天可以' : `要${other}同意`}
      open={form !== null}
    >
      <CommandForm name={can.undo ? 'undo-redemption' : refund} {...common}>
        <ChoiceField name="reason" label="为什么" form={form} options={undoReasons(side)} />
        <TextField name="note" label="说一句" optional form={form} maxLength={NOTE_MOST} />
        <Button kind="danger" wide>
          {can.undo ? `撤销，退回 ${r.points} 分` : `提出退货，请${other}同意`}
        </Button>
      </CommandForm>
    </Disclosure>
  );
}
