import { SearchPage } from '../hub/search';
import { expect, query, test } from '../hub/test';

test('every option gives exactly what it promises', async ({ page }) => {
  const search = new SearchPage(page);
  await search.open('q=software');
  for (const option of (await search.choices()).filter((option) => option.count > 0).slice(0, 8)) {
    const box = search.facet(new RegExp(`^${option.name.replace(/[^\p{L}\p{N} ]/gu, '.')}\\s*[\\d.]+$`)).first();
    await box.check();
    await search.expectTotal(option.count);
    await box.uncheck();
    await expect.poll(() => query(page)).toEqual(['q=software']);
  }
});

test('two choices of one facet add up, a choice of another narrows', async ({ page }) => {
  const search = new SearchPage(page);
  await search.open();
  await search.facet(/^Stage/).check();
  await expect.poll(() => query(page)).toContain('soort=stage');
  const internships = await search.total();
  await search.facet(/^Afstudeer/).check();
  await expect.poll(() => search.total()).toBeGreaterThan(internships);
  const both = await search.total();
  await search.facet(/^hbo/i).check();
  await expect.poll(() => search.total()).toBeLessThan(both);
  expect(query(page)).toEqual(['soort=afstudeeropdracht', 'soort=stage', 'niveau=hbo']);
});

test('what is chosen stands in its place and as a chip, and both take it back', async ({ page }) => {
  const search = new SearchPage(page);
  await search.open();
  const all = await search.total();
  await search.facet(/^Stage/).check();
  await search.facet(/^hbo/i).check();
  await expect(search.chips).toHaveCount(2);
  await search.chips.filter({ hasText: /hbo/i }).click();
  await expect(search.facet(/^hbo/i)).not.toBeChecked();
  await expect(search.facet(/^Stage/)).toBeChecked();
  await search.facet(/^Stage/).uncheck();
  await expect(search.chips).toHaveCount(0);
  await search.expectTotal(all);
});

test('a folded facet unfolds, and stays so after a choice', async ({ page }) => {
  const search = new SearchPage(page);
  await search.open();
  await search.unfold(/gemeente/i);
  const group = search.filters.getByRole('group', { name: /gemeente/i });
  await group.getByRole('checkbox').first().check();
  await expect.poll(() => query(page).join()).toContain('gemeente=');
  await expect(group).toBeVisible();
});

test('focus stays on the option that was chosen', async ({ page }) => {
  const search = new SearchPage(page);
  await search.open();
  await search.facet(/^Stage/).focus();
  await page.keyboard.press('Space');
  await expect.poll(() => query(page)).toContain('soort=stage');
  await expect(search.facet(/^Stage/)).toBeFocused();
  await page.keyboard.press('Space');
  await expect.poll(() => query(page)).toEqual([]);
  await expect(search.facet(/^Stage/)).toBeFocused();
});
