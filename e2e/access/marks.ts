// Values that stand for what is private. The specs send and store them, and leaks.spec.ts looks for them where they
// must not be: in the log, in answers to others.

export const MARKED = {
  /** nobody's number: typed where a number, or anything else, is asked for */
  phone: '19988770731',
  name: '欧阳暗号七三一',
  password: 'marked-password-731',
} as const;
