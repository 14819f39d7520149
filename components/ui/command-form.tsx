import type { ReactNode } from 'react';
import { newId } from '@/lib/platform/ids';
import { PlaceFields } from './form-place';
import type { FormReturn } from './form-return';
import { Refusal } from './message';

/**
 * A form that sends one command. Works without JavaScript: the browser posts it and is led to `next`, or back to
 * `back` with the refusal and what was entered (give that as `form`, and to each field). The id is made here, so that
 * sending the same page twice is the same command once.
 */
export function CommandForm({
  name,
  back,
  next,
  id = newId(),
  form,
  fixed = {},
  token,
  className,
  label,
  isCheckedHere = true,
  children,
}: {
  /** the command */
  name: string;
  /** where a refusal leads: the address of this page */
  back: string;
  /** where success leads; `{subject}` stands for the id of what was made */
  next: string;
  id?: string;
  form?: FormReturn | null;
  /** hidden input fields that never change: `{ deedId }`; an array is sent as repeated `name[]` */
  fixed?: Record<string, string | number | readonly string[] | null | undefined>;
  /** against requests from other sites, where the browser says nothing of its own */
  token?: string;
  className?: string;
  /** names the form for screen readers when a page has several */
  label?: string;
  /**
   * Whether the browser checks the fields before it sends them. It stops at the first wrong one; a long form asks the
   * server instead, which marks them all.
   */
  isCheckedHere?: boolean;
  children: ReactNode;
}) {
  const refused = form && (!form.command || form.command === name) ? form.refusal : null;
  return (
    <form
      method="post"
      action={`/api/commands/${name}`}
      className={className}
      aria-label={label}
      noValidate={!isCheckedHere}
    >
      <input type="hidden" name="_id" value={id} />
      <input type="hidden" name="_back" value={back} />
      <input type="hidden" name="_next" value={next} />
      {token ? <input type="hidden" name="_token" value={token} /> : null}
      <PlaceFields />
      {Object.entries(fixed).flatMap(([key, value]) => {
        if (value === null || value === undefined) return [];
        if (typeof value === 'object') {
          return value.map((one) => (
            <input key={`${key}-${one}`} type="hidden" name={`${key}[]`} value={one} />
          ));
        }
        return [<input key={key} type="hidden" name={key} value={value} />];
      })}
      {refused ? <Refusal refusal={refused} /> : null}
      {children}
    </form>
  );
}
