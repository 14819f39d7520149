'use client';

import { useState } from 'react';

/**
 * The day of a deed: today, yesterday and the day before one tap each, any other by the phone's calendar. Without
 * JavaScript 别的日子 is a link to the same page with the calendar.
 */
export function DayField({
  quick,
  chosen,
  least,
  most,
  otherHref,
  error,
}: {
  quick: { day: string; label: string }[];
  chosen: string;
  /** the oldest and the newest day that is taken */
  least: string;
  most: string;
  otherHref: string;
  error?: string | undefined;
}) {
  const [isOther, setOther] = useState(!quick.some((one) => one.day === chosen));
  return (
    <fieldset className="field" id="f-deedOn" aria-describedby={error ? 'f-deedOn-error' : undefined}>
      <legend className="field-label">哪天做的</legend>
      {isOther ? (
        <div className="field-control">
          <input
            type="date"
            name="deedOn"
            className="input"
            aria-label="哪天做的"
            aria-invalid={error ? true : undefined}
            defaultValue={chosen}
            min={least}
            max={most}
            required
          />
        </div>
      ) : (
        <div className="choices choices-inline">
          {quick.map((one) => (
            <label className="choice" key={one.day}>
              <input
                type="radio"
                name="deedOn"
                value={one.day}
                defaultChecked={one.day === chosen}
                required
              />
              <span>{one.label}</span>
            </label>
          ))}
          {least < (quick.at(-1)?.day ?? most) ? (
            <a
              className="choice choice-link"
              href={otherHref}
              onClick={(event) => {
                event.preventDefault();
                setOther(true);
              }}
            >
              <span>别的日子</span>
            </a>
          ) : null}
        </div>
      )}
      {error ? (
        <p className="field-error" id="f-deedOn-error">
          {error}
        </p>
      ) : null}
    </fieldset>
  );
}
