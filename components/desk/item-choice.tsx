import { Disclosure } from '@/components/ui/disclosure';
import { Line, Lines } from '@/components/ui/lines';
import { EmptyState } from '@/components/ui/message';
import { Section } from '@/components/ui/page-head';
import { describeItem } from '@/lib/rulebook/rules';
import type { CategoryView, ItemView } from '@/lib/rulebook/types';

/** Which item: what a search found, and all categories behind. */
export function ItemChoice({
  categories,
  found,
  typed,
  hrefOf,
}: {
  categories: CategoryView[];
  /** null when nothing was searched */
  found: ItemView[] | null;
  typed: string;
  hrefOf: (code: string) => string;
}) {
  const lines = (label: string, items: ItemView[]) => (
    <Lines label={label}>
      {items.map((item) => (
        <Line key={item.code} title={item.name} meta={describeItem(item)} href={hrefOf(item.code)} />
      ))}
    </Lines>
  );
  return (
    <>
      {found === null ? null : found.length === 0 ? (
        <EmptyState title={`没有找到“${typed}”`}>换个说法，或者在下面按类别找。</EmptyState>
      ) : (
        <Section title={`找到 ${found.length} 项`}>{lines('找到的', found)}</Section>
      )}
      <Section title="全部类别">
        {categories
          .filter((category) => category.items.length > 0)
          .map((category, place) => (
            <Disclosure
              key={category.code}
              title={category.name}
              note={`${category.items.length} 项`}
              open={place === 0 && found === null}
            >
              {lines(category.name, category.items)}
            </Disclosure>
          ))}
      </Section>
    </>
  );
}
