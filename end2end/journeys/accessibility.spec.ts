import type { Page } from '@playwright/test';
import { findings } from '../hub/axe';
import { closedPaths, vacancyPath } from '../hub/hidden';
import { SearchPage } from '../hub/search';
import { expect, isAlive, test } from '../hub/test';
import { type Language, LANGUAGES, PATHS } from '../hub/words';

const RULES = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];
const SIZES = [{ width: 390, height: 844 }, { width: 1440, height: 900 }];

const PAGES: Record<string, (page: Page, language: Language) => string | Promise<string>> = {
  home: (_, language) => PATHS[language].home,
  search: (_, language) => PATHS[language].search,
  'search with choices': (_, language) => `${PATHS[language].search}?q=software&soort=stage&plaats=Doetinchem&straal=50`,
  'search without results': (_, language) => `${PATHS[language].search}?q=kwikstaartproef&soort=bijbaan`,
  'search with a wrong place': (_, language) => `${PATHS[language].search}?plaats=Winterswyk`,
  vacancy: (page, language) => vacancyPath(page, 'kwikstaartproef compleet', language),
  'hostile vacancy': (page, language) => vacancyPath(page, 'kwikstaartproef injectie', language),
  'closed vacancy': async (page, language) => (await closedPaths(page, language))[0],
  organisations: (_, language) => PATHS[language].organisations,
  organisation: (_, language) => `${PATHS[language].organisations}/proefhoeve`,
  agenda: (_, language) => PATHS[language].events,
  event: async (page, language) => {
    await page.goto(PATHS[language].events);
    return (await page.getByRole('main').getByRole('link', { name: /proefmiddag/i }).first().getAttribute('href'))!;
  },
  about: (_, language) => PATHS[language].about,
  privacy: (_, language) => PATHS[language].privacy,
  'accessibility statement': (_, language) => PATHS[language].accessibility,
  'not found': (_, language) => `${PATHS[language].search}/bestaat-niet-99999999`,
};

/** The rules that look at colours; all others read what stands on the page and where, which the night does not change. */
const COLOUR_RULES = ['color-contrast', 'link-in-text-block'];

async function findingsIn(page: Page, scheme: 'light' | 'dark' = 'light'): Promise<string[]> {
  return findings(page, scheme === 'light' ? { tags: RULES } : { rules: COLOUR_RULES });
}

for (const language of LANGUAGES) {
  for (const [name, path] of Object.entries(PAGES)) {
    test(`axe finds nothing on the page ${name} (${language})`, async ({ page, guard }) => {
      guard.expect(/404|410/);
      const address = await path(page, language);
      // A language changes words and their length, which a phone shows; colours and the wide page are looked at once.
      const isFirst = language === LANGUAGES[0];
      for (const size of isFirst ? SIZES : SIZES.slice(0, 1)) {
        await page.setViewportSize(size);
        await page.goto(address);
        await isAlive(page);
        // What stays in view while one scrolls covers other things at the top than at the end.
        const looks = [['light', 0], ['light', 1], ['dark', 1]] as const;
        for (const [colorScheme, depth] of isFirst ? looks : looks.slice(1, 2)) {
          await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
          await page.evaluate((depth) => scrollTo(0, depth * document.body.scrollHeight), depth);
          expect(await findingsIn(page, colorScheme), `${size.width} ${colorScheme} ${depth}`).toEqual([]);
        }
      }
    });
  }

  test(`axe finds nothing in the sheet with filters (${language})`, async ({ page }) => {
    await page.setViewportSize(SIZES[0]);
    const search = new SearchPage(page, language);
    await search.open('soort=stage');
    await search.openFilters.click();
    for (const colorScheme of ['light', 'dark'] as const) {
      await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
      expect(await findingsIn(page, colorScheme), colorScheme).toEqual([]);
    }
  });
}

const STATES: Record<string, (search: SearchPage) => Promise<void>> = {
  'the list of suggestions': async (search) => {
    await search.openWithIndex();
    await search.type('werktuig');
    await search.page.keyboard.press('ArrowDown');
    await expect(search.list).toBeVisible();
  },
  'choices that are offered, and what is found elsewhere': async (search) => {
    await search.openWithIndex();
    await search.type('Proefhoeve');
    await expect(search.offers.first()).toBeVisible();
    await expect(search.elsewhere.first()).toBeVisible();
  },
  'the map': async (search) => {
    await search.openWithIndex('q=stage&plaats=Doetinchem&straal=10');
    if (await search.openFilters.isVisible()) await search.openFilters.click();
    await search.region.click();
    await expect(search.map).toBeVisible();
  },
  'the page without a network': async (search) => {
    await search.openWithIndex('q=stage');
    await search.page.context().setOffline(true);
    await expect(search.offline).toBeVisible();
  },
};

for (const [name, reach] of Object.entries(STATES)) {
  test(`axe finds nothing in ${name}, by day and night, on a phone and wide`, async ({ page }) => {
    for (const size of SIZES) {
      await page.context().setOffline(false);
      await page.setViewportSize(size);
      await reach(new SearchPage(page));
      for (const colorScheme of ['light', 'dark'] as const) {
        await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
        expect(await findingsIn(page, colorScheme), `${size.width} ${colorScheme}`).toEqual([]);
      }
    }
  });
}

test('a page can be read at 320 pixels and with text twice as large', async ({ page }) => {
  await page.setViewportSize({ width: 320, height: 640 });
  for (const path of Object.values(PATHS.nl)) {
    await page.goto(path);
    expect(await page.evaluate(() => document.documentElement.scrollWidth), path).toBeLessThanOrEqual(320);
  }
  await page.setViewportSize({ width: 1280, height: 900 });
  for (const path of Object.values(PATHS.nl)) {
    await page.goto(path);
    await page.evaluate(() => (document.documentElement.style.fontSize = '200%'));
    expect(await page.evaluate(() => document.documentElement.scrollWidth), path).toBeLessThanOrEqual(1280);
  }
});

test('a screen reader hears how many were found', async ({ page }) => {
  const search = new SearchPage(page);
  await search.open();
  const status = search.status.first();
  await expect(status).toHaveText(/\d/);
  const before = await status.elementHandle();
  await search.type('kwikstaartproef');
  await search.expectTotal(4);
  // The same element, with another text: a new one would not be read.
  expect(await status.evaluate((element, before) => element === before, before)).toBe(true);
});
