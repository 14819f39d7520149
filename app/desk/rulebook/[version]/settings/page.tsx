import type { Metadata } from 'next';
import { SettingsForm } from '@/components/rulebook/settings-form';
import { PageHead } from '@/components/ui/page-head';
import { openVersion, type VersionProps } from '../version';

export const metadata: Metadata = { title: '其他规定' };

/** What a draft decides beside its items. */
export default async function EditSettings(props: VersionProps) {
  const { version, text, token, form, base } = await openVersion(props, { keepers: true, drafts: true });
  return (
    <div className="narrow">
      <PageHead
        title="其他规定"
        lead={`第 ${version.number} 版草案`}
        back={{ href: `${base}#settings`, label: '草案' }}
      />
      <SettingsForm
        versionId={version.id}
        settings={text.settings}
        back={`${base}/settings`}
        next={`${base}#settings`}
        token={token}
        form={form}
      />
    </div>
  );
}
