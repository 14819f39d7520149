import { anOfficial, enter, expect, test } from '../fixtures';

test('a wrong inspection of a place is voided by another officer, and stays to be seen @desktop', async ({
  page,
}) => {
  const [verifier, secretary] = await Promise.all([
    anOfficial('VERIFIER', 0, 'xinghua'),
    anOfficial('SECRETARY', 0, 'xinghua'),
  ]);
  await enter(page, verifier, '/desk/places');
  await page.getByLabel('哪个地段').selectOption({ label: '杏花溪' });
  await page.getByLabel('看到的样子').selectOption('1');
  await page.getByLabel('说明').fill('记到别的河段上了');
  await page.getByRole('button', { name: '记下这次检查' }).click();
  await expect(page.getByText('这次检查记下了。')).toBeVisible();
  const wrong = page.getByRole('listitem').filter({ hasText: '记到别的河段上了' }).last();
  await expect(wrong.getByRole('link', { name: '记错了' })).toHaveCount(0);

  await enter(page, secretary, '/desk/places');
  await wrong.getByRole('link', { name: '记错了' }).click();
  await page.getByLabel('为什么作废').fill('看的是别的河段');
  await page.getByRole('button', { name: '作废这次检查' }).click();
  await expect(page.getByText('作废了，不再算分。')).toBeVisible();
  await expect(wrong.locator('s')).toContainText('1 分');
  await expect(wrong).toContainText('作废，不算分：看的是别的河段');
});
