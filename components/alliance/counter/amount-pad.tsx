import type { ReactNode } from 'react';
import { amountError, typedAmount } from '@/lib/alliance/counter/rules';

const KEYS = ['1', '2', '3', '4', '5', '6', '7', '8', '9', '00', '0', '删'];
const DIGITS_MOST = 6;

/** An amount by big keys; a keyboard writes into the same field. Without JavaScript the field alone. */
export function AmountPad({
  value,
  onChange,
  live,
  error: refused,
  aside,
}: {
  value: string;
  onChange: (points: string) => void;
  live: boolean;
  error?: string;
  /** beside the field */
  aside?: ReactNode;
}) {
  const error = amountError(value) ?? refused;
  const put = (typed: string) => onChange(typedAmount(typed, DIGITS_MOST));
  const press = (key: string) => put(key === '删' ? value.slice(0, -1) : value + key);
  return (
    <div className="field">
      <label className="field-label" htmlFor="f-points">
        收几分
      </label>
      <div className="field-control">
        <input
          className="input amount-input"
          id="f-points"
          name="points"
          type="text"
          // The keys below are larger than the phone's own.
          inputMode={live ? 'none' : 'numeric'}
          autoComplete="off"
          value={value}
          onChange={(event) => put(event.target.value)}
          aria-invalid={error ? true : undefined}
          aria-describedby={error ? 'f-points-error' : undefined}
        />
        <span className="input-unit">分</span>
        {aside}
      </div>
      {error ? (
        <p className="field-error" id="f-points-error">
          {error}
        </p>
      ) : null}
      {live ? (
        <div className="amount-keys">
          {KEYS.map((key) => (
            <button
              key={key}
              type="button"
              className="btn btn-outline"
              aria-label={key === '删' ? '删一位' : undefined}
              onClick={() => press(key)}
            >
              {key}
            </button>
          ))}
        </div>
      ) : null}
    </div>
  );
}
