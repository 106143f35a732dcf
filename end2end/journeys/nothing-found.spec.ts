import { numberIn, SearchPage } from '../hub/search';
import { expect, query, test } from '../hub/test';
import { LANGUAGES, says } from '../hub/words';

for (const language of LANGUAGES) {
  test(`every way out gives what it promises (${language})`, async ({ page }) => {
    const search = new SearchPage(page, language);
    const nowhere = 'q=kwikstaartproef&soort=bijbaan&plaats=Winterswijk';
    await search.open(nowhere);
    await search.expectTotal(0);
    await expect(page.getByRole('main').getByRole('heading', { name: says(language, 'search.nothing') })).toBeVisible();
    const texts = await search.ways.allInnerTexts();
    expect(texts.length).toBeGreaterThan(0);
    for (const text of texts) {
      await search.open(nowhere);
      await search.ways.filter({ hasText: text }).first().click();
      const promised = numberIn(text);
      expect(promised).toBeGreaterThan(0);
      await search.expectTotal(promised);
    }
  });
}

test('the way out that is named drops the choice it names', async ({ page }) => {
  const search = new SearchPage(page);
  await search.open('q=kwikstaartproef&soort=bijbaan');
  const way = search.ways.filter({ hasText: /bijbaan/i });
  await expect(way).toHaveCount(1);
  expect(numberIn(await way.innerText())).toBe(4);
  await way.click();
  await search.expectTotal(4);
  expect(query(page)).toEqual(['q=kwikstaartproef']);
});

test('a wider distance is offered when the place is the reason', async ({ page }) => {
  const search = new SearchPage(page);
  await search.open('q=kwikstaartproef%20compleet&plaats=Doetinchem&straal=5');
  await search.expectTotal(0);
  const way = search.ways.filter({ hasText: /km/ }).last();
  const promised = numberIn(await way.innerText());
  expect(promised).toBeGreaterThan(0);
  await way.click();
  await search.expectTotal(promised);
});

test('a search for nonsense still leads on', async ({ page }) => {
  const search = new SearchPage(page);
  await search.open('q=xqzxqzxqzxqz');
  await search.expectTotal(0);
  await page.getByRole('main').getByRole('link', { name: says('nl', 'search.show_all') }).click();
  await expect.poll(() => search.total()).toBeGreaterThan(100);
});
