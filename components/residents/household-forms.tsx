import { Button } from '@/components/ui/button';
import { CheckField, ChoiceField } from '@/components/ui/choice-field';
import { CommandForm } from '@/components/ui/command-form';
import { DateField, NumberField, SelectField, TextField } from '@/components/ui/field';
import type { FormReturn } from '@/components/ui/form-return';
import { holdsSecretary, shownOf } from '@/lib/residents/rules';
import { APPOINTABLE } from '@/lib/residents/schema';
import {
  type GroupView,
  type HouseholdView,
  type MemberView,
  RELATION_NAMES,
  type Relation,
  ROLE_NAMES,
} from '@/lib/residents/types';

// The forms of the roster. `form` is given to the form that was refused and to no other.

interface Common {
  form: FormReturn | null;
  token: string;
}

const RELATIONS = (Object.keys(RELATION_NAMES) as Relation[]).map((value) => ({
  value,
  label: RELATION_NAMES[value],
}));

function BirthYear({ form, value }: { form: FormReturn | null; value?: number | null }) {
  return (
    <NumberField
      name="birthYear"
      label="出生年份"
      hint="四位数，比如 1962。不清楚可以不填。"
      optional
      maxLength={4}
      form={form}
      {...(value ? { defaultValue: value } : {})}
    />
  );
}

function PhoneField({ form, hint }: { form: FormReturn | null; hint: string }) {
  return (
    <TextField
      name="phone"
      label="手机号"
      type="tel"
      inputMode="tel"
      autoComplete="off"
      hint={hint}
      optional
      form={form}
    />
  );
}

/** A new household. */
export function HouseholdForm({ groups, form, token }: Common & { groups: GroupView[] }) {
  return (
    <CommandForm
      name="add-household"
      back="/desk/people/new"
      next="/desk/people/{subject}"
      form={form}
      token={token}
      label="登记一户"
    >
      <SelectField
        name="groupId"
        label="小组"
        options={groups.map((group) => ({ value: group.id, label: group.name }))}
        form={form}
      />
      <TextField name="headName" label="户主姓名" autoComplete="off" maxLength={30} form={form} />
      <BirthYear form={form} />
      <PhoneField form={form} hint="用来登录和收通知。没有就不填，请帮办员代记。" />
      <TextField name="doorNumber" label="门牌" autoComplete="off" maxLength={20} optional form={form} />
      <Button kind="primary">登记</Button>
    </CommandForm>
  );
}

/** A household's door number and what exempts it. */
export function ChangeHouseholdForm({
  household,
  form,
  token,
}: Common & { household: Pick<HouseholdView, 'id' | 'doorNumber' | 'flags'> }) {
  const page = `/desk/people/${household.id}`;
  return (
    <CommandForm
      name="change-household"
      back={`${page}?edit=household`}
      next={page}
      fixed={{ householdId: household.id, shown: shownOf(household) }}
      form={form}
      token={token}
      label="修改户的资料"
    >
      <TextField
        name="doorNumber"
        label="门牌"
        autoComplete="off"
        maxLength={20}
        optional
        defaultValue={household.doorNumber}
        form={form}
      />
      <CheckField
        name="isFiveGuarantee"
        label="五保"
        defaultChecked={household.flags.isFiveGuarantee}
        form={form}
      />
      <CheckField name="isDisabled" label="失能" defaultChecked={household.flags.isDisabled} form={form} />
      <CheckField name="isAbsent" label="无人在家" defaultChecked={household.flags.isAbsent} form={form} />
      <p className="soft">有一项的，不扣分，不上黑榜。</p>
      <Button kind="primary">保存</Button>
    </CommandForm>
  );
}

/** A new member. */
export function MemberForm({ householdId, form, token }: Common & { householdId: string }) {
  const page = `/desk/people/${householdId}`;
  return (
    <CommandForm
      name="add-resident"
      back={`${page}?edit=add`}
      next={page}
      fixed={{ householdId }}
      form={form}
      token={token}
      label="登记家里人"
    >
      <TextField name="name" label="姓名" autoComplete="off" maxLength={30} form={form} />
      <SelectField name="relation" label="和户主的关系" options={RELATIONS} empty="请选" form={form} />
      <BirthYear form={form} />
      <PhoneField form={form} hint="用来登录和收通知。没有就不填。" />
      <Button kind="primary">登记</Button>
    </CommandForm>
  );
}

/** A member's name, relation and birth year. */
export function ChangeMemberForm({
  member,
  householdId,
  form,
  token,
}: Common & { member: MemberView; householdId: string }) {
  const page = `/desk/people/${householdId}`;
  return (
    <CommandForm
      name="change-resident"
      back={`${page}/${member.id}?edit=who`}
      next={page}
      fixed={{ residentId: member.id }}
      form={form}
      token={token}
      label={`修改${member.name}的资料`}
    >
      <TextField
        name="name"
        label="姓名"
        autoComplete="off"
        maxLength={30}
        defaultValue={member.name}
        form={form}
      />
      <SelectField
        name="relation"
        label="和户主的关系"
        hint="改成户主，原来的户主自动换下；他要先有出生年份。"
        options={RELATIONS}
        defaultValue={member.relation}
        form={form}
      />
      <BirthYear form={form} value={member.birthYear} />
      <Button kind="primary">保存</Button>
    </CommandForm>
  );
}

/** The number a member signs in with. */
export function LinkPhoneForm({
  member,
  householdId,
  form,
  token,
}: Common & { member: MemberView; householdId: string }) {
  const page = `/desk/people/${householdId}`;
  const stays = holdsSecretary(member) ? '，村书记除外' : '';
  return (
    <CommandForm
      name="link-phone"
      back={`${page}/${member.id}?edit=phone`}
      next={page}
      fixed={{ residentId: member.id }}
      form={form}
      token={token}
      label={`登记${member.name}的手机号`}
    >
      <PhoneField
        form={form}
        hint={
          member.phone
            ? `现在是 ${member.phone}。写新号码就换掉，旧手机马上退出，职务跟人走。留空就取消登记，他在村里的职务也结束${stays}。`
            : '登记以后，这个号码就能登录。'
        }
      />
      <Button kind="outline">保存手机号</Button>
    </CommandForm>
  );
}

const ROLE_NOTES: Record<(typeof APPOINTABLE)[number], string> = {
  STEWARD: '替没有手机的人家记好事',
  VERIFIER: '核实申报，自家和近亲的除外',
  SUPERVISOR: '监督，不能同时是村书记或核分员',
};

/** Appoints a member. */
export function AppointForm({
  member,
  householdId,
  today,
  form,
  token,
}: Common & { member: MemberView; householdId: string; today: string }) {
  const page = `/desk/people/${householdId}`;
  return (
    <CommandForm
      name="appoint"
      back={`${page}/${member.id}?edit=role`}
      next={page}
      fixed={{ residentId: member.id }}
      form={form}
      token={token}
      label={`任命${member.name}`}
    >
      <ChoiceField
        name="role"
        label="职务"
        options={APPOINTABLE.map((value) => ({ value, label: ROLE_NAMES[value], note: ROLE_NOTES[value] }))}
        form={form}
      />
      <DateField name="from" label="从哪天起" defaultValue={today} form={form} />
      <DateField name="until" label="到哪天止" hint="不写就是一直到结束任期" optional form={form} />
      <Button kind="outline">任命</Button>
    </CommandForm>
  );
}
