import type { Metadata } from 'next';
import { notFound } from 'next/navigation';
import { Button } from '@/components/ui/button';
import { CommandForm } from '@/components/ui/command-form';
import { TextField } from '@/components/ui/field';
import { Notice, Refusal } from '@/components/ui/message';
import { PageHead, Section } from '@/components/ui/page-head';
import { db } from '@/lib/platform/db';
import { listCategories } from '@/lib/rulebook/reads';
import { openVersion, type VersionProps } from '../../version';

export const metadata: Metadata = { title: '细则类别' };

interface Props extends VersionProps {
  params: Promise<{ version: string; code: string }>;
}

/** One category of a draft, or a new one at its end. */
export default async function EditCategory(props: Props) {
  const { version, villageId, query, token, form, base } = await openVersion(props, {
    keepers: true,
    drafts: true,
  });
  const { code } = await props.params;
  const categories = await listCategories(db(), villageId, version.id);
  const category = categories.find((one) => one.code === code);
  if (!category && code !== 'new') notFound();
  const page = `${base}/categories/${code}`;
  const wasNaming = form && 'name' in form.entered;
  return (
    <div className="narrow">
      <PageHead
        title={category ? category.name : '加一类'}
        lead={`第 ${version.number} 版草案`}
        back={{ href: category ? `${base}#${category.code}` : base, label: '草案' }}
      />
      {query.ok === 'move-category' ? <Notice title="位置挪好了。" /> : null}
      {form && !wasNaming ? <Refusal refusal={form.refusal} /> : null}
      <CommandForm
        name="put-category"
        back={page}
        next={category ? `${base}#${category.code}` : base}
        fixed={{ versionId: version.id, categoryId: category?.id }}
        token={token}
        form={wasNaming ? form : null}
        label={category ? '改类别名称' : '加一类'}
      >
        <TextField
          name="name"
          label="类别名称"
          maxLength={20}
          defaultValue={category?.name}
          form={wasNaming ? form : null}
        />
        <Button kind="primary">保存</Button>
      </CommandForm>
      {category ? (
        <Section title="位置和删去" id="place">
          <div className="acts">
            {(['UP', 'DOWN'] as const).map((to) => (
              <CommandForm
                key={to}
                name="move-category"
                back={page}
                next={page}
                fixed={{ categoryId: category.id, to }}
                token={token}
                label={to === 'UP' ? '往上挪' : '往下挪'}
              >
                <Button kind="outline">{to === 'UP' ? '往上挪' : '往下挪'}</Button>
              </CommandForm>
            ))}
            {category.items.length === 0 ? (
              <CommandForm
                name="remove-category"
                back={page}
                next={base}
                fixed={{ categoryId: category.id }}
                token={token}
                label="删去这一类"
              >
                <Button kind="danger">删去这一类</Button>
              </CommandForm>
            ) : null}
          </div>
          {category.items.length > 0 ? (
            <p className="list-note">下面还有 {category.items.length} 项，先挪走或者删去，才能删这一类。</p>
          ) : null}
        </Section>
      ) : null}
    </div>
  );
}
