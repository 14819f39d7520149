import { Facts } from '@/components/ui/figures';
import { saySettings } from '@/lib/rulebook/settings';
import type { VersionSettings } from '@/lib/rulebook/types';

/** What a village decided beside the items. */
export function VillageSettings({ version }: { version: VersionSettings }) {
  return <Facts items={saySettings(version).map(({ what, said }) => [what, said])} />;
}
