import { Disclosure } from '@/components/ui/disclosure';
import { Line, Lines } from '@/components/ui/lines';
import { EmptyState } from '@/components/ui/message';
import { PRESET_WORDS, type VillageView } from '@/lib/regions/types';

/** So many villages stand open under one another; of more, each township is folded. */
const OPEN_MOST = 24;

/** The villages of this installation by township, each leading to its notice board. */
export function VillageList({ villages }: { villages: VillageView[] }) {
  if (villages.length === 0) {
    return <EmptyState title="还没有开通的村">区里开通以后，村名会出现在这里。</EmptyState>;
  }
  const townships = Map.groupBy(villages, (village) => `${village.districtName} ${village.townshipName}`);
  if (villages.length <= OPEN_MOST)
    return <VillageLines villages={villages} withTownship={townships.size > 1} />;
  return [...townships].map(([name, ones]) => (
    <Disclosure key={name} title={name} note={`${ones.length} 个村和社区`}>
      <VillageLines villages={ones} withTownship={false} />
    </Disclosure>
  ));
}

function VillageLines({ villages, withTownship }: { villages: VillageView[]; withTownship: boolean }) {
  return (
    <Lines label="村和社区">
      {villages.map((village) => (
        <Line
          key={village.id}
          href={`/v/${village.code}`}
          title={<b>{village.name}</b>}
          figure={withTownship ? <span className="village-township">{village.townshipName}</span> : undefined}
          meta={PRESET_WORDS[village.preset]}
        />
      ))}
    </Lines>
  );
}
