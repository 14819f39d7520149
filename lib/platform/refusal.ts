import { REFUSALS, type RefusalCode } from './refusal-catalogue';

export type { RefusalCode } from './refusal-catalogue';

export type RefusalParams = Record<string, string | number>;

/** A refusal as it is told to a person or a script. */
export interface RefusalView {
  code: RefusalCode;
  /** what happened, one Chinese sentence */
  sentence: string;
  /** what is kept and how to go on */
  next: string;
  /** the numbers and words its sentence was filled with */
  params?: RefusalParams;
  /** HTTP status for scripts */
  status: number;
  /** the input it belongs beside */
  field?: string;
  /** sentences of other fields, when several are wrong */
  fields?: Record<string, string>;
}

/**
 * An expected "no". Thrown inside a command it rolls everything back; nothing is logged as done. What it says comes
 * from the one catalogue, so that the same "no" sounds the same everywhere.
 */
export class Refusal extends Error {
  readonly view: RefusalView;

  constructor(
    code: RefusalCode,
    params: RefusalParams = {},
    field?: string,
    fields?: Record<string, string>,
  ) {
    super(code);
    this.name = 'Refusal';
    const entry = REFUSALS[code];
    this.view = {
      code,
      sentence: fill(entry.sentence, params),
      next: fill(entry.next, params),
      status: entry.status,
      ...(Object.keys(params).length > 0 ? { params } : {}),
      ...(field ? { field } : {}),
      ...(fields ? { fields } : {}),
    };
  }

  get code(): RefusalCode {
    return this.view.code;
  }
}

/** Makes the refusal to throw: `throw refuse('CAP_REACHED', { left: 0 })`. */
export function refuse(code: RefusalCode, params?: RefusalParams, field?: string): Refusal {
  return new Refusal(code, params, field);
}

/** Throws unless a policy answered yes. */
export function mustAllow(answer: true | RefusalCode, params?: RefusalParams): void {
  if (answer !== true) throw refuse(answer, params);
}

function fill(text: string, params: RefusalParams): string {
  return text.replace(/\{(\w+)\}/g, (whole, name: string) => (name in params ? String(params[name]) : whole));
}
