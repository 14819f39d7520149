import { Line, Lines } from '@/components/ui/lines';
import { EmptyState } from '@/components/ui/message';

/** Households that answer a search, to choose one from. */
export function HouseholdLines({
  typed,
  found,
  hrefOf,
}: {
  typed: string;
  found: { id: string; code: string; headName: string; groupName: string; isExempt: boolean }[];
  hrefOf: (id: string) => string;
}) {
  if (!typed) return <p className="field-hint mt-3">写户号、姓名、拼音都行，如 01-003、陈、chen、cjg。</p>;
  if (found.length === 0) {
    return (
      <EmptyState title={`没有找到“${typed}”`}>换个写法试试，户号、姓名、拼音头一个字母都行。</EmptyState>
    );
  }
  return (
    <Lines label="找到的户">
      {found.map((one) => (
        <Line
          key={one.id}
          href={hrefOf(one.id)}
          title={`${one.code} ${one.headName}`}
          meta={one.groupName}
          state={one.isExempt ? '按规定不扣分' : null}
        />
      ))}
    </Lines>
  );
}
