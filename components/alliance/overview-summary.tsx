import { DataTable, type TableRow } from '@/components/ui/data-table';
import { Figures } from '@/components/ui/figures';
import { Line, Lines } from '@/components/ui/lines';
import { sayFen } from '@/lib/alliance/incentive/rules';
import type { AllianceVillage } from '@/lib/alliance/overview/types';

// The alliance in numbers on the officials' pages; put there as a section of its own.

const grouped = (value: number) => value.toLocaleString('zh-CN');

/** 8 家店，2 家公益组织. */
function sayMembers({ shops, charities }: Pick<AllianceVillage, 'shops' | 'charities'>): string {
  return [`${shops} 家店`, charities > 0 ? `${charities} 家公益组织` : ''].filter(Boolean).join('，');
}

function sayGiven(points: number): string | null {
  return points > 0 ? `另有 ${grouped(points)} 分用在公益组织，它们是送的，不用结。` : null;
}

/** A village's alliance for its desk: members, offers, the month, what is owed. */
export function VillageAllianceSummary({ village }: { village: AllianceVillage }) {
  const given = sayGiven(village.givenPoints);
  return (
    <>
      <Figures
        items={[
          { value: village.shops + village.charities, label: sayMembers(village) },
          { value: village.offers, label: '样兑换品' },
          { value: grouped(village.monthPoints), label: `本月用掉的积分，${village.monthSales} 笔` },
          { value: grouped(village.owedPoints), label: `还没结的积分，合 ${sayFen(village.owedFen)}` },
        ]}
      />
      {given ? <p className="soft">{given}</p> : null}
    </>
  );
}

const COLUMNS = [
  { key: 'name', label: '村、社区' },
  { key: 'members', label: '商户' },
  { key: 'offers', label: '兑换品', number: true },
  { key: 'sales', label: '本月笔数', number: true },
  { key: 'points', label: '本月积分', number: true },
  { key: 'owed', label: '没结的积分', number: true },
  { key: 'fen', label: '合钱', number: true },
] as const;

type Column = (typeof COLUMNS)[number]['key'];

/** The villages of a township or district, one a row, with a sum. */
export function OfficeAllianceSummary({ villages }: { villages: AllianceVillage[] }) {
  const sum = (key: 'offers' | 'monthSales' | 'monthPoints' | 'owedPoints' | 'owedFen' | 'givenPoints') =>
    villages.reduce((total, village) => total + village[key], 0);
  const townships = new Set(villages.map((village) => village.townshipId));
  const given = sayGiven(sum('givenPoints'));
  return (
    <>
      <DataTable<Column>
        caption="各村的商社联盟"
        columns={COLUMNS}
        rows={villages.map(
          (village): TableRow<Column> => ({
            id: village.villageId,
            cells: {
              name: (
                <a href={`/v/${village.code}`}>
                  {townships.size > 1 ? `${village.townshipName} ` : ''}
                  {village.name}
                </a>
              ),
              members: sayMembers(village),
              offers: village.offers,
              sales: grouped(village.monthSales),
              points: grouped(village.monthPoints),
              owed: grouped(village.owedPoints),
              fen: sayFen(village.owedFen),
            },
          }),
        )}
        total={{
          name: '合计',
          // a shop of several villages stands in several rows: members are not added up
          members: '—',
          offers: sum('offers'),
          sales: grouped(sum('monthSales')),
          points: grouped(sum('monthPoints')),
          owed: grouped(sum('owedPoints')),
          fen: sayFen(sum('owedFen')),
        }}
      />
      {given ? <p className="soft">{given}</p> : null}
    </>
  );
}

/** The ways to what merchants receive and to what is worth a look, for those who may go there. */
export function MeritWays({
  seat,
  canSeeIncentives,
  canSeePatterns,
}: {
  seat: 'desk' | 'office';
  canSeeIncentives: boolean;
  canSeePatterns: boolean;
}) {
  if (!canSeeIncentives && !canSeePatterns) return null;
  return (
    <Lines label="商户的激励和提示">
      {canSeeIncentives ? (
        <Line
          href={`/${seat}/alliance/incentives`}
          title="商户激励"
          meta="荣誉证书、减租减税、公益补贴、好位置"
        />
      ) : null}
      {canSeePatterns ? (
        <Line
          href={`/${seat}/alliance/patterns`}
          title="看一眼"
          meta="来往特别多、退货多、夜里收的，只给人看，不自动处理"
        />
      ) : null}
    </Lines>
  );
}
