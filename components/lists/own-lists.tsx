import { sayWhenToObject } from '@/lib/lists/rules';
import { KIND_NAMES, type ListLine } from '@/lib/lists/types';
import { type Quarter, sayQuarter } from '@/lib/platform/clock';

/** The lists that are up and name the reader's household, each with the way to say no: its own row leads to it. */
export function OwnLists({ lists, village }: { lists: ListLine[]; village: string }) {
  return lists.map((list) => (
    <p key={list.id} className="notice-line">
      <a href={`${village}/lists/${list.id}`}>
        <b>
          {list.subject === 'RESIDENT' ? '您家有人' : '您家'}在{sayQuarter(list.period as Quarter)}
          {KIND_NAMES[list.kind]}上
        </b>
        <span>{sayWhenToObject(list)}</span>
      </a>
    </p>
  ));
}
