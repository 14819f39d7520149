import { PhotoForm } from '@/components/photos/photo-form';
import { PhotoInput } from '@/components/photos/photo-input';
import { Button } from '@/components/ui/button';
import { ChoiceField } from '@/components/ui/choice-field';
import { CommandForm } from '@/components/ui/command-form';
import { DateField, FieldError, NumberField, SelectField, TextField } from '@/components/ui/field';
import { type FormReturn, fieldError } from '@/components/ui/form-return';
import type { BallotView } from '@/lib/rulebook/ballot/types';
import { type MeetingRules, sayMeetingRule } from '@/lib/rulebook/resolution/rules';
import { MINUTES_MOST } from '@/lib/rulebook/resolution/schema';
import type { VoteUnit } from '@/lib/rulebook/types';

/** When meetings of the village count, and who votes on the phone. */
export function MeetingRulesForm({
  rules,
  form,
  token,
}: {
  rules: MeetingRules & { ballotUnit: VoteUnit };
  form: FormReturn | null;
  token: string;
}) {
  const thirds = [
    { value: '2', label: '三分之二' },
    { value: '3', label: '全部' },
  ];
  return (
    <CommandForm
      name="change-meeting-rules"
      back="/desk/rulebook?edit=rules"
      next="/desk/rulebook"
      form={form}
      token={token}
      label="会议规则"
    >
      <p className="soft mb-4">照村民委员会组织法，只能比它严，不能比它松。</p>
      <div className="field-pair">
        <NumberField
          name="quorumAdultsPercent"
          label="按人开会，到会要超过成年村民的"
          hint="50 到 99"
          unit="%"
          defaultValue={rules.quorumAdultsPercent}
          form={form}
        />
        <SelectField
          name="quorumHouseholdsOf3"
          label="按户开会，到会不少于"
          options={thirds}
          defaultValue={String(rules.quorumHouseholdsOf3)}
          form={form}
        />
        <SelectField
          name="quorumRepresentativesOf3"
          label="代表会议，到会不少于"
          options={thirds}
          defaultValue={String(rules.quorumRepresentativesOf3)}
          form={form}
        />
        <NumberField
          name="majorityPercent"
          label="赞成要超过到会的"
          hint="50 到 99"
          unit="%"
          defaultValue={rules.majorityPercent}
          form={form}
        />
        <NumberField
          name="representatives"
          label="村民代表人数"
          hint="没有选代表的填 0"
          unit="名"
          defaultValue={rules.representatives}
          form={form}
        />
      </div>
      <ChoiceField
        name="ballotUnit"
        label="手机表决谁有票"
        options={[
          { value: 'HOUSEHOLD', label: '一户一票', note: '家里谁先投算谁的' },
          { value: 'ADULT', label: '满 18 岁的一人一票' },
        ]}
        defaultValue={rules.ballotUnit}
        form={form}
      />
      <Button kind="outline">保存会议规则</Button>
    </CommandForm>
  );
}

/** The meeting's resolution on a draft. Where there was a vote, its numbers are the vote's and are not asked for. */
export function ResolutionForm({
  versionId,
  base,
  ballot,
  rules,
  rolls,
  today,
  earliest,
  photos,
  form,
  token,
}: {
  versionId: string;
  base: string;
  ballot: BallotView | null;
  rules: MeetingRules;
  /** households and adults on the roster, to begin from */
  rolls: { HOUSEHOLD: number; ADULT: number };
  today: string;
  /** first day on which the meeting may have been */
  earliest: string;
  photos: string[];
  form: FormReturn | null;
  token: string;
}) {
  const page = `${base}/resolution`;
  const here = `${page}?${photos.map((photo) => `photo=${photo}`).join('&')}`;
  // Refused before the form was sent: a photo.
  const early = form && !('heldOn' in form.entered) ? form : null;
  const sent = early ? null : form;
  const aboutPhotos = sent?.refusal.code.startsWith('PHOTO') ? sent.refusal.sentence : undefined;
  const photoError =
    fieldError(sent, 'photos') ??
    aboutPhotos ??
    (early ? `${early.refusal.sentence}${early.refusal.next}` : undefined);
  const meetings = [
    { value: 'ASSEMBLY_HOUSEHOLD', label: '村民会议，按户', unit: 'HOUSEHOLD' as const },
    { value: 'ASSEMBLY_ADULT', label: '村民会议，按人', unit: 'ADULT' as const },
    { value: 'REPRESENTATIVES', label: '村民代表会议', unit: 'REPRESENTATIVE' as const },
  ].filter((one) => !ballot || one.unit === ballot.unit);
  return (
    <>
      <PhotoForm id="minutes-photos" back={here} seat="desk" token={token} />
      <CommandForm
        name="adopt-rulebook"
        back={here}
        next={base}
        fixed={{ versionId }}
        form={sent}
        token={token}
        label="录入决议"
      >
        <fieldset
          className="field"
          id="f-photos"
          aria-describedby={photoError ? 'f-photos-error' : undefined}
        >
          <legend className="field-label">会议记录的照片</legend>
          <div className="field-hint">把签到和表决结果那几页拍清楚。只有村里办事的人看得到。</div>
          <PhotoInput photos={photos} most={MINUTES_MOST} seat="desk" formId="minutes-photos" here={here} />
          <FieldError id="f-photos-error" error={photoError} />
        </fieldset>
        <ChoiceField
          name="meeting"
          label="什么会"
          options={meetings.map(({ value, label, unit }) => ({
            value,
            label,
            note: sayMeetingRule(rules, unit),
          }))}
          defaultValue={meetings[0]?.value}
          form={sent}
        />
        <DateField
          name="heldOn"
          label="开会的日子"
          min={earliest}
          max={today}
          defaultValue={today}
          form={sent}
        />
        {ballot ? null : (
          <>
            <div className="field-pair">
              <NumberField
                name="eligible"
                label="应到"
                hint={`户口册上 ${rolls.HOUSEHOLD} 户、成年 ${rolls.ADULT} 人，应到不能比开会那天的少${
                  rules.representatives > 0 ? `；代表 ${rules.representatives} 名` : ''
                }`}
                defaultValue={rolls.HOUSEHOLD}
                form={sent}
              />
              <NumberField name="present" label="实到" form={sent} />
            </div>
            <div className="field-pair">
              <NumberField name="votesFor" label="赞成" unit="票" form={sent} />
              <NumberField name="votesAgainst" label="反对" unit="票" form={sent} />
              <NumberField name="abstained" label="弃权" unit="票" form={sent} />
            </div>
          </>
        )}
        <div className="field-pair">
          <DateField
            name="effectiveFrom"
            label="从哪天起施行"
            hint="今天或者以后"
            min={today}
            defaultValue={today}
            form={sent}
          />
          <TextField
            name="filingNumber"
            label="镇里的备案号"
            hint="还没有的，以后再登记"
            maxLength={40}
            optional
            form={sent}
          />
        </div>
        <p className="soft">录入以后就不能改了，请和会议记录核对一遍。</p>
        <Button kind="primary">录入决议，通过新细则</Button>
      </CommandForm>
    </>
  );
}
