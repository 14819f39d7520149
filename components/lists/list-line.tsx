import { Line } from '@/components/ui/lines';
import { StatusText } from '@/components/ui/status-text';
import { isRunning, sayFullDay, sayMonthDay } from '@/lib/lists/rules';
import { KIND_NAMES, type ListLine as List, STATE_NAMES, SUBJECT_NAMES } from '@/lib/lists/types';
import { dayOf, type Quarter, sayQuarter } from '@/lib/platform/clock';

const COUNTED: Record<List['subject'], string> = { HOUSEHOLD: '户', RESIDENT: '人', PLACE: '处' };

/** A list's name on one line: 2026年第三季度红榜 · 户. */
export function sayList(list: Pick<List, 'kind' | 'subject' | 'period'>): string {
  return `${sayQuarter(list.period as Quarter)}${KIND_NAMES[list.kind]} · ${SUBJECT_NAMES[list.subject]}`;
}

/** The same as a line's title, what it is of kept together. */
export function ListName({ list }: { list: Pick<List, 'kind' | 'subject' | 'period'> }) {
  return (
    <>
      {sayQuarter(list.period as Quarter)}
      <span className="whole">
        {KIND_NAMES[list.kind]} · {SUBJECT_NAMES[list.subject]}
      </span>
    </>
  );
}

/** That a list's quarter had not ended when it was drafted; '' when it had. */
export function sayRunning(list: Pick<List, 'period' | 'asOf'>): string {
  return isRunning(list.period, list.asOf) ? `季度未完，台账截至${sayMonthDay(dayOf(list.asOf))}` : '';
}

/** A list among others: what it is, how long it is up, how many it names. Without `href` only that it was. */
export function ListLine({ list, href }: { list: List; href?: string }) {
  const over = list.state === 'EXPIRED' || list.state === 'WITHDRAWN' || href === undefined;
  const days = [
    over ? '' : sayRunning(list),
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
      title={<ListName list={list} />}
      figure={over ? undefined : `${list.standing} ${COUNTED[list.subject]}`}
      meta={days.filter(Boolean).join('，')}
      state={state}
    />
  );
}
