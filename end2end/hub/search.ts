import { expect, type Locator, type Page } from '@playwright/test';
import { isAlive, query } from './test';
import { type Language, PATHS, says as named } from './words';

/** The search page, as a visitor names its parts. */
export class SearchPage {
  readonly box: Locator;
  readonly place: Locator;
  readonly radius: Locator;
  readonly sort: Locator;
  readonly go: Locator;
  readonly filters: Locator;
  readonly openFilters: Locator;
  readonly show: Locator;
  readonly chips: Locator;
  readonly results: Locator;
  readonly cards: Locator;
  readonly status: Locator;
  readonly next: Locator;
  readonly ways: Locator;
  readonly list: Locator;
  readonly options: Locator;
  readonly offers: Locator;
  readonly elsewhere: Locator;
  readonly offline: Locator;
  readonly region: Locator;
  readonly map: Locator;
  readonly places: Locator;

  constructor(
    readonly page: Page,
    readonly language: Language = 'nl',
    readonly hasScript = true,
  ) {
    const says = (...keys: string[]) => named(language, ...keys);
    const main = page.getByRole('main');
    // With a script, the box of the search page becomes a combobox.
    this.box = main.getByRole('searchbox').or(main.getByRole('combobox', { name: says('search.query_label') }));
    this.place = main.getByRole('combobox', { name: says('search.place_label') });
    this.radius = main.getByRole('combobox', { name: says('search.radius_label') });
    this.sort = main.getByRole('combobox', { name: says('search.sort') });
    this.go = main.getByRole('button', { name: says('search.go') });
    this.filters = main.getByRole('complementary', { name: says('search.filters') });
    this.openFilters = main.getByRole('button', { name: says('search.filters_count') });
    this.show = main.getByRole('button', { name: says('search.show_results') });
    this.chips = main.getByRole('list', { name: says('search.chosen') }).getByRole('link', { name: says('search.remove_filter') });
    this.results = main.getByRole('heading', { level: 3 }).getByRole('link');
    this.cards = main.getByRole('listitem').filter({ has: page.getByRole('heading', { level: 3 }) });
    this.status = main.getByRole('status');
    this.next = main.getByRole('navigation', { name: says('pager.label') }).getByRole('link', { name: says('pager.next') });
    this.list = main.getByRole('listbox', { name: says('search.suggestions') });
    this.options = this.list.getByRole('option');
    this.offers = main.getByRole('list', { name: says('search.meant') }).getByRole('link');
    this.elsewhere = main.getByRole('list', { name: says('search.elsewhere') }).getByRole('link');
    this.offline = main.getByRole('status').filter({ hasText: says('search.offline', 'search.offline_waiting') });
    this.region = main.getByText(says('search.places'));
    this.map = main.getByRole('group', { name: says('search.map') });
    this.places = main.locator('.places').getByRole('link');
    this.ways = main.getByRole('list').getByRole('link', { name: says('search.without_query', 'search.without_place', 'search.with_radius', 'search.without_choice') });
  }

  async open(search = '') {
    const answer = await this.page.goto(PATHS[this.language].search + (search && `?${search}`));
    if (this.hasScript) await isAlive(this.page);
    return answer!;
  }

  /** Opens the page and waits until the index is in the browser. */
  async openWithIndex(search = '') {
    // A hub that has just started is still packing it.
    const form = async () => (await this.page.request.get(PATHS[this.language].search)).text();
    await expect.poll(form, { timeout: 15_000 }).toContain('data-core');
    const answer = await this.open(search);
    await expect(this.page.locator('html')).toHaveAttribute('data-index', '', { timeout: 15_000 });
    return answer;
  }

  /** How many the page says it found. */
  async total(): Promise<number> {
    return numberAtStart((await this.status.first().textContent()) ?? '');
  }

  async expectTotal(total: number) {
    await expect.poll(() => this.total()).toBe(total);
  }

  async type(words: string) {
    await this.box.click();
    await this.box.fill('');
    await this.box.pressSequentially(words, { delay: 20 });
    await expect.poll(() => query(this.page)).toContain(`q=${words}`);
  }

  facet(name: string | RegExp): Locator {
    return this.filters.getByRole('checkbox', { name });
  }

  /** Unfolds a facet. */
  async unfold(name: RegExp) {
    const group = this.filters.getByRole('group', { name });
    if (!(await group.isVisible())) await this.filters.getByText(name).first().click();
    await expect(group).toBeVisible();
  }

  /** The facet options that can be seen: their name and the count they promise. */
  async choices(): Promise<{ name: string; count: number; isChosen: boolean }[]> {
    const options = [];
    for (const box of await this.filters.getByRole('checkbox').all()) {
      const [name, count] = await box.evaluate((input: HTMLInputElement) => [...(input.labels?.[0]?.children ?? [])].slice(-2).map((part) => part.textContent!.trim()));
      options.push({ name, count: Number(count.replace(/[.,]/g, '')), isChosen: await box.isChecked() });
    }
    return options;
  }

  titles(): Promise<string[]> {
    return this.results.allTextContents();
  }
}

/** `1.234 vacatures` is 1234, and so is `Binnen 25 km: 1.234 vacatures`; a text without a number means none. */
export function numberIn(text: string): number {
  const digits = /([\d.,]+) [^\d]*$/.exec(text.trim())?.[1];
  return digits ? Number(digits.replace(/[.,]/g, '')) : 0;
}

/** `34 vacatures binnen 25 km van Ulft` is 34. */
function numberAtStart(text: string): number {
  const digits = /^[\d.,]+/.exec(text.trim())?.[0];
  return digits ? Number(digits.replace(/[.,]/g, '')) : 0;
}
