import type { InputHTMLAttributes, ReactNode } from 'react';
import { classNames } from './class-names';
import { enteredText, type FormReturn, fieldError, focusIf } from './form-return';
import { Icon } from './icon';

export interface FieldProps {
  name: string;
  label: string;
  /** one line under the label: what to write, with an example */
  hint?: ReactNode;
  /** what came back from a refused form; shows the entered value again and the error beside the field */
  form?: FormReturn | null;
  /** overrides what `form` says */
  error?: string;
  /** says 选填 beside the label */
  optional?: boolean;
  defaultValue?: string | number;
}

interface Parts {
  id: string;
  described: string | undefined;
  invalid: true | undefined;
}

/** Label, hint and error around one control; the control gets the ids that tie them together. */
export function FieldShell({
  name,
  label,
  hint,
  error,
  optional,
  children,
}: Pick<FieldProps, 'name' | 'label' | 'hint' | 'error' | 'optional'> & {
  children: (parts: Parts) => ReactNode;
}) {
  const id = `f-${name}`;
  const described =
    [hint ? `${id}-hint` : '', error ? `${id}-error` : ''].filter(Boolean).join(' ') || undefined;
  return (
    <div className="field">
      <label className="field-label" htmlFor={id}>
        {label}
        {optional ? <small>选填</small> : null}
      </label>
      {hint ? (
        <div className="field-hint" id={`${id}-hint`}>
          {hint}
        </div>
      ) : null}
      {children({ id, described, invalid: error ? true : undefined })}
      <FieldError id={`${id}-error`} error={error} />
    </div>
  );
}

/** The sentence beside a field that was refused. */
export function FieldError({ id, error }: { id: string; error: string | undefined }) {
  if (!error) return null;
  return (
    <p className="field-error" id={id}>
      <Icon name="stop" />
      <span>{error}</span>
    </p>
  );
}

type InputProps = Omit<InputHTMLAttributes<HTMLInputElement>, 'name' | 'defaultValue' | 'form'>;

/** One line of text, a number, a date, a phone number: `type` and `inputMode` as in HTML. */
export function TextField({
  name,
  label,
  hint,
  form,
  error = fieldError(form, name),
  optional,
  defaultValue,
  unit,
  className,
  ...input
}: FieldProps & InputProps & { unit?: string }) {
  return (
    <FieldShell name={name} label={label} hint={hint} error={error} optional={optional}>
      {({ id, described, invalid }) => (
        <div className="field-control">
          <input
            type="text"
            {...input}
            id={id}
            name={name}
            defaultValue={enteredText(form, name) ?? defaultValue}
            required={input.required ?? !optional}
            aria-invalid={invalid}
            aria-describedby={described}
            {...focusIf(error)}
            className={classNames('input', className)}
          />
          {unit ? <span className="input-unit">{unit}</span> : null}
        </div>
      )}
    </FieldShell>
  );
}

/** A whole number with its unit; the phone shows digits. */
export function NumberField({
  decimals = false,
  ...props
}: FieldProps & InputProps & { unit?: string; decimals?: boolean }) {
  return (
    <TextField
      autoComplete="off"
      inputMode={decimals ? 'decimal' : 'numeric'}
      pattern={decimals ? '[0-9０-９]+([.．。][0-9０-９]+)?' : '[0-9０-９]+'}
      {...props}
      className="input-number"
    />
  );
}

/** A calendar day, `2026-11-24`. */
export function DateField(props: FieldProps & InputProps) {
  return <TextField {...props} type="date" />;
}

/** Several lines of text. */
export function TextAreaField({
  name,
  label,
  hint,
  form,
  error = fieldError(form, name),
  optional,
  defaultValue,
  rows = 3,
  maxLength,
}: FieldProps & { rows?: number; maxLength?: number }) {
  return (
    <FieldShell name={name} label={label} hint={hint} error={error} optional={optional}>
      {({ id, described, invalid }) => (
        <div className="field-control">
          <textarea
            id={id}
            name={name}
            rows={rows}
            maxLength={maxLength}
            defaultValue={enteredText(form, name) ?? defaultValue}
            required={!optional}
            aria-invalid={invalid}
            aria-describedby={described}
            {...focusIf(error)}
            className="input"
          />
        </div>
      )}
    </FieldShell>
  );
}

export interface Option {
  value: string;
  label: string;
  /** a second line, for cards */
  note?: string;
}

/** One of a list, as the phone's own wheel. For up to six choices `ChoiceField` reads better. */
export function SelectField({
  name,
  label,
  hint,
  form,
  error = fieldError(form, name),
  optional,
  defaultValue,
  options,
  empty,
}: FieldProps & { options: Option[]; empty?: string }) {
  return (
    <FieldShell name={name} label={label} hint={hint} error={error} optional={optional}>
      {({ id, described, invalid }) => (
        <div className="field-control">
          <select
            id={id}
            name={name}
            defaultValue={enteredText(form, name) ?? defaultValue}
            required={!optional}
            aria-invalid={invalid}
            aria-describedby={described}
            {...focusIf(error)}
            className="input"
          >
            {empty === undefined ? null : <option value="">{empty}</option>}
            {options.map((option) => (
              <option key={option.value} value={option.value}>
                {option.label}
              </option>
            ))}
          </select>
        </div>
      )}
    </FieldShell>
  );
}
