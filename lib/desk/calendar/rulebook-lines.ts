import type { DueDraft, RulebookFact } from './types';

/** What comes or waits of a rulebook version, from what people say of its draft to its first day. */
export function rulebookLine({ number, day, what, count }: RulebookFact): DueDraft {
  const line = (said: string, page: string, more: Partial<DueDraft> = {}): DueDraft => ({
    key: `rulebook-${what}-${number}`,
    day,
    dayMeans: 'ON',
    what: said,
    who: null,
    href: `/desk/rulebook${page}`,
    ...more,
  });
  const secretary = { dayMeans: 'FROM', who: 'SECRETARY' } as const;
  switch (what) {
    case 'EFFECT':
      return line(`第 ${number} 版积分细则开始施行`, '');
    case 'HEARING':
      return line(`第 ${number} 版草案征求意见的最后一天`, '');
    case 'COMMENTS':
      return line(`答复 ${count} 条对第 ${number} 版草案的意见`, '/draft/hearing', {
        ...secretary,
        note: '都答复了，才能录决议',
      });
    case 'HEARD':
      return line(`第 ${number} 版草案听完意见了，发起表决或者开会`, '/draft', secretary);
    case 'BALLOT':
      return line(`第 ${number} 版草案表决截止`, '/draft/ballot');
    case 'COUNTED':
      return line(`第 ${number} 版草案表决完了，录入决议`, '/draft/resolution', {
        ...secretary,
        note: '没有通过的，放弃这一份',
      });
  }
}
