import type { FormReturn } from '@/components/ui/form-return';
import { Message, Notice } from '@/components/ui/message';
import { findDeedCall } from '@/lib/deeds/queue/reads';
import { db } from '@/lib/platform/db';

/** What has just happened to another deed than the one that is open: decided already, undone. */
export async function DeskNotice({
  form,
  ok,
  villageId,
  deedId,
}: {
  form: FormReturn | null;
  ok: string | string[] | undefined;
  villageId: string;
  /** the open deed: what was refused about it stands at its buttons */
  deedId?: string;
}) {
  const about = typeof form?.entered.deedId === 'string' ? form.entered.deedId : null;
  if (form && about !== deedId) {
    const call = about ? await findDeedCall(db(), villageId, about) : null;
    return (
      <div className="desk-notice">
        <Message
          tone="look"
          title={call ? `${call}：${form.refusal.sentence}` : form.refusal.sentence}
          role="alert"
        >
          {form.refusal.code === 'ALREADY_DECIDED' ? '已经翻到下一件。' : form.refusal.next}
        </Message>
      </div>
    );
  }
  if (ok === 'undo-decision') {
    return (
      <div className="desk-notice">
        <Notice title="撤销了，这件回到等核实。" />
      </div>
    );
  }
  return null;
}
