import { PhotoPart } from '@/components/deeds/photo-part';
import { PhotoForm } from '@/components/photos/photo-form';
import { Button } from '@/components/ui/button';
import { CommandForm } from '@/components/ui/command-form';
import { Disclosure } from '@/components/ui/disclosure';
import { DateField, FieldError, NumberField, TextAreaField, TextField } from '@/components/ui/field';
import { enteredList, enteredText, type FormReturn, fieldError } from '@/components/ui/form-return';
import type { PersonLine } from '@/lib/deeds/event/types';
import { METRIC_MOST, NOTE_MOST } from '@/lib/deeds/schema';
import type { Day } from '@/lib/platform/clock';
import { sayPoints } from '@/lib/rulebook/rules';
import type { CategoryView } from '@/lib/rulebook/types';
import { PeopleCount } from './people-count';

/** The sheet of an event: its facts, then everyone of the village by group, to be ticked. */
export function EventForm({
  people,
  categories,
  today,
  oldest,
  here,
  photos,
  token,
  form,
}: {
  people: PersonLine[];
  categories: CategoryView[];
  today: Day;
  oldest: Day;
  here: string;
  photos: string[];
  token: string;
  form: FormReturn | null;
}) {
  const chosen = new Set(enteredList(form, 'residentIds') ?? []);
  const groups = new Map<string, PersonLine[]>();
  for (const person of people)
    groups.set(person.groupName, [...(groups.get(person.groupName) ?? []), person]);
  const extra = ['note', 'metricValue', 'quantity'].some((name) => enteredText(form, name));
  const about = form && !('name' in form.entered) ? form : null;
  const itemError = fieldError(form, 'itemId');
  return (
    <>
      <PhotoForm id="event-photos" back={here} seat="desk" token={token} />
      <CommandForm
        name="record-event"
        back={here}
        next="/desk/deeds/event/{subject}"
        token={token}
        form={about ? null : form}
        label="登记活动"
      >
        <PhotoPart
          seat="desk"
          rule="OPTIONAL"
          photos={photos}
          here={here}
          formId="event-photos"
          error={fieldError(form, 'photos')}
          refusal={about}
        />
        <TextField
          name="name"
          label="什么活动"
          hint="如：11 月清河行动、3 组院坝会"
          form={form}
          minLength={2}
          maxLength={40}
        />
        <div className="field">
          <label className="field-label" htmlFor="f-itemId">
            记哪一项
          </label>
          <div className="field-control">
            <select
              className="input"
              id="f-itemId"
              name="itemId"
              required
              defaultValue={enteredText(form, 'itemId') ?? ''}
              aria-invalid={itemError ? true : undefined}
              aria-describedby={itemError ? 'f-itemId-error' : undefined}
            >
              <option value="">请选</option>
              {categories.map((category) => (
                <optgroup label={category.name} key={category.id}>
                  {category.items.map((item) => (
                    <option value={item.id} key={item.id}>
                      {`${item.name}（${sayPoints(item)}）`}
                    </option>
                  ))}
                </optgroup>
              ))}
            </select>
          </div>
          <FieldError id="f-itemId-error" error={itemError} />
        </div>
        <DateField name="heldOn" label="哪天" form={form} defaultValue={today} min={oldest} max={today} />
        <fieldset className="field" id="f-residentIds">
          <legend className="field-label">谁到场了</legend>
          <div className="field-hint">一户只记一份的项目，同一户勾几个人也只记一份。</div>
          <FieldError id="f-residentIds-error" error={fieldError(form, 'residentIds')} />
          <PeopleCount />
          {[...groups].map(([name, members], index) => (
            <Disclosure
              key={name}
              title={name}
              note={`${members.length} 人`}
              open={index === 0 || members.some((one) => chosen.has(one.residentId))}
            >
              <ul className="people">
                {members.map((one) => (
                  <li
                    key={one.residentId}
                    data-find={`${one.householdCode} ${one.name} ${one.pinyin} ${one.initials}`}
                  >
                    <label className="choice">
                      <input
                        type="checkbox"
                        name="residentIds[]"
                        value={one.residentId}
                        defaultChecked={chosen.has(one.residentId)}
                      />
                      <span>
                        {one.name}
                        <small>{one.householdCode}</small>
                      </span>
                    </label>
                  </li>
                ))}
              </ul>
            </Disclosure>
          ))}
        </fieldset>
        <Disclosure title="补充数量和说明" note="选填" open={extra}>
          <NumberField
            name="quantity"
            label="每人几份"
            hint="按小时、处、件记的项目才填，如做了 2 小时"
            optional
            form={form}
            defaultValue="1"
          />
          <NumberField
            name="metricValue"
            label="每人的数量"
            hint={`如清运几吨、清扫几米；不清楚可以不填，不影响记分；最多 ${METRIC_MOST}`}
            decimals
            optional
            form={form}
          />
          <TextAreaField name="note" label="说明" optional rows={2} maxLength={NOTE_MOST} form={form} />
        </Disclosure>
        <div className="sheet-bar">
          <div className="grow">
            <Button kind="primary" wide>
              登记，送去核实
            </Button>
          </div>
        </div>
      </CommandForm>
    </>
  );
}
