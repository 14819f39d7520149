import { Disclosure } from '@/components/ui/disclosure';
import { EmptyState } from '@/components/ui/message';
import { Section } from '@/components/ui/page-head';
import { sayHint, sayStatement } from '@/lib/alliance/settlement/rules';
import type { ContestedView } from '@/lib/alliance/settlement/types';
import type { Day } from '@/lib/platform/clock';
import { PostingTable } from './posting-table';

/** What merchants and villages can't agree on, statement by statement: the disputed lines, what each side said. */
export function Contested({ statements, today }: { statements: ContestedView[]; today: Day }) {
  return (
    <Section title="两边说不拢的" id="contested">
      {statements.length === 0 ? (
        <EmptyState title="没有说不拢的">
          商户对结算单有疑问、等了很久或者答复两次还不同意的，会在这里。
        </EmptyState>
      ) : (
        <>
          <p className="act-note">只有户号，没有姓名。先问清两边，再请村里或者商户去办；镇上不改结算单。</p>
          {statements.map((one) => (
            <Disclosure
              key={one.id}
              title={`${one.villageName}，${one.merchantName} ${sayStatement(one)}`}
              note={`${one.lines.length} 笔，${sayWaits(one)}`}
            >
              <PostingTable caption={`${one.merchantName}说过不对的`} postings={one.lines} today={today} />
            </Disclosure>
          ))}
        </>
      )}
    </Section>
  );
}

function sayWaits(one: ContestedView): string {
  if (one.hint) return sayHint(one.hint, one.hintDays);
  return one.state === 'DISPUTED' ? '等村里答复' : '答复过了，商户还没有同意';
}
