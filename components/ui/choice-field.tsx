import { classNames } from './class-names';
import { FieldError, type FieldProps, type Option } from './field';
import { enteredList, enteredText, fieldError, focusIf } from './form-return';

/**
 * One of a few (radio), each a full line to tap. `inline` sets short ones side by side: 今天 昨天 前天.
 */
export function ChoiceField({
  name,
  label,
  hint,
  form,
  error = fieldError(form, name),
  optional,
  defaultValue,
  options,
  inline,
}: FieldProps & { options: Option[]; inline?: boolean }) {
  const chosen = enteredText(form, name) ?? (defaultValue === undefined ? undefined : String(defaultValue));
  return (
    <Group name={name} label={label} hint={hint} error={error} optional={optional} inline={inline}>
      {options.map((option, index) => (
        <label className="choice" key={option.value}>
          <input
            type="radio"
            name={name}
            value={option.value}
            defaultChecked={chosen === option.value}
            required={!optional}
            {...focusIf(index === 0 ? error : undefined)}
          />
          <span>{option.label}</span>
          {option.note ? <small>{option.note}</small> : null}
        </label>
      ))}
    </Group>
  );
}

/** Any number of a few (checkboxes); sent as repeated `name[]`. */
export function ChecksField({
  name,
  label,
  hint,
  form,
  error = fieldError(form, name),
  optional = true,
  options,
  chosen = [],
  inline,
}: Omit<FieldProps, 'defaultValue'> & { options: Option[]; chosen?: string[]; inline?: boolean }) {
  const now = enteredList(form, name) ?? chosen;
  return (
    <Group name={name} label={label} hint={hint} error={error} optional={optional} inline={inline}>
      {options.map((option) => (
        <label className="choice" key={option.value}>
          <input
            type="checkbox"
            name={`${name}[]`}
            value={option.value}
            defaultChecked={now.includes(option.value)}
          />
          <span>{option.label}</span>
          {option.note ? <small>{option.note}</small> : null}
        </label>
      ))}
    </Group>
  );
}

/** One yes or no; sends `on` when ticked, nothing when not. */
export function CheckField({
  name,
  label,
  hint,
  form,
  error = fieldError(form, name),
  defaultChecked,
  required,
}: Omit<FieldProps, 'defaultValue' | 'optional'> & { defaultChecked?: boolean; required?: boolean }) {
  const id = `f-${name}`;
  return (
    <div className="field">
      <label className="choice">
        <input
          type="checkbox"
          id={id}
          name={name}
          value="on"
          defaultChecked={form ? form.entered[name] !== undefined : defaultChecked}
          required={required}
          aria-invalid={error ? true : undefined}
          aria-describedby={error ? `${id}-error` : undefined}
          {...focusIf(error)}
        />
        <span>{label}</span>
        {hint ? <small>{hint}</small> : null}
      </label>
      <FieldError id={`${id}-error`} error={error} />
    </div>
  );
}

function Group({
  name,
  label,
  hint,
  error,
  optional,
  inline,
  children,
}: Pick<FieldProps, 'name' | 'label' | 'hint' | 'error' | 'optional'> & {
  inline?: boolean;
  children: React.ReactNode;
}) {
  const id = `f-${name}`;
  const described =
    [hint ? `${id}-hint` : '', error ? `${id}-error` : ''].filter(Boolean).join(' ') || undefined;
  return (
    <fieldset className="field" id={id} aria-describedby={described}>
      <legend className="field-label">
        {label}
        {optional ? <small>选填</small> : null}
      </legend>
      {hint ? (
        <div className="field-hint" id={`${id}-hint`}>
          {hint}
        </div>
      ) : null}
      <div className={classNames('choices', inline && 'choices-inline')}>{children}</div>
      <FieldError id={`${id}-error`} error={error} />
    </fieldset>
  );
}
