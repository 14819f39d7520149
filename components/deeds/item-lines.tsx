import { Line, Lines } from '@/components/ui/lines';
import { describeItem } from '@/lib/rulebook/rules';
import type { ItemView } from '@/lib/rulebook/types';

/** Items to choose from, each with its rule; the whole line leads to the form. */
export function ItemLines({ label, items }: { label: string; items: ItemView[] }) {
  return (
    <Lines label={label}>
      {items.map((item) => (
        <Line
          key={item.code}
          title={item.name}
          meta={describeItem(item)}
          href={`/me/log/${encodeURIComponent(item.code)}`}
        />
      ))}
    </Lines>
  );
}
