import { Button } from '@/components/ui/button';
import { CommandForm } from '@/components/ui/command-form';
import { enteredList, type FormReturn } from '@/components/ui/form-return';
import { Message } from '@/components/ui/message';
import { Section } from '@/components/ui/page-head';
import type { EventSheet, SheetLine } from '@/lib/deeds/event/types';
import type { Recusal } from '@/lib/deeds/queue/types';
import { isOpen } from '@/lib/deeds/rules';
import type { DeedState } from '@/lib/deeds/types';
import { newId } from '@/lib/platform/ids';
import { maskName } from '@/lib/residents/rules';

const RECUSAL_WORDS: Record<Recusal, string> = {
  OWN_HOUSEHOLD: '自家的，要请别人核实',
  NEAR_KIN: '近亲属，要请别人核实',
  OWN_REPORT: '您自己登记的，要请别人核实',
  SAME_PERSON_TWICE: '您核过一次，等另一人',
};

const STATE_WORDS: Record<DeedState, string> = {
  SUBMITTED: '等核实',
  AWAITING_SECOND: '等第二人',
  APPROVED: '通过',
  RETURNED: '退回',
  WITHDRAWN: '撤回',
};

function nameOf(line: SheetLine): string {
  return `${line.householdCode} ${maskName(line.residentName)}`;
}

/** Everyone on the sheet: those who can be approved ticked, the others with what became of them. */
export function BatchSheet({
  sheet,
  mayDecide,
  form,
}: {
  sheet: EventSheet;
  mayDecide: boolean;
  form: FormReturn | null;
}) {
  const open = sheet.lines.filter((line) => isOpen(line.state) && line.recusal === null);
  const others = sheet.lines.filter((line) => !open.includes(line));
  const kept = enteredList(form, 'deedIds');
  const id = newId();
  const here = `/desk/deeds/event/${sheet.id}`;
  return (
    <>
      {!mayDecide ? (
        <Message tone="look" title="核实由核分员来做，您在这里只能看。">
          发现不对的地方，请告诉核分员。
        </Message>
      ) : null}
      {open.length > 0 ? (
        <Section title={`等核实 ${open.length} 份`} id="open">
          {mayDecide ? (
            <CommandForm
              name="approve-batch"
              id={id}
              back={here}
              next={`${here}?batch=${id}`}
              form={form}
              label="批量通过"
            >
              <p className="field-hint">没到场的，去掉勾；去掉的不会退回，还在等核实。</p>
              <ul className="people">
                {open.map((line) => (
                  <li key={line.deedId}>
                    <label className="choice">
                      <input
                        type="checkbox"
                        name="deedIds[]"
                        value={line.deedId}
                        defaultChecked={kept ? kept.includes(line.deedId) : true}
                      />
                      <span>
                        {nameOf(line)}
                        {line.state === 'AWAITING_SECOND' ? <small>等第二人</small> : null}
                      </span>
                    </label>
                  </li>
                ))}
              </ul>
              <div className="sheet-bar">
                <div className="grow">
                  <Button kind="done" wide kbd="A">
                    打勾的都通过
                  </Button>
                </div>
              </div>
            </CommandForm>
          ) : (
            <People lines={open} />
          )}
        </Section>
      ) : null}
      {others.length > 0 ? (
        <Section title={open.length > 0 ? '其余的' : '名单'} id="others">
          <People lines={others} />
        </Section>
      ) : null}
    </>
  );
}

function People({ lines }: { lines: SheetLine[] }) {
  return (
    <ul className="lines">
      {lines.map((line) => (
        <li key={line.deedId}>
          <a className="line" href={`/desk/deeds/${line.deedId}`}>
            <span className="line-title">{nameOf(line)}</span>
            <span className="line-state">
              {STATE_WORDS[line.state]}
              {line.honour !== null ? `，+${line.honour} 分` : null}
            </span>
            {line.recusal && isOpen(line.state) ? (
              <small className="line-meta">{RECUSAL_WORDS[line.recusal]}</small>
            ) : null}
          </a>
        </li>
      ))}
    </ul>
  );
}
