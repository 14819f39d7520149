import { LinkButton } from '@/components/ui/button';
import { Line, Lines } from '@/components/ui/lines';
import { Section } from '@/components/ui/page-head';
import { describeItem } from '@/lib/rulebook/rules';
import type { CategoryView } from '@/lib/rulebook/types';

/** All items of a version by category; of a draft each leads to its form. */
export function DraftOutline({
  categories,
  base,
  isEditable,
}: {
  categories: CategoryView[];
  base: string;
  isEditable: boolean;
}) {
  const items = categories.reduce((sum, category) => sum + category.items.length, 0);
  return (
    <Section title={`${categories.length} 类 ${items} 项`} id="items">
      {categories.map((category, index) => (
        <div className="outline-category" key={category.id} id={category.code}>
          <h3>
            <span>
              {index + 1} {category.name}
            </span>
            {isEditable ? <a href={`${base}/categories/${category.code}`}>改这一类</a> : null}
          </h3>
          <Lines label={category.name}>
            {category.items.map((item) => (
              <Line
                key={item.id}
                title={item.name}
                points={item.points}
                meta={describeItem(item)}
                {...(isEditable ? { href: `${base}/items/${item.code}` } : {})}
              />
            ))}
          </Lines>
          {isEditable ? (
            <p className="outline-add">
              <LinkButton kind="quiet" href={`${base}/items/new?category=${category.code}`}>
                加一项<span className="said">到{category.name}</span>
              </LinkButton>
            </p>
          ) : null}
        </div>
      ))}
      {isEditable ? (
        <p className="mt-6">
          <LinkButton href={`${base}/categories/new`}>加一类</LinkButton>
        </p>
      ) : null}
    </Section>
  );
}
