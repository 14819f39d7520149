/**
 * What a form gets back when its command was refused: the refusal and what had been entered. The shape of
 * `readFormReturn()`; a component needs no more of it than this.
 */
export interface FormReturn {
  refusal: {
    code: string;
    /** what happened */
    sentence: string;
    /** what is kept and how to go on */
    next: string;
    /** the field it belongs beside */
    field?: string;
    /** sentences of several fields */
    fields?: Record<string, string>;
  };
  /** fields as sent; a repeated `name[]` is an array under `name` */
  entered: Record<string, unknown>;
  /** the command that refused, where known: a page with several forms shows the refusal at the right one */
  command?: string;
}

/** What had been entered in `name`, as text; undefined when nothing was. */
export function enteredText(form: FormReturn | null | undefined, name: string): string | undefined {
  const value = form?.entered[name];
  if (typeof value === 'string') return value;
  return typeof value === 'number' ? String(value) : undefined;
}

/** What had been chosen in the repeated field `name`; undefined when the form has not been sent. */
export function enteredList(form: FormReturn | null | undefined, name: string): string[] | undefined {
  if (!form) return undefined;
  const value = form.entered[name] ?? form.entered[`${name}[]`];
  if (Array.isArray(value)) return value.map(String);
  return value === undefined ? [] : [String(value)];
}

/** The sentence that stands beside `name`, if it was refused. */
export function fieldError(form: FormReturn | null | undefined, name: string): string | undefined {
  if (!form) return undefined;
  return form.refusal.fields?.[name] ?? (form.refusal.field === name ? form.refusal.sentence : undefined);
}

/** The sentences of single places of the repeated field `name`, by their place. */
export function placeErrors(form: FormReturn | null | undefined, name: string): Map<number, string> {
  const fields = Object.entries(form?.refusal.fields ?? {});
  return new Map(
    fields.flatMap(([key, said]): [number, string][] =>
      key.startsWith(`${name}.`) && /^\d+$/.test(key.slice(name.length + 1))
        ? [[Number(key.slice(name.length + 1)), said]]
        : [],
    ),
  );
}

/**
 * Asks for the focus where a field was refused. The browser gives it to the first on the page that asks, without
 * JavaScript too, so that whoever sent the form stands where the first thing is wrong.
 */
export function focusIf(error: string | undefined): { autoFocus?: true } {
  return error ? { autoFocus: true } : {};
}
