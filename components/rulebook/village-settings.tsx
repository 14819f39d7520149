import { Facts } from '@/components/ui/figures';
import type { VersionView } from '@/lib/rulebook/types';

/** What a village decided beside the items. */
export function VillageSettings({ version }: { version: VersionView }) {
  return (
    <Facts
      items={[
        [
          '两人核实',
          version.secondThreshold ? `一次 ${version.secondThreshold} 分及以上，要两位核分员都同意` : '不要求',
        ],
        [
          '每户每月',
          version.householdMonthCap
            ? `可兑积分最多 ${version.householdMonthCap} 分，超出的只记荣誉分`
            : '可兑积分不封顶',
        ],
        ['每季预算', version.budgetPerQuarter ? `全村可兑积分最多 ${version.budgetPerQuarter} 分` : '不设'],
        ['超过封顶', version.capPolicy === 'AWARD_REST' ? '只记剩下的部分' : '整笔不记'],
      ]}
    />
  );
}
