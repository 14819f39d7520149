import { Line } from '@/components/ui/lines';
import { StatusText } from '@/components/ui/status-text';
import { sayFullDay, sayMonthDay, sayPeriod } from '@/lib/lists/rules';
import { KIND_NAMES, type ListLine as List, STATE_NAMES, SUBJECT_NAMES } from '@/lib/lists/types';

const COUNTED: Record<List['subject'], string> = { HOUSEHOLD: '户', RESIDENT: '人', PLACE: '处' };

/** A list's name on one line: 2026年第三季度红榜（户）. */
export function sayList(list: List): string {
  return `${sayPeriod(list.period, list.asOf)}${KIND_NAMES[list.kind]}（${SUBJECT_NAMES[list.subject]}）`;
}

/** A list among others: what it is, how long it is up, how many it names. Without `href` only that it was. */
export function ListLine({ list, href }: { list: List; href?: string }) {
  const over = list.state === 'EXPIRED' || list.state === 'WITHDRAWN' || href === undefined;
  const days = [
    list.publicFrom ? `${sayFullDay(list.publicFrom)}公示` : '',
    !over && list.state === 'PUBLICITY' && list.publicUntil ? `公示到${sayMonthDay(list.publicUntil)}` : '',
    !over && list.lastDay ? `公布到${sayFullDay(list.lastDay)}` : '',
  ];
  const state =
    list.state === 'FINAL' && !over ? (
      <StatusText state="ok">已定榜</StatusText>
    ) : over ? (
      <StatusText state="off">不再公布</StatusText>
    ) : (
      <StatusText state="wait">{STATE_NAMES[list.state]}</StatusText>
    );
  return (
    <Line
      href={href}
      title={sayList(list)}
      figure={over ? undefined : `${list.standing} ${COUNTED[list.subject]}`}
      meta={days.filter(Boolean).join('，')}
      state={state}
    />
  );
}
