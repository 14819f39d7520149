import type { Metadata } from 'next';
import { notFound } from 'next/navigation';
import { ItemForm } from '@/components/rulebook/item-form';
import { Button } from '@/components/ui/button';
import { CommandForm } from '@/components/ui/command-form';
import { Notice, Refusal } from '@/components/ui/message';
import { PageHead, Section } from '@/components/ui/page-head';
import { db } from '@/lib/platform/db';
import { listCategories } from '@/lib/rulebook/reads';
import { openVersion, type VersionProps } from '../../version';

export const metadata: Metadata = { title: '细则项目' };

interface Props extends VersionProps {
  params: Promise<{ version: string; code: string }>;
}

/** One item of a draft, or a new one (`new?category=HOME`). */
export default async function EditItem(props: Props) {
  const { version, villageId, query, token, form, base } = await openVersion(props, {
    keepers: true,
    drafts: true,
  });
  const { code } = await props.params;
  const categories = await listCategories(db(), villageId, version.id);
  const item = categories.flatMap((category) => category.items).find((one) => one.code === code) ?? null;
  if (!item && code !== 'new') notFound();
  const category =
    categories.find((one) => (item ? one.id === item.categoryId : one.code === query.category)) ??
    categories[0];
  if (!category) notFound();
  const page = `${base}/items/${code}`;
  const here = item ? page : `${page}?category=${category.code}`;
  const isMoved = query.ok === 'move-item';
  const wasMoving = form && !('name' in form.entered);
  return (
    <div className="narrow">
      <PageHead
        title={item ? item.name : '加一项'}
        lead={`第 ${version.number} 版草案`}
        back={{ href: `${base}#${category.code}`, label: category.name }}
      />
      {isMoved ? <Notice title="位置挪好了。" /> : null}
      {wasMoving ? <Refusal refusal={form.refusal} /> : null}
      <ItemForm
        versionId={version.id}
        item={item}
        categories={categories}
        category={category.id}
        back={here}
        next={`${base}#${category.code}`}
        token={token}
        form={wasMoving ? null : form}
      />
      {item ? (
        <Section title="位置和删去" id="place">
          <div className="acts">
            <CommandForm
              name="move-item"
              back={page}
              next={page}
              fixed={{ itemId: item.id, to: 'UP' }}
              token={token}
              label="往上挪"
            >
              <Button kind="outline">往上挪</Button>
            </CommandForm>
            <CommandForm
              name="move-item"
              back={page}
              next={page}
              fixed={{ itemId: item.id, to: 'DOWN' }}
              token={token}
              label="往下挪"
            >
              <Button kind="outline">往下挪</Button>
            </CommandForm>
            <CommandForm
              name="remove-item"
              back={page}
              next={`${base}#${category.code}`}
              fixed={{ itemId: item.id }}
              token={token}
              label="删去这一项"
            >
              <Button kind="danger">删去这一项</Button>
            </CommandForm>
          </div>
        </Section>
      ) : null}
    </div>
  );
}
