import type { Page } from '@playwright/test';
import { SearchPage } from '../hub/search';
import { expect, isAlive, query, test } from '../hub/test';
import { PATHS, says, text } from '../hub/words';

/** What has focus: whether it shows that, and whether nothing lies over it. */
async function focusState(page: Page) {
  return page.evaluate(() => {
    const element = document.activeElement as HTMLElement;
    const isOutlined = (part: Element) => {
      const style = getComputedStyle(part);
      return style.outlineStyle !== 'none' && parseFloat(style.outlineWidth) >= 2;
    };
    // A card or a box of fields may show it for what is in it.
    const around: Element[] = [element];
    for (let part = element.parentElement; part && around.length < 4 && part.tagName !== 'MAIN'; part = part.parentElement) around.push(part);
    const box = element.getBoundingClientRect();
    const [x, y] = [box.left + box.width / 2, box.top + box.height / 2];
    const top = document.elementFromPoint(x, y);
    return {
      name: `${element.tagName.toLowerCase()} ${element.id} ${(element.getAttribute('aria-label') ?? element.innerText ?? '').trim().slice(0, 40)}`,
      isPage: element === document.body,
      isMarked: around.some(isOutlined),
      isInView: box.width > 0 && x >= 0 && y >= 0 && x <= innerWidth && y <= innerHeight,
      isCovered: !!top && !element.contains(top) && !top.contains(element) && !top.closest('label')?.contains(element),
    };
  });
}

test('the first stop leads over the menu to the content', async ({ page }) => {
  await page.goto(PATHS.nl.search);
  await page.keyboard.press('Tab');
  const skip = page.getByRole('link', { name: says('nl', 'shell.skip') });
  await expect(skip).toBeFocused();
  await expect(skip).toBeInViewport();
  await page.keyboard.press('Enter');
  await expect(page.getByRole('main')).toBeFocused();
  await page.keyboard.press('Tab');
  expect(await page.evaluate(() => !!document.activeElement?.closest('main'))).toBe(true);
});

for (const [name, path] of Object.entries({ home: '/', search: '/vacatures?soort=stage', organisations: '/organisaties', events: '/agenda' })) {
  test(`every stop on the page ${name} is seen, in order, and none holds one back`, async ({ page }) => {
    await page.goto(path);
    await isAlive(page);
    const stops: string[] = [];
    for (let stop = 0; stop < 250; stop++) {
      await page.keyboard.press('Tab');
      const focus = await focusState(page);
      if (focus.isPage) break;
      stops.push(focus.name);
      expect(focus, focus.name).toMatchObject({ isMarked: true, isInView: true, isCovered: false });
    }
    expect(stops.length).toBeGreaterThan(8);
    expect(stops.length).toBeLessThan(250);
    const header = stops.findIndex((stop) => stop.includes(text('nl', 'nav.vacancies')));
    const footer = stops.findIndex((stop) => stop.includes(text('nl', 'nav.accessibility')));
    expect(header).toBeLessThan(footer);
  });
}

test('a vacancy is found and opened with the keyboard alone', async ({ page }) => {
  const search = new SearchPage(page);
  await search.open();
  for (let stop = 0; stop < 20 && !(await search.box.evaluate((box) => box === document.activeElement)); stop++) {
    await page.keyboard.press('Tab');
  }
  await expect(search.box).toBeFocused();
  await page.keyboard.type('kwikstaartproef');
  await search.expectTotal(4);
  await page.keyboard.press('Enter');
  await search.expectTotal(4);

  await search.facet(/^Stage/).focus();
  await page.keyboard.press('Space');
  await expect.poll(() => query(page)).toContain('soort=stage');
  await search.chips.filter({ hasText: /^stage/i }).focus();
  await page.keyboard.press('Enter');
  await expect.poll(() => query(page)).toEqual(['q=kwikstaartproef']);
  expect(await page.evaluate(() => document.activeElement !== null)).toBe(true);

  await search.results.first().focus();
  await page.keyboard.press('Enter');
  await expect(page.getByRole('heading', { level: 1 })).toHaveText(/kwikstaartproef/i);
});

test('Escape empties the search box', async ({ page }) => {
  const search = new SearchPage(page);
  await search.open();
  await search.type('kwikstaartproef');
  await page.keyboard.press('Escape');
  await expect(search.box).toHaveValue('');
  await expect.poll(() => query(page)).toEqual([]);
});

test('on a phone the sheet opens by Enter, closes by Escape and gives the focus back', async ({ page }) => {
  await page.setViewportSize({ width: 390, height: 844 });
  const search = new SearchPage(page);
  await search.open();
  const opener = search.openFilters;
  await opener.focus();
  await page.keyboard.press('Enter');
  await expect(search.filters).toBeVisible();
  await page.keyboard.press('Escape');
  await expect(search.filters).toBeHidden();
  await expect(opener).toBeFocused();
});

test('on a phone the menu opens and closes by the keyboard', async ({ page }) => {
  await page.setViewportSize({ width: 390, height: 844 });
  await page.goto('/');
  const button = page.getByRole('button', { name: says('nl', 'nav.menu') });
  await button.focus();
  await page.keyboard.press('Space');
  const link = page.getByRole('navigation').getByRole('link', { name: /organisaties/i }).first();
  await expect(link).toBeVisible();
  await page.keyboard.press('Escape');
  await expect(link).toBeHidden();
});
