import type { Metadata } from 'next';
import { MemberHonours } from '@/components/alliance/incentive/honours';
import { SheetFoot, SheetHead } from '@/components/print/sheet';
import { Stars } from '@/components/rewards/stars';
import { sayWholeDay } from '@/components/rewards/words';
import { Figures } from '@/components/ui/figures';
import { EmptyState } from '@/components/ui/message';
import { Section } from '@/components/ui/page-head';
import { Chips } from '@/components/ui/tabs';
import { listVillageHonours } from '@/lib/alliance/incentive/reads';
import { dayOf, now, sayQuarter, timeOf } from '@/lib/platform/clock';
import { db } from '@/lib/platform/db';
import { findHonours } from '@/lib/rewards/board/reads';
import type { StarredHousehold } from '@/lib/rewards/board/types';
import { parseQuarter } from '@/lib/rewards/star/rules';
import { type Query, queryOf, villageOf } from '../village';

interface Props {
  params: Promise<{ village: string }>;
  searchParams: Query;
}

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const village = await villageOf(params);
  return { title: `${village.name}荣誉榜` };
}

/** Stars by quarter, the households with a plaque and the shops with an honour, for everybody and for paper. Four queries. */
export default async function HonoursPage({ params, searchParams }: Props) {
  const village = await villageOf(params);
  const asked = parseQuarter((await queryOf(searchParams, 'quarter')) ?? '');
  const at = now();
  const [honours, members] = await Promise.all([
    findHonours(db(), village.id, asked),
    listVillageHonours(db(), village.id, dayOf(at)),
  ]);
  const byStars = [5, 4, 3, 2, 1].flatMap((stars) => {
    const households = honours.starred.filter((one) => one.stars === stars);
    return households.length > 0 ? [{ stars, households }] : [];
  });
  const houses = new Set(honours.plaques.map((plaque) => plaque.householdCode)).size;
  return (
    <>
      <SheetHead
        place={village.name}
        title="荣誉榜"
        lines={[honours.quarter ? `${sayQuarter(honours.quarter)}星级，历次“红榜之家”` : '星级和“红榜之家”']}
      />
      {honours.quarter ? (
        <Figures
          items={[
            { value: `${honours.starred.length} 户`, label: '评上星级' },
            { value: `${houses} 户`, label: '红榜之家' },
          ]}
        />
      ) : null}
      <Section title={honours.quarter ? `${sayQuarter(honours.quarter)}星级` : '星级'} id="stars">
        {honours.quarters.length > 1 ? (
          <div className="no-print">
            <Chips
              label="看哪个季度"
              items={honours.quarters.map((quarter) => ({
                href: `/v/${village.code}/honours?quarter=${quarter}`,
                label: sayQuarter(quarter),
                current: quarter === honours.quarter,
              }))}
            />
          </div>
        ) : null}
        {byStars.length === 0 ? (
          <EmptyState title="还没有评星级">
            一个季度过完，荣誉分够了就评星；几分几星，写在积分细则里。
          </EmptyState>
        ) : (
          byStars.map((group) => <StarGroup key={group.stars} {...group} />)
        )}
      </Section>
      <Section title="红榜之家" id="plaques">
        {honours.plaques.length === 0 ? (
          <EmptyState title="还没有颁发">上了红榜、公示期满的户，由村里颁发“红榜之家”。</EmptyState>
        ) : (
          <ul className="honour-list" aria-label="红榜之家">
            {honours.plaques.map((plaque) => (
              <li key={plaque.id}>
                <span>
                  {plaque.name} <small>{plaque.householdCode}</small>
                  <br />
                  <a
                    className="honour-number"
                    href={`/v/${village.code}/certificates/${plaque.certificate}`}
                    aria-label={`核对证书 ${plaque.number}，${plaque.name} ${plaque.householdCode}`}
                  >
                    第 {plaque.number} 号
                  </a>
                </span>
              </li>
            ))}
          </ul>
        )}
      </Section>
      <p className="list-note">
        名字都隐去，看户号认。点“红榜之家”的编号，可以核对证书是真的。撤销的不在这里。
      </p>
      <Section title="诚信商户" id="members">
        {members.length === 0 ? (
          <EmptyState title="还没有颁发">商社联盟里守信用、做公益的店，由村里或镇上颁发荣誉。</EmptyState>
        ) : (
          <MemberHonours honours={members} village={village.code} />
        )}
      </Section>
      <SheetFoot
        source="星级按台账的荣誉分和积分细则算出，“红榜之家”按公示定了的红榜颁发，商户的荣誉由村里和镇上颁发"
        asOf={`截至 ${sayWholeDay(dayOf(at))} ${timeOf(at)}`}
        ask="有不同意见请找村务监督员"
        demo={village.isDemo}
      />
    </>
  );
}

function StarGroup({ stars, households }: { stars: number; households: StarredHousehold[] }) {
  return (
    <>
      <h3 className="honour-rank">
        <Stars stars={stars} />
        <small>{households.length} 户</small>
      </h3>
      <ul className="honour-list">
        {households.map((household) => (
          <li key={household.id}>
            <span>{household.name}</span>
            <small>{household.householdCode}</small>
          </li>
        ))}
      </ul>
    </>
  );
}
