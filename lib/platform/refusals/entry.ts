/**
 * Every expected "no" of the product: a stable code, one plain Chinese sentence that says what happened, one that
 * says what is kept and how to go on, and the HTTP status for scripts. {words} are filled in.
 */
export interface RefusalEntry {
  sentence: string;
  next: string;
  status: 400 | 401 | 403 | 404 | 409 | 413 | 415 | 422 | 429 | 503;
}
