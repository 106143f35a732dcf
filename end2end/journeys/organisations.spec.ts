import type { Page } from '@playwright/test';
import { numberIn } from '../hub/search';
import { expect, query, test } from '../hub/test';
import { LANGUAGES, PATHS, says } from '../hub/words';

/** The list of organisations, as a visitor names its parts. */
function list(page: Page) {
  const main = page.getByRole('main');
  return {
    cards: main.getByRole('heading', { level: 3 }).getByRole('link'),
    name: main.getByRole('searchbox', { name: says('nl', 'organisations.name') }),
    sector: main.getByRole('combobox', { name: says('nl', 'facet.sector') }),
    municipality: main.getByRole('combobox', { name: says('nl', 'facet.municipality') }),
    kind: main.getByRole('combobox', { name: says('nl', 'organisations.kind') }),
    filter: main.getByRole('button', { name: says('nl', 'organisations.filter') }),
    total: async () => numberIn((await main.getByRole('status').first().textContent()) ?? ''),
  };
}

for (const javaScriptEnabled of [true, false]) {
  test.describe(javaScriptEnabled ? 'with scripts' : 'without scripts', () => {
    test.use({ javaScriptEnabled });

    test('organisations are found by name', async ({ page }) => {
      await page.goto(PATHS.nl.organisations);
      const { cards, name, total } = list(page);
      const all = await total();
      expect(all).toBeGreaterThan(60);
      await expect(cards).toHaveCount(all);
      await name.fill('proefhoeve');
      await name.press('Enter');
      await expect(cards).toHaveText(['Proefhoeve']);
      expect(await total()).toBe(1);
      expect(query(page)).toContain('naam=proefhoeve');
      await page.reload();
      await expect(name).toHaveValue('proefhoeve');
      await expect(cards).toHaveCount(1);
      await page.goBack();
      await expect(cards).toHaveCount(all);
    });

    test('and by sector, municipality and kind together', async ({ page }) => {
      await page.goto(PATHS.nl.organisations);
      const { cards, sector, municipality, kind, filter, total } = list(page);
      const all = await total();
      await sector.selectOption({ label: 'Agri & Food' });
      await filter.click();
      await expect.poll(total).toBeLessThan(all);
      const food = await total();
      expect(food).toBeGreaterThan(0);
      await expect(cards).toHaveCount(food);
      await municipality.selectOption({ label: 'Winterswijk' });
      await kind.selectOption({ label: 'Onderneming' });
      await filter.click();
      await expect(cards.filter({ hasText: 'Proefhoeve' })).toHaveCount(1);
      await expect(municipality).toHaveValue('winterswijk');
      await expect(sector).toHaveValue('agri-food');
    });

    test('the vacancies of a large one have pages', async ({ page }) => {
      await page.goto(`${PATHS.de.organisations}/proefmolen`);
      const { cards } = list(page);
      await expect(cards).toHaveCount(15);
      const first = await cards.allTextContents();
      await page.getByRole('link', { name: says('de', 'pager.next') }).click();
      await page.waitForURL(/\/de\/organisationen\/proefmolen\?pagina=2/);
      await expect(cards).toHaveCount(2);
      expect(first).not.toContain(await cards.first().textContent());
      await expect(cards.first()).toBeInViewport();
      await page.getByRole('link', { name: 'Nederlands' }).first().click();
      await page.waitForURL(/\/organisaties\/proefmolen\?pagina=2/);
      await expect(cards).toHaveCount(2);
    });
  });
}

test('when there is none, the page leads on', async ({ page }) => {
  await page.goto(`${PATHS.nl.organisations}?naam=xqzxqz`);
  await expect(page.getByRole('main').getByRole('heading', { name: says('nl', 'organisations.none') })).toBeVisible();
  await page.getByRole('main').getByRole('link', { name: says('nl', 'organisations.show_all') }).click();
  await expect(page).toHaveURL(PATHS.nl.organisations);
});

for (const language of LANGUAGES) {
  test(`an organisation shows who it is and what it offers (${language})`, async ({ page }) => {
    await page.goto(`${PATHS[language].organisations}/proefhoeve`);
    const main = page.getByRole('main');
    await expect(page.getByRole('heading', { level: 1 })).toHaveText('Proefhoeve');
    await expect(main).toContainText('Winterswijk');
    await expect(main).toContainText('bestaat alleen in tests');
    await expect(main.getByRole('link', { name: says(language, 'vacancy.website') })).toHaveAttribute('href', /^https:\/\/proefhoeve\.example/);
    const vacancies = main.getByRole('heading', { level: 3 }).getByRole('link', { name: /kwikstaartproef/i });
    await expect(vacancies).toHaveCount(3);
    await vacancies.first().click();
    await expect(page.getByRole('heading', { level: 1 })).toHaveText(/kwikstaartproef/i);
  });
}

test('an organisation tells search engines who it is', async ({ page }) => {
  await page.goto(`${PATHS.nl.organisations}/proefhoeve`);
  const parts = await page.locator('script[type="application/ld+json"]').allTextContents();
  const all = parts.flatMap((part) => [JSON.parse(part)].flat()).flatMap((part) => part['@graph'] ?? [part]);
  expect(all.some((part) => part['@type'] === 'Organization' && part.name === 'Proefhoeve')).toBe(true);
});
