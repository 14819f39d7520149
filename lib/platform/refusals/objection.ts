import type { RefusalEntry } from './entry';

/** Refusals of objections. */
export const objectionRefusals = {
  NOTHING_TO_OBJECT: {
    status: 409,
    sentence: '这一件现在没有可以提异议的决定。',
    next: '请回去看看它现在到了哪一步。',
  },
  HEARD_ALREADY: {
    status: 409,
    sentence: '这一件正在听取申辩，不用再提异议。',
    next: '定下来会告诉您，到时还不同意可以再提异议。',
  },
  NOT_YOUR_ROW: {
    status: 403,
    sentence: '这一行不是您家的，由上榜的那一户自己提异议。',
    next: '觉得榜上有错，可以当面找村务监督员说。',
  },
  OBJECTION_TOO_LATE: {
    status: 409,
    sentence: '过了 {days} 天，不能提异议了。',
    next: '退回的申报，还没过申报期限的可以补好再报；扣了的分，项目写明能整改的，整改好了报上来，核实了就还分。',
  },
  NOT_IN_PUBLICITY: {
    status: 409,
    sentence: '这一笔现在不在公示期里。',
    next: '公示期内才能对台账提异议，日子看公示栏。',
  },
  OBJECTION_OPEN: {
    status: 409,
    sentence: '这件事已经有人提了异议，正在办。',
    next: '结果会公布，不用再提。',
  },
  OBJECTED_BEFORE: {
    status: 409,
    sentence: '您家对这件事提过异议，已经有结果了。',
    next: '同一件事只能提一次。',
  },
  OBJECTION_DECIDED: {
    status: 409,
    sentence: '这件异议 {when} 已经有结果：{what}。',
    next: '不用再办，请刷新看看。',
  },
  RETURNED_IT_BEFORE: {
    status: 403,
    sentence: '这件您退回过，人家的异议成立了，要请别人核实。',
    next: '请看下一件。',
  },
} satisfies Record<string, RefusalEntry>;
