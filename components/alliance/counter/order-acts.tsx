import { Button } from '@/components/ui/button';
import { ChoiceField } from '@/components/ui/choice-field';
import { CommandForm } from '@/components/ui/command-form';
import { Disclosure } from '@/components/ui/disclosure';
import { TextField } from '@/components/ui/field';
import { enteredText, type FormReturn } from '@/components/ui/form-return';
import { orderReasons } from '@/lib/alliance/counter/rules';
import type { RedemptionView } from '@/lib/alliance/counter/types';

const NOTE_MOST = 100;

/** What the shop does with an order: hands it over, or calls it off with a reason. */
export function OrderActs({
  redemption: r,
  form,
  token,
}: {
  redemption: RedemptionView;
  form: FormReturn | null;
  token: string;
}) {
  const here = `/shop/redemptions/${r.id}`;
  const common = {
    back: here,
    next: here,
    token,
    fixed: { redemptionId: r.id, villageId: r.villageId },
  };
  return (
    <div className="order-acts">
      <CommandForm name="hand-over-order" {...common}>
        <Button kind="done" wide>
          尾号对上了，交给他
        </Button>
      </CommandForm>
      <Disclosure
        title="给不了了，取消"
        note="分退给他家"
        open={form !== null && enteredText(form, 'reason') !== undefined}
      >
        <CommandForm name="void-order-as-shop" {...common}>
          <ChoiceField name="reason" label="为什么" form={form} options={orderReasons()} />
          <TextField name="note" label="说一句" optional form={form} maxLength={NOTE_MOST} />
          <Button kind="danger" wide>
            取消，退回 {r.points} 分
          </Button>
        </CommandForm>
      </Disclosure>
    </div>
  );
}
