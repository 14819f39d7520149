import type { Metadata } from 'next';
import { AllianceFigures } from '@/components/alliance/pool/pool-figures';
import { SheetFoot, SheetHead } from '@/components/print/sheet';
import { SolvencyFigures } from '@/components/solvency/solvency-figures';
import { findAllianceSolvency } from '@/lib/alliance/pool/reads';
import { dayOf, now, timeOf } from '@/lib/platform/clock';
import { readAtOnce } from '@/lib/platform/db';
import { findSolvency } from '@/lib/solvency/reads';
import { villageOf } from '../village';

interface Props {
  params: Promise<{ village: string }>;
}

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const village = await villageOf(params);
  return { title: `${village.name}积分家底` };
}

/** What the village owes its households in points and its merchants in money. Two queries on one snapshot. */
export default async function SolvencyPage({ params }: Props) {
  const village = await villageOf(params);
  const at = now();
  const { figures, alliance } = await readAtOnce(async (tx) => ({
    figures: await findSolvency(tx, village.id, at),
    alliance: await findAllianceSolvency(tx, village.id, at),
  }));
  const day = dayOf(at);
  const moment = `${day.slice(0, 4)}年${Number(day.slice(5, 7))}月${Number(day.slice(8))}日 ${timeOf(at)}`;
  return (
    <>
      <SheetHead
        place={village.name}
        title="积分家底"
        lines={[`截至 ${moment}，台账共 ${figures.postings.toLocaleString('zh-CN')} 笔`]}
      />
      <SolvencyFigures
        figures={figures}
        today={day}
        ledger={`/v/${village.code}/ledger`}
        rulebook={`/v/${village.code}/rulebook`}
      />
      <AllianceFigures figures={alliance} />
      <SheetFoot
        source="每个数都由台账在同一时刻算出，任何人都可以对着台账再算一遍。"
        asOf={`截至 ${moment}`}
        signers={['村书记', '村务监督员']}
        demo={village.isDemo}
      />
    </>
  );
}
