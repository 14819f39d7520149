import { groupDigits, plainDigits } from '@/lib/alliance/counter/rules';

/**
 * A code of so many digits, in fours, however it is typed. Give `value` and `onChange` where JavaScript keeps it; without
 * them the browser does, and the server reads it the same way.
 */
export function DigitsField({
  digits,
  label,
  hint,
  value,
  onChange,
  error,
  required = true,
}: {
  digits: number;
  label: string;
  hint?: string;
  value: string;
  onChange: (digits: string) => void;
  error?: string;
  required?: boolean;
}) {
  const described = [hint ? 'f-code-hint' : '', error ? 'f-code-error' : ''].filter(Boolean).join(' ');
  return (
    <div className="field">
      <label className="field-label" htmlFor="f-code">
        {label}
      </label>
      {hint ? (
        <div className="field-hint" id="f-code-hint">
          {hint}
        </div>
      ) : null}
      <div className="field-control">
        <input
          className="input digits-input"
          id="f-code"
          name="code"
          type="text"
          inputMode="numeric"
          autoComplete="off"
          required={required}
          value={groupDigits(value)}
          onChange={(event) => onChange(plainDigits(event.target.value, digits))}
          aria-invalid={error ? true : undefined}
          aria-describedby={described || undefined}
        />
      </div>
      {error ? (
        <p className="field-error" id="f-code-error">
          {error}
        </p>
      ) : null}
    </div>
  );
}
