import type { Metadata } from 'next';
import { Button } from '@/components/ui/button';
import { CommandForm } from '@/components/ui/command-form';
import { TextAreaField, TextField } from '@/components/ui/field';
import { PageHead } from '@/components/ui/page-head';
import { openVersion, type VersionProps } from '../version';

export const metadata: Metadata = { title: '村规民约' };

/** A draft's title and covenant. */
export default async function EditCovenant(props: VersionProps) {
  const { version, text, token, form, base } = await openVersion(props, { keepers: true, drafts: true });
  return (
    <div className="narrow">
      <PageHead
        title="名称和村规民约"
        lead={`第 ${version.number} 版草案`}
        back={{ href: `${base}#covenant`, label: '草案' }}
      />
      <CommandForm
        name="change-covenant"
        back={`${base}/covenant`}
        next={`${base}#covenant`}
        fixed={{ versionId: version.id }}
        token={token}
        form={form}
        label="改名称和村规民约"
      >
        <TextField name="title" label="细则的名称" maxLength={40} defaultValue={text.title} form={form} />
        <TextAreaField
          name="covenant"
          label="村规民约"
          hint="一条一行。不能写罚款，不能写开除村籍，不能和低保、补贴、上学、开证明挂钩。"
          rows={14}
          maxLength={5000}
          optional
          defaultValue={text.covenant}
          form={form}
        />
        <Button kind="primary">保存</Button>
      </CommandForm>
    </div>
  );
}
