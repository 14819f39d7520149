import type { ReactNode } from 'react';
import { EvidencePart } from '@/components/photos/evidence-part';
import { PhotoForm } from '@/components/photos/photo-form';
import { Button, LinkButton } from '@/components/ui/button';
import { ChoiceField } from '@/components/ui/choice-field';
import { CommandForm } from '@/components/ui/command-form';
import { DateField, TextAreaField } from '@/components/ui/field';
import type { FormReturn } from '@/components/ui/form-return';
import { Message } from '@/components/ui/message';
import { answerLast, recheckEarliest, sayCredited, sayFullDay, sayHearers } from '@/lib/deductions/rules';
import { REASON_MOST } from '@/lib/deductions/schema';
import type { DeductionView } from '@/lib/deductions/types';
import { addDays, type Day } from '@/lib/platform/clock';
import { ReasonForm } from './reason-form';
import { ServedField } from './served-field';

export interface DeskActsProps {
  deduction: DeductionView;
  /** address of the page, without a query */
  href: string;
  token: string;
  today: Day;
  /** photos sent without JavaScript */
  photos: string[];
  /** what came back to the form of that name */
  formOf: (name: string) => FormReturn | null;
  mayRecord: boolean;
  mayPropose: boolean;
  mayRefuse: boolean;
}

const back = (href: string, form: string, photos: string[] = []) =>
  `${href}?f=${form}${photos.map((photo) => `&photo=${photo}`).join('')}`;

/** What comes next about a deduction, as the one big act of its page, for someone who may do it. */
export function DeskActs(props: DeskActsProps): ReactNode {
  switch (props.deduction.task) {
    case 'WARN':
      return <Warn {...props} />;
    case 'PROPOSE':
      return <Propose {...props} label="提出扣分" />;
    case 'WAIT':
      return <Mended {...props} />;
    case 'RECHECK':
      return <Recheck {...props} />;
    case 'APPROVE':
      return <Approve {...props} />;
    case 'HEAR':
      return <Hear {...props} />;
    case 'POST':
      return <Post {...props} />;
    case 'REPAIR':
      return <Repair {...props} />;
    default:
      return null;
  }
}

function Warn({ deduction: one, href, token, today, formOf }: DeskActsProps) {
  const form = formOf('warn');
  const earliest = recheckEarliest(today, one.warningDays);
  return (
    <CommandForm
      name="warn-deduction"
      back={back(href, 'warn')}
      next={href}
      token={token}
      fixed={{ deductionId: one.id }}
      form={form}
    >
      <ServedField signsIn={one.signsIn} form={form} />
      <DateField
        name="recheckOn"
        label="哪天再去看"
        hint={`至少给 ${one.warningDays} 天改，最早 ${sayFullDay(earliest)}`}
        defaultValue={earliest}
        min={earliest}
        form={form}
      />
      <p className="acts">
        <LinkButton href={`${href}/slip`}>先打印提醒单</LinkButton>
      </p>
      <Button kind="primary" wide>
        提醒送到了
      </Button>
    </CommandForm>
  );
}

function Propose({ deduction: one, href, token, photos, formOf, label }: DeskActsProps & { label: string }) {
  const form = formOf('propose');
  const here = back(href, 'propose', photos);
  return (
    <>
      <PhotoForm id="recheck-photos" back={here} seat="desk" token={token} />
      <CommandForm
        name="propose-deduction"
        back={here}
        next={href}
        token={token}
        fixed={{ deductionId: one.id }}
        form={form}
        label={label}
      >
        <EvidencePart
          label={one.warnFirst ? '复查时的照片' : '补充照片'}
          hint="拍清楚还在的地方，这户也看得到"
          photos={photos}
          here={here}
          formId="recheck-photos"
          seat="desk"
          form={form}
        />
        <TextAreaField name="reason" label="说明" optional rows={2} maxLength={REASON_MOST} form={form} />
        <Button kind="primary" wide>
          {label}
        </Button>
        <p className="field-hint">还要村务监督员批准，批准以后这户有 {one.answerDays} 天申辩。</p>
      </CommandForm>
    </>
  );
}

function Mended({ deduction: one, href, token, formOf, mayRecord }: DeskActsProps) {
  if (!mayRecord) return null;
  return (
    <ReasonForm
      command="drop-mended"
      here={back(href, 'mended')}
      next={href}
      token={token}
      fixed={{ deductionId: one.id }}
      label="看到什么"
      hint="例如：木料搬走了，路面扫干净了"
      act="已经改好，不扣了"
      kind="done"
      form={formOf('mended')}
    />
  );
}

function Recheck(props: DeskActsProps) {
  const isDue = props.deduction.recheckOn !== null && props.today >= props.deduction.recheckOn;
  return (
    <>
      <h3 className="deduction-sub">改好了</h3>
      <Mended {...props} />
      {isDue && props.mayPropose ? (
        <>
          <h3 className="deduction-sub deduction-or">还在那里</h3>
          <Propose {...props} label="还没改，提出扣分" />
        </>
      ) : null}
    </>
  );
}

function Approve({ deduction: one, href, token, today, formOf }: DeskActsProps) {
  const form = formOf('approve');
  return (
    <>
      <CommandForm
        name="approve-deduction"
        back={back(href, 'approve')}
        next={href}
        token={token}
        fixed={{ deductionId: one.id }}
        form={form}
        label="批准"
      >
        <ServedField signsIn={one.signsIn} form={form} />
        <DateField
          name="servedOn"
          label="哪天送到"
          hint={`申辩 ${one.answerDays} 天从这天算起；今天送到的，到 ${sayFullDay(answerLast(today, one.answerDays))}为止`}
          defaultValue={today}
          min={today}
          max={addDays(today, 7)}
          form={form}
        />
        <p className="acts">
          <LinkButton href={`${href}/notice`}>先打印告知书</LinkButton>
        </p>
        <Button kind="primary" wide>
          批准，通知这户
        </Button>
        <p className="field-hint">批准以后还不扣分：这户可以申辩，过了最后一天才记。</p>
      </CommandForm>
      <h3 className="deduction-sub deduction-or">不同意扣</h3>
      <ReasonForm
        command="drop-deduction"
        here={back(href, 'drop')}
        next={href}
        token={token}
        fixed={{ deductionId: one.id }}
        label="理由"
        act="不批准，不扣了"
        form={formOf('drop')}
      />
    </>
  );
}

function Hear({ deduction: one, href, token, formOf }: DeskActsProps) {
  const form = formOf('hear');
  return (
    <CommandForm
      name="hear-deduction"
      back={back(href, 'hear')}
      next={href}
      token={token}
      fixed={{ deductionId: one.id }}
      form={form}
    >
      <ChoiceField
        name="outcome"
        label="听了以后怎么定"
        form={form}
        options={[
          { value: 'UPHELD', label: '说得有理，不扣', note: '这一件到此为止' },
          {
            value: 'REJECTED',
            label: '维持',
            note: `申辩期接着算，还有 ${Math.max(one.daysLeft ?? 1, 1)} 天`,
          },
        ]}
      />
      <TextAreaField
        name="reason"
        label="理由"
        hint="这户看得到，写清楚为什么"
        rows={3}
        maxLength={REASON_MOST}
        form={form}
      />
      <Button kind="primary" wide>
        定下来
      </Button>
    </CommandForm>
  );
}

function Post({ deduction: one, href, token, formOf }: DeskActsProps) {
  return (
    <>
      <Message tone="look" title="申辩期过完了，可以记入台账">
        不点也行，系统每个小时自己记一次。{sayCredited(one)}
      </Message>
      <CommandForm
        name="post-deduction"
        back={back(href, 'post')}
        next={href}
        token={token}
        fixed={{ deductionId: one.id }}
        form={formOf('post')}
      >
        <Button kind="primary" wide>
          记入台账，扣 {one.points} 分
        </Button>
      </CommandForm>
    </>
  );
}

function Repair({ deduction: one, href, token, formOf, mayRefuse }: DeskActsProps) {
  return (
    <>
      <CommandForm
        name="confirm-repair"
        back={back(href, 'confirm')}
        next={href}
        token={token}
        fixed={{ deductionId: one.id }}
        form={formOf('confirm')}
        label="整改属实"
      >
        <Button kind="done" wide>
          去看过，改好了，返还 {one.taken?.honour ?? one.points} 分
        </Button>
      </CommandForm>
      <h3 className="deduction-sub deduction-or">还不行</h3>
      {mayRefuse ? (
        <ReasonForm
          command="refuse-repair"
          here={back(href, 'refuse')}
          next={href}
          token={token}
          fixed={{ deductionId: one.id }}
          label="还差什么"
          hint="写明白，人家好接着改"
          act="还不行，请再改"
          form={formOf('refuse')}
        />
      ) : (
        <p>还不行的，{sayHearers(one)}；您只能定改好了。</p>
      )}
    </>
  );
}
