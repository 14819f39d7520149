/** Something the person at the keyboard can put right: shown as its sentences only, without a stack. */
export class StartFailure extends Error {
  /** `chinese` and `english` say what happened and what to do. */
  constructor(
    readonly chinese: string,
    readonly english: string,
    options?: ErrorOptions,
  ) {
    super(`${chinese}\n${english}`, options);
    this.name = 'StartFailure';
  }
}

const diskFull = /ENOSPC|EDQUOT|No space left on device|Disk quota exceeded|\b53100\b/;

/** Whether `error`, or what caused it, is a full disk; PostgreSQL's code for it is 53100. */
export function isDiskFull(error: unknown): boolean {
  for (let seen: unknown = error; seen instanceof Error; seen = seen.cause) {
    const code = (seen as NodeJS.ErrnoException).code ?? '';
    if (diskFull.test(`${code} ${seen.message}`)) return true;
  }
  return typeof error === 'string' && diskFull.test(error);
}

export function diskFullFailure(where: string, cause?: unknown): StartFailure {
  return new StartFailure(
    `磁盘已满：${where} 写不进去。请腾出至少 1 GB 空间后再运行 npm start，已有数据不受影响。`,
    `The disk is full: cannot write to ${where}. Free at least 1 GB and run npm start again; your data is kept.`,
    { cause },
  );
}

/** Prints what went wrong for a person: sentences for what they can mend, the whole error for what they can't. */
export function printFailure(error: unknown): void {
  if (error instanceof StartFailure) {
    process.stderr.write(`\n✗ ${error.chinese}\n  ${error.english}\n\n`);
  } else if (isDiskFull(error)) {
    printFailure(diskFullFailure(process.cwd()));
  } else {
    process.stderr.write(`\n✗ 出错了 / something failed:\n`);
    console.error(error);
  }
}
