import { anOfficial, aResident, enter, expect, test } from '../fixtures';
import { addPhoto } from './deductions-world';

// Who has no phone signs on paper: a steward writes it down, and the household can see it and take it back.

for (const javaScript of [true, false]) {
  test.describe(javaScript ? 'with JavaScript' : 'without JavaScript', () => {
    test.use({ javaScriptEnabled: javaScript });

    test('a consent on paper is written down, seen by the household, and taken back @desktop', async ({
      page,
      browser,
    }) => {
      const steward = await anOfficial('STEWARD', 0, 'xinghua');
      const person = await aResident('desktop', javaScript ? 0 : 1, 'xinghua');
      const home = await (
        await browser.newContext({
          baseURL: test.info().project.use.baseURL ?? '',
          javaScriptEnabled: javaScript,
        })
      ).newPage();
      await enter(home, person, '/me/consent');
      const own = home.getByRole('button', { name: '收回同意' });
      if (await own.isVisible()) await own.click();
      await expect(home.getByText('现在：名字隐去')).toBeVisible();

      await enter(page, steward, `/desk/people/${person.householdId}`);
      await page.getByRole('link', { name: '代没有手机的户记同意' }).click();
      await expect(page.getByRole('heading', { name: '红榜写全名同意书' })).toBeVisible();
      await addPhoto(page, javaScript);
      await page.getByLabel('谁签的字').selectOption({ label: person.name });
      await page.getByRole('button', { name: '记下：这一户同意写全名' }).click();
      await expect(page.getByText('记下了，这一户上红榜写全名。')).toBeVisible();
      await expect(page.getByRole('img', { name: '签字的纸，第 1 张' })).toBeVisible();

      await home.goto('/me/messages');
      await expect(home.getByText(`${steward.name}替您家记下：同意红榜写全名`).first()).toBeVisible();
      await home.goto('/me/consent');
      await expect(home.getByText(`在纸上签字同意的，${steward.name}代记`)).toBeVisible();
      await expect(home.getByRole('img', { name: '签字的纸，第 1 张' })).toBeVisible();
      await home.getByRole('button', { name: '收回同意' }).click();
      await expect(home.getByText('现在：名字隐去')).toBeVisible();
      await home.context().close();
    });
  });
}
