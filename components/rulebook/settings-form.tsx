import { Button } from '@/components/ui/button';
import { CheckField, ChoiceField } from '@/components/ui/choice-field';
import { CommandForm } from '@/components/ui/command-form';
import { FieldError, NumberField } from '@/components/ui/field';
import { enteredList, type FormReturn, fieldError, focusIf, placeErrors } from '@/components/ui/form-return';
import type { VersionSettings } from '@/lib/rulebook/types';
import {
  ANSWER_DAYS_LEAST,
  BLACK_DAYS_MOST,
  PUBLICITY_DAYS_LEAST,
  STARS_MOST,
} from '@/lib/rulebook/validate';

const orNothing = (value: number | null) => value ?? undefined;

/** Everything a draft decides beside its items. */
export function SettingsForm({
  versionId,
  settings,
  back,
  next,
  token,
  form,
}: {
  versionId: string;
  settings: VersionSettings;
  back: string;
  next: string;
  token: string;
  form: FormReturn | null;
}) {
  return (
    <CommandForm
      name="change-rule-settings"
      back={back}
      next={next}
      fixed={{ versionId }}
      token={token}
      form={form}
      label="其他规定"
      isCheckedHere={false}
    >
      <h2>记分</h2>
      <div className="field-pair">
        <NumberField
          name="secondThreshold"
          label="两人核实"
          hint="一次满多少分要两个人都同意；不填就不要求"
          unit="分"
          optional
          defaultValue={orNothing(settings.secondThreshold)}
          form={form}
        />
        <NumberField
          name="householdMonthCap"
          label="每户每月封顶"
          hint="可兑积分；不填就不封顶"
          unit="分"
          optional
          defaultValue={orNothing(settings.householdMonthCap)}
          form={form}
        />
        <NumberField
          name="budgetPerQuarter"
          label="全村每季预算"
          hint="可兑积分；不填就不设"
          unit="分"
          optional
          defaultValue={orNothing(settings.budgetPerQuarter)}
          form={form}
        />
        <NumberField
          name="outstandingMost"
          label="存量上限"
          hint="全村没兑的积分到了这个数就先停记；不填就不设"
          unit="分"
          optional
          defaultValue={orNothing(settings.outstandingMost)}
          form={form}
        />
      </div>
      <ChoiceField
        name="capPolicy"
        label="超过封顶怎么办"
        options={[
          { value: 'AWARD_REST', label: '只记剩下的部分' },
          { value: 'REFUSE', label: '整笔不记' },
        ]}
        defaultValue={settings.capPolicy}
        form={form}
      />
      <NumberField
        name="referenceFen"
        label="参考比例"
        hint="村里和商户结算时，1 分按几分钱算；100 就是 1 元。积分不是钱，不能买卖"
        unit="分钱"
        defaultValue={settings.referenceFen}
        form={form}
      />
      <ChoiceField
        name="yearEndPolicy"
        label="年底没兑完的"
        options={[
          { value: 'CARRY', label: '全部转到下一年' },
          { value: 'CARRY_UP_TO', label: '转一部分', note: '下面写最多转多少' },
          { value: 'CLEAR', label: '清零', note: '荣誉分保留；提前 30 天通知' },
        ]}
        defaultValue={settings.yearEndPolicy}
        form={form}
      />
      <NumberField
        name="yearEndCarryMost"
        label="最多转"
        unit="分"
        optional
        defaultValue={orNothing(settings.yearEndCarryMost)}
        form={form}
      />
      <StarFields thresholds={settings.starThresholds} form={form} />
      <h2>红榜</h2>
      <div className="field-pair">
        <NumberField
          name="redTop"
          label="每季前几名"
          hint="这个和“满多少分”至少填一个"
          unit="名"
          optional
          defaultValue={orNothing(settings.redTop)}
          form={form}
        />
        <NumberField
          name="redThreshold"
          label="或者满多少分"
          unit="分"
          optional
          defaultValue={orNothing(settings.redThreshold)}
          form={form}
        />
        <NumberField
          name="redDays"
          label="公布多少天"
          unit="天"
          defaultValue={settings.redDays}
          form={form}
        />
      </div>
      <h2>黑榜</h2>
      <CheckField
        name="blackListOn"
        label="设黑榜"
        hint="只上户，姓名遮住；扣分、通知、申辩都走完才能上；未成年人、五保、失能、无人在家的不上"
        defaultChecked={settings.blackListOn}
        form={form}
      />
      <div className="field-pair">
        <NumberField
          name="blackThreshold"
          label="一季扣满多少分"
          unit="分"
          defaultValue={settings.blackThreshold}
          form={form}
        />
        <NumberField
          name="blackDays"
          label="最多挂多少天"
          hint={`最多 ${BLACK_DAYS_MOST} 天`}
          unit="天"
          defaultValue={settings.blackDays}
          form={form}
        />
      </div>
      <ChoiceField
        name="blackAudience"
        label="黑榜给谁看"
        options={[
          { value: 'VILLAGE', label: '只给本村人看', note: '登录以后才看得到' },
          { value: 'EVERYONE', label: '公开' },
        ]}
        defaultValue={settings.blackAudience}
        form={form}
      />
      <h2>日子</h2>
      <div className="field-pair">
        <NumberField
          name="publicityDays"
          label="公示"
          hint={`至少 ${PUBLICITY_DAYS_LEAST} 天`}
          unit="天"
          defaultValue={settings.publicityDays}
          form={form}
        />
        <NumberField
          name="answerDays"
          label="扣分申辩"
          hint={`至少 ${ANSWER_DAYS_LEAST} 天，从通知送到那天算起`}
          unit="天"
          defaultValue={settings.answerDays}
          form={form}
        />
        <NumberField
          name="warningDays"
          label="提醒后整改"
          hint="至少 3 天"
          unit="天"
          defaultValue={settings.warningDays}
          form={form}
        />
        <NumberField
          name="objectionDays"
          label="异议答复"
          hint="最多 30 天"
          unit="天"
          defaultValue={settings.objectionDays}
          form={form}
        />
      </div>
      <Button kind="primary">保存</Button>
    </CommandForm>
  );
}

const STAR_WORDS = '一二三四五';

function StarFields({ thresholds, form }: { thresholds: number[]; form: FormReturn | null }) {
  const entered = enteredList(form, 'starThresholds') ?? thresholds.map(String);
  const wrong = placeErrors(form, 'starThresholds');
  const whole = fieldError(form, 'starThresholds');
  const error =
    [whole, ...[...wrong].map(([index, said]) => `${STAR_WORDS[index] ?? ''}星：${said}`)]
      .filter(Boolean)
      .join('；') || undefined;
  const firstWrong = error ? Math.min(...(wrong.size > 0 ? wrong.keys() : [0])) : null;
  return (
    <fieldset className="field" id="f-stars" aria-describedby={error ? 'f-stars-error' : undefined}>
      <legend className="field-label">
        星级<small>选填</small>
      </legend>
      <div className="field-hint">一季的荣誉分满多少，评几颗星。从低到高，不评的空着。</div>
      <div className="star-row">
        {Array.from({ length: STARS_MOST }, (_, index) => (
          // A field is its star.
          <label key={String(index)}>
            <span>{STAR_WORDS[index]}星</span>
            <input
              className="input"
              name="starThresholds[]"
              defaultValue={entered[index] ?? ''}
              inputMode="numeric"
              pattern="[0-9０-９]*"
              autoComplete="off"
              aria-invalid={wrong.has(index) || whole !== undefined || undefined}
              {...focusIf(index === firstWrong ? error : undefined)}
            />
          </label>
        ))}
      </div>
      <FieldError id="f-stars-error" error={error} />
    </fieldset>
  );
}
