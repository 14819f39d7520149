import { MemberName } from '@/components/alliance/charity-mark';
import type { PublicHonour } from '@/lib/alliance/incentive/types';

/** Honours of the members of a village's alliance, for everybody and for paper; each leads to its member's page. */
export function MemberHonours({ honours, village }: { honours: PublicHonour[]; village: string }) {
  return (
    <ul className="honour-list honour-members" aria-label="诚信商户">
      {honours.map((honour) => (
        <li key={honour.id}>
          <span>
            <a href={`/v/${village}/shops/${honour.merchantId}`}>
              <MemberName name={honour.merchantName} isCharity={honour.isCharity} />
            </a>
            <br />
            <small>
              {honour.title}，{honour.giver} {honour.fromDay.slice(0, 4)}年
            </small>
          </span>
        </li>
      ))}
    </ul>
  );
}
