import { SearchPage } from '../hub/search';
import { expect, query, test } from '../hub/test';
import { type Language, LANGUAGES, PATHS, text } from '../hub/words';

const NAMES = { nl: 'Nederlands', de: 'Deutsch', en: 'English' };

for (const language of ['de', 'en'] as const) {
  test(`somebody who reads ${language} finds a vacancy`, async ({ page }) => {
    await page.goto(PATHS[language].home);
    await expect(page.locator('html')).toHaveAttribute('lang', language);
    const search = new SearchPage(page, language);
    await search.open();
    await search.type(text(language, 'kind.internship'));
    await expect.poll(() => search.total()).toBeGreaterThan(20);
    await search.facet(new RegExp(`^${text(language, 'kind.internship')} `)).check();
    await expect.poll(() => query(page)).toContain('soort=stage');
    await search.results.first().click();
    await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
    expect(page.url()).toContain(PATHS[language].search + '/');
  });

  test(`no Dutch text of the interface is left in ${language}`, async ({ page }) => {
    const ours = /\b(vacatures|organisaties|toon|wis|gekozen|verwijder|volgende|vorige|vergoeding|binnen vier weken|in overleg|sorteer)\b/i;
    for (const path of Object.values(PATHS[language])) {
      await page.goto(path);
      // What organisations wrote carries its own language.
      const left = await page.locator('body').evaluate((body, own) => {
        const copy = body.cloneNode(true) as HTMLElement;
        copy.querySelectorAll(`[lang]:not([lang="${own}"]), datalist, script, style, h3, p`).forEach((part) => part.remove());
        return copy.textContent ?? '';
      }, language);
      expect(ours.exec(left)?.[0], path).toBeUndefined();
    }
  });
}

for (const from of LANGUAGES) {
  for (const to of LANGUAGES.filter((to) => to !== from)) {
    test(`the switch from ${from} to ${to} keeps one where one is`, async ({ page }) => {
      const search = new SearchPage(page, from);
      await search.open('q=software&soort=stage');
      const total = await search.total();
      await switchTo(page, to);
      await expect.poll(() => new URL(page.url()).pathname).toBe(PATHS[to].search);
      expect(query(page)).toEqual(['q=software', 'soort=stage']);
      await new SearchPage(page, to).expectTotal(total);

      await search.open('q=kwikstaartproef%20compleet');
      await search.results.first().click();
      const slug = new URL(page.url()).pathname.split('/').pop();
      await switchTo(page, to);
      await expect.poll(() => new URL(page.url()).pathname).toBe(`${PATHS[to].search}/${slug}`);
    });
  }
}

test('the switch follows a search that was typed', async ({ page }) => {
  const search = new SearchPage(page);
  await search.open();
  await search.type('kwikstaartproef');
  await search.expectTotal(4);
  await switchTo(page, 'en');
  await expect.poll(() => query(page)).toEqual(['q=kwikstaartproef']);
  await new SearchPage(page, 'en').expectTotal(4);
});

test('every page names itself in the other languages', async ({ page, baseURL, request }) => {
  for (const language of LANGUAGES) {
    for (const [name, path] of Object.entries(PATHS[language])) {
      await page.goto(path);
      for (const other of LANGUAGES) {
        const href = await page.locator(`head link[rel=alternate][hreflang=${other}]`).getAttribute('href');
        expect(href).toBe(baseURL + PATHS[other][name as keyof (typeof PATHS)['nl']]);
        expect((await request.get(href!)).status()).toBe(200);
      }
    }
  }
});

async function switchTo(page: import('@playwright/test').Page, language: Language) {
  await page.getByRole('link', { name: NAMES[language] }).first().click();
}
