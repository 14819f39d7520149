import { Button } from '@/components/ui/button';
import { ChecksField } from '@/components/ui/choice-field';
import { CommandForm } from '@/components/ui/command-form';
import { Disclosure } from '@/components/ui/disclosure';
import { DateField, NumberField, TextField } from '@/components/ui/field';
import { enteredList, type FormReturn } from '@/components/ui/form-return';
import type { RewardRow } from '@/lib/rewards/overview/types';
import { BUYS_MOST, REWARD_REASON_MOST } from '@/lib/rewards/schema';

// The forms of the office about rewards; each works without JavaScript. `form` is given to the form that was refused
// and to no other.

interface Common {
  form: FormReturn | null;
  token: string;
}

/** One act that needs a reason: revoking, dropping, cancelling. */
export function ReasonForm({
  command,
  fixed,
  page,
  next,
  label,
  hint,
  act,
  form,
  token,
}: Common & {
  command: string;
  fixed: Record<string, string>;
  page: string;
  next: string;
  /** what the reason is called */
  label: string;
  hint: string;
  /** on the button */
  act: string;
}) {
  return (
    <CommandForm name={command} back={page} next={next} fixed={fixed} form={form} token={token} label={act}>
      <TextField
        name="reason"
        label={label}
        hint={hint}
        maxLength={REWARD_REASON_MOST}
        autoComplete="off"
        form={form}
      />
      <Button kind="danger">{act}</Button>
    </CommandForm>
  );
}

function rowOptions(rows: RewardRow[]) {
  return rows.map((row) => ({
    value: row.id,
    label: `第 ${row.rank} 名 ${row.householdCode} ${row.residentName || row.headName}`,
  }));
}

/** Plaques for all rows that have none yet, or for some of them. */
export function AwardPlaquesForm({
  listId,
  rows,
  page,
  form,
  token,
}: Common & { listId: string; rows: RewardRow[]; page: string }) {
  const due = rows.filter((row) => row.isStanding && !row.plaque);
  if (due.length === 0) return null;
  const common = { name: 'award-plaques', back: page, next: page, fixed: { listId }, token };
  return (
    <>
      <CommandForm {...common} form={form} className="form-act" label="给每一户颁发">
        <Button kind="primary">给这 {due.length} 户颁发“红榜之家”</Button>
      </CommandForm>
      {due.length > 1 ? (
        <Disclosure title="只给其中几户颁发">
          <CommandForm {...common} label="给选的户颁发">
            <ChecksField name="rowIds" label="选哪几户" optional={false} options={rowOptions(due)} />
            <Button kind="outline">给选的户颁发</Button>
          </CommandForm>
        </Disclosure>
      ) : null}
    </>
  );
}

/** Vouchers for every household of a list, or for some; they wait for the supervisor. */
export function IssueVouchersForm({
  listId,
  rows,
  page,
  first,
  last,
  suggested,
  form,
  token,
}: Common & {
  listId: string;
  rows: RewardRow[];
  page: string;
  /** the days between which the last day may lie */
  first: string;
  last: string;
  suggested: string;
}) {
  const households = new Set(rows.filter((row) => row.isStanding).map((row) => row.householdId)).size;
  const picked = enteredList(form, 'rowIds') ?? [];
  return (
    <CommandForm
      name="issue-vouchers"
      back={`${page}?edit=vouchers`}
      next="/desk/rewards/vouchers/{subject}"
      fixed={{ listId }}
      form={form}
      token={token}
      label="发代金券"
    >
      <TextField
        name="buys"
        label="一张券能换什么"
        hint="印在券上，比如“食用油一桶（5 升）”。"
        maxLength={BUYS_MOST}
        autoComplete="off"
        form={form}
      />
      <NumberField name="points" label="村里按多少分和商户结算" unit="分" maxLength={4} form={form} />
      <DateField
        name="expiresOn"
        label="有效到哪一天"
        hint="当天还能用。最长一年。"
        min={first}
        max={last}
        defaultValue={suggested}
        form={form}
      />
      <Disclosure
        title="只发给其中几户"
        note={`不选就是发给榜上全部 ${households} 户`}
        open={picked.length > 0}
      >
        <ChecksField
          name="rowIds"
          label="选哪几户"
          hint="挑选发放时，不能有经办人自己家和近亲属家。"
          options={rowOptions(rows.filter((row) => row.isStanding))}
          form={form}
        />
      </Disclosure>
      <div className="form-act">
        <Button kind="primary">发放，交监督员复核</Button>
      </div>
    </CommandForm>
  );
}
