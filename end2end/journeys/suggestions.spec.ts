// The list below the search box, as the ARIA practices want a combobox.
import { SearchPage } from '../hub/search';
import { expect, query, test } from '../hub/test';

/** Types, and closes the list, which may lie over what stands below the box. */
async function typeAndClose(search: SearchPage, words: string) {
  await search.type(words);
  if (await search.list.isVisible()) await search.page.keyboard.press('Escape');
}

const SAVING = () => Object.defineProperty(navigator, 'connection', { value: { saveData: true } });

for (const place of ['the browser', 'the server']) {
  test(`suggestions of ${place} are walked by arrows, and Enter goes to one`, async ({ page }) => {
    const search = new SearchPage(page);
    if (place === 'the server') {
      await page.addInitScript(SAVING);
      await search.open();
    } else {
      await search.openWithIndex();
    }
    await expect(search.box).toHaveAttribute('aria-expanded', 'false');
    await search.type('werktuig');
    await expect(search.list).toBeVisible();
    await expect(search.box).toHaveAttribute('aria-expanded', 'true');
    await expect(search.options.first()).toHaveText(/^werktuigbouwkunde\s*Studierichting\s*\d+$/i);
    await expect(search.box).not.toHaveAttribute('aria-activedescendant');

    await page.keyboard.press('ArrowDown');
    await expect(search.options.first()).toHaveAttribute('aria-selected', 'true');
    await expect(search.box).toHaveAttribute('aria-activedescendant', (await search.options.first().getAttribute('id'))!);
    await expect(search.box).toBeFocused();
    await page.keyboard.press('ArrowUp');
    await expect(search.list.locator('[aria-selected=true]')).toHaveCount(0);
    await page.keyboard.press('ArrowUp');
    await expect(search.options.last()).toHaveAttribute('aria-selected', 'true');
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('Enter');
    await expect.poll(() => query(page)).toEqual(['richting=werktuigbouwkunde']);
    await expect(search.list).toBeHidden();
    await expect(search.box).toHaveValue('');
    await expect(search.chips).toHaveText([/werktuigbouwkunde/i]);

    await page.goBack();
    await expect(search.box).toHaveValue('werktuig');
  });
}

test('an option is chosen by a click, and the box keeps the focus', async ({ page }) => {
  const search = new SearchPage(page);
  await search.openWithIndex();
  await search.type('stage winters');
  await search.options.filter({ hasText: /^Winterswijk\s*Plaats/ }).click();
  await expect.poll(() => query(page)).toEqual(['q=stage', 'plaats=Winterswijk']);
  await expect(search.place).toHaveValue('Winterswijk');
  await expect(search.box).toBeFocused();
  await expect(search.list).toBeHidden();
});

test('Enter without an option searches for the words', async ({ page }) => {
  const search = new SearchPage(page);
  await search.openWithIndex();
  await search.type('werktuig');
  await page.keyboard.press('Enter');
  await expect(search.list).toBeHidden();
  expect(query(page)).toEqual(['q=werktuig']);
});

test('Escape closes the list first and empties the box second', async ({ page }) => {
  const search = new SearchPage(page);
  await search.openWithIndex();
  await search.type('werktuig');
  await expect(search.list).toBeVisible();
  await page.keyboard.press('Escape');
  await expect(search.list).toBeHidden();
  await expect(search.box).toHaveValue('werktuig');
  await page.keyboard.press('Escape');
  await expect(search.box).toHaveValue('');
  await expect.poll(() => query(page)).toEqual([]);
});

test('the list closes when one goes on, and does not lie over what one went to', async ({ page }) => {
  const search = new SearchPage(page);
  await search.openWithIndex();
  await search.type('werktuig');
  await page.keyboard.press('Tab');
  await expect(search.list).toBeHidden();
  await expect(search.place).toBeFocused();
});

test('the slash goes to the box from anywhere, and is a letter in a field', async ({ page }) => {
  const search = new SearchPage(page);
  await search.openWithIndex();
  await page.keyboard.press('/');
  await expect(search.box).toBeFocused();
  await expect(search.box).toHaveValue('');
  await page.keyboard.type('a/b');
  await expect(search.box).toHaveValue('a/b');
  await page.locator('#count').focus();
  await page.keyboard.press('/');
  await expect(search.box).toBeFocused();
});

test('arrows walk from the box through the results and back, Enter opens one', async ({ page }) => {
  const search = new SearchPage(page);
  await search.openWithIndex();
  await search.type('kwikstaartproef');
  await search.expectTotal(4);
  await page.keyboard.press('ArrowDown');
  await expect(search.results.nth(0)).toBeFocused();
  await page.keyboard.press('ArrowDown');
  await expect(search.results.nth(1)).toBeFocused();
  await page.keyboard.press('ArrowUp');
  await page.keyboard.press('ArrowUp');
  await expect(search.box).toBeFocused();
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('Enter');
  await expect(page.getByRole('heading', { level: 1 })).toHaveText(/kwikstaartproef/i);
});

test('after Escape, arrow down leads to the results instead of the list', async ({ page }) => {
  const search = new SearchPage(page);
  await search.openWithIndex();
  await search.type('werktuig');
  await page.keyboard.press('Escape');
  await page.keyboard.press('ArrowDown');
  await expect(search.results.first()).toBeFocused();
});

for (const hasScript of [true, false]) {
  test.describe(hasScript ? 'with a script' : 'without a script', () => {
    test.use({ javaScriptEnabled: hasScript });

    test('words that name a choice are offered as one, and give what they promise', async ({ page }) => {
      const search = new SearchPage(page, 'nl', hasScript);
      await search.open(hasScript ? '' : 'q=stage+hbo+doetinchem');
      if (hasScript) await typeAndClose(search, 'stage hbo doetinchem');
      await expect(search.offers).toHaveText([/^Soort: Stage \(\d+\)$/, /^Niveau: hbo \(\d+\)$/, /^Plaats: Doetinchem \(\d+\)$/]);
      const promised = Number(/\((\d+)\)/.exec((await search.offers.nth(1).textContent())!)![1]);
      await search.offers.nth(1).click();
      await expect.poll(() => query(page)).toEqual(['q=stage doetinchem', 'niveau=hbo']);
      await search.expectTotal(promised);
    });

    test('organisations and events that fit are named with their number', async ({ page }) => {
      const search = new SearchPage(page, 'nl', hasScript);
      await search.open(hasScript ? '' : 'q=proef');
      if (hasScript) await typeAndClose(search, 'proef');
      const line = page.getByRole('list', { name: 'Ook gevonden' });
      await expect(line).toContainText(/\d+ organisaties/);
      await expect(line).toContainText(/\d+ bijeenkomst/);
      await search.elsewhere.filter({ hasText: 'Proefhoeve' }).click();
      await expect(page.getByRole('heading', { level: 1 })).toHaveText('Proefhoeve');
    });
  });
}
