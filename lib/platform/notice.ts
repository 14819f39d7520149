/** The notice of `?ok=`, when it is one of the page's own: `toString` and `__proto__` are none. */
export function noticeOf(
  notices: Readonly<Record<string, string>>,
  ok: string | string[] | undefined,
): string | undefined {
  return typeof ok === 'string' && Object.hasOwn(notices, ok) ? notices[ok] : undefined;
}
