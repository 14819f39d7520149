import { Button } from '@/components/ui/button';
import { CommandForm } from '@/components/ui/command-form';
import { SelectField } from '@/components/ui/field';
import { Line, Lines } from '@/components/ui/lines';
import { EmptyState } from '@/components/ui/message';
import { Section } from '@/components/ui/page-head';
import { SearchField } from '@/components/ui/search-field';
import { sayFullDay } from '@/lib/deductions/rules';
import type { HouseholdView, MemberView, ResidentChoice } from '@/lib/residents/types';

/** Declared near kin of a household, and the way to declare more: look for the other one, then choose the pair. */
export function KinPart({
  household,
  members,
  search,
  choices,
  token,
  may,
  ownHouseholdIds,
}: {
  household: HouseholdView;
  members: MemberView[];
  search: string;
  choices: ResidentChoice[];
  token: string;
  may: { declare: boolean; end: boolean };
  /** the household of who looks: kinship of it is for another to end */
  ownHouseholdIds: string[];
}) {
  const page = `/desk/people/${household.id}`;
  const isOwn = (other: string) => ownHouseholdIds.includes(household.id) || ownHouseholdIds.includes(other);
  const nameOf = (id: string) => household.members.find((member) => member.id === id)?.name ?? '';
  return (
    <Section title="近亲属（回避）" id="kin">
      <p className="soft">
        登记过的近亲属，互相不能核实对方一家的申报。取消登记以后，还要再回避一年；自己家的，要请别人来取消。
      </p>
      {household.kin.length > 0 ? (
        <Lines label="近亲属">
          {household.kin.map((kin) => (
            <Line
              key={kin.id}
              title={`${nameOf(kin.residentId)} 和 ${kin.otherName}`}
              meta={
                kin.until
                  ? `${kin.otherHouseholdCode}，登记已经取消，回避到 ${sayFullDay(kin.until)}`
                  : kin.otherHouseholdCode
              }
              href={`/desk/people/${kin.otherHouseholdId}`}
            >
              {may.end && kin.until === null && isOwn(kin.otherHouseholdId) ? (
                <p className="soft">涉及您自家，要由别的村书记来取消。</p>
              ) : may.end && kin.until === null ? (
                <CommandForm
                  name="end-kin"
                  back={page}
                  next={page}
                  fixed={{ kinshipId: kin.id }}
                  token={token}
                  className="line-act"
                  label={`取消登记：${kin.otherName}`}
                >
                  <Button kind="quiet">取消登记</Button>
                </CommandForm>
              ) : null}
            </Line>
          ))}
        </Lines>
      ) : (
        <p>没有登记。</p>
      )}
      {may.declare && members.length > 0 && household.leftOn === null ? (
        <>
          <h3>登记一对近亲属</h3>
          <SearchField
            action={`${page}#kin`}
            name="kin"
            label="找另一家的人：姓名、拼音或户号"
            placeholder="另一家的姓名、拼音、户号"
            value={search}
          />
          {search && choices.length === 0 ? (
            <EmptyState title={`没有找到“${search}”`}>换个写法，或者写户号。</EmptyState>
          ) : null}
          {choices.length > 0 ? (
            <CommandForm
              name="declare-kin"
              back={page}
              next={page}
              token={token}
              label="登记一对近亲属"
              className="kin-form"
            >
              <SelectField
                name="residentId"
                label="这一家的"
                options={members.map((member) => ({ value: member.id, label: member.name }))}
              />
              <SelectField
                name="otherId"
                label="另一家的"
                options={choices.map((choice) => ({
                  value: choice.id,
                  label: `${choice.householdCode} ${choice.name}`,
                }))}
              />
              <Button kind="outline">登记为近亲属</Button>
            </CommandForm>
          ) : null}
        </>
      ) : null}
    </Section>
  );
}
