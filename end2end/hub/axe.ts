import AxeBuilder from '@axe-core/playwright';
import type { Page } from '@playwright/test';
import { expect } from './test';

/** What axe finds wrong with what a page shows now, by all its rules or by these. */
export async function findings(page: Page, rules: { tags?: string[]; rules?: string[] } = {}): Promise<string[]> {
  // No page has a frame, which is all that the other mode is for; it opens a page of its own for every look.
  // Only what is wrong is described: a selector for everything that is right would take most of the time.
  const builder = new AxeBuilder({ page }).setLegacyMode().options({ resultTypes: ['violations'] });
  if (rules.tags) builder.withTags(rules.tags);
  if (rules.rules) builder.withRules(rules.rules);
  const { violations } = await builder.analyze();
  return violations.flatMap((rule) => rule.nodes.map((node) => `${rule.id}: ${rule.help}: ${node.target} ${node.html.slice(0, 160)} ${node.any[0]?.message ?? ''}`));
}

/** Looks at a page on a phone by day and wide at night: axe finds nothing, and nothing stands outside the page. */
export async function lookAt(page: Page, name: string) {
  for (const [width, colorScheme] of [[390, 'light'], [1440, 'dark']] as const) {
    await page.setViewportSize({ width, height: 900 });
    await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
    expect(await findings(page), `${name} ${width}`).toEqual([]);
    expect(await page.evaluate(() => document.documentElement.scrollWidth), `${name} ${width}`).toBeLessThanOrEqual(width);
  }
}
