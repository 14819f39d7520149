import type { Metadata } from 'next';
import { SheetFoot, SheetHead } from '@/components/print/sheet';
import { SolvencyFigures } from '@/components/solvency/solvency-figures';
import { dayOf, now, timeOf } from '@/lib/platform/clock';
import { db } from '@/lib/platform/db';
import { findSolvency } from '@/lib/solvency/reads';
import { villageOf } from '../village';

interface Props {
  params: Promise<{ village: string }>;
}

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const village = await villageOf(params);
  return { title: `${village.name}积分家底` };
}

/** What the village owes its households in points, and what it may still give. One query, so one moment. */
export default async function SolvencyPage({ params }: Props) {
  const village = await villageOf(params);
  const at = now();
  const figures = await findSolvency(db(), village.id, at);
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
      <SheetFoot
        source="每个数都由台账在同一时刻算出，任何人都可以对着台账再算一遍。"
        asOf={`截至 ${moment}`}
        signers={['村书记', '村务监督员']}
        demo={village.isDemo}
      />
    </>
  );
}
