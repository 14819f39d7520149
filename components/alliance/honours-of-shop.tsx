import type { HonourView } from '@/lib/alliance/shops/types';
import { sayWholeDay } from './words';

/** The honours a shop holds; nothing when it has none. */
export function HonoursOfShop({ honours }: { honours: HonourView[] }) {
  if (honours.length === 0) return null;
  return (
    <ul className="shop-honours" aria-label="荣誉">
      {honours.map((honour) => (
        <li key={`${honour.title}${honour.from}${honour.villageName}`}>
          <b>{honour.title}</b>
          <span>
            {honour.villageName}，{sayWholeDay(honour.from)}起
          </span>
        </li>
      ))}
    </ul>
  );
}
