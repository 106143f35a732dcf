// Lists, boards and editors of the dashboards: with a script they are quicker, without one they do the same.
import type { Browser, Cookie, Locator, Page } from '@playwright/test';
import { findings } from '../hub/axe';
import { mailAbout, newAddress, signIn } from '../hub/mail';
import { expect, isAlive, test } from '../hub/test';
import { text } from '../hub/words';

const RECEIVED = '/organisatie/slingeveld-gieterij';
const MEMBER = 'ben@slingeveld-gieterij.example';

// One after the other, with one session: two who sign in as this one at once would take each other's mail.
test.describe.configure({ mode: 'default' });
let session: Cookie[] = [];
test.beforeAll(async ({ browser }) => {
  const page = await browser.newPage();
  await signIn(page, MEMBER);
  session = await page.context().cookies();
  await page.context().close();
});

/** Somebody with an account applies for some vacancies of one organisation, each time under another name; returns what the names share. */
async function applications(browser: Browser, baseURL: string, count: number): Promise<{ tag: string; address: string }> {
  const page = await browser.newPage();
  const address = newAddress('rik');
  const tag = `Rik${address.split('.')[2].split('@')[0]}`;
  await signIn(page, address);
  await page.goto('/vacatures?q=slingeveld+gieterij');
  const links = await page.getByRole('main').getByRole('heading', { level: 3 }).getByRole('link').all();
  const paths = await Promise.all(links.slice(0, count).map((link) => link.getAttribute('href')));
  expect(paths.length).toBe(count);
  for (const [place, path] of paths.entries()) {
    const answers = await page.request.post(path!.replace('/vacatures/', '/solliciteren/'), {
      headers: { origin: baseURL },
      multipart: { name: `${tag} ${'ABCDEFGH'[place]}`, motivation: 'Ik wil leren gieten.', do: 'send' },
      maxRedirects: 0,
    });
    expect(answers.status()).toBe(303);
  }
  await page.context().close();
  return { tag, address };
}

async function open(page: Page, query: string) {
  await page.goto(`${RECEIVED}?${query}`);
  await isAlive(page);
  await expect(page.locator('.table-page')).toHaveAttribute('data-awake', '');
}

const column = (page: Page, key: string) => page.locator('.board-column').filter({ has: page.getByRole('heading', { level: 2, name: text('nl', `received.stage_${key}`) }) });
const card = (within: Page | Locator, name: string) => within.locator('.board-card').filter({ hasText: name });

async function drag(page: Page, from: Locator, to: Locator) {
  await from.scrollIntoViewIfNeeded();
  const start = (await from.boundingBox())!;
  const end = (await to.boundingBox())!;
  await page.mouse.move(start.x + 30, start.y + 40);
  await page.mouse.down();
  await page.mouse.move(end.x + 40, end.y + 60, { steps: 6 });
  await page.mouse.up();
}

test('an organisation moves applications on its board, by pointer and keys, and takes a move back', async ({ page, browser, baseURL }) => {
  await page.setViewportSize({ width: 1440, height: 1400 });
  const { tag, address } = await applications(browser, baseURL!, 3);
  await page.context().addCookies(session);
  await page.goto(`${RECEIVED}?q=${tag}`);
  await page.getByRole('link', { name: text('nl', 'table.layout_board') }).click();
  await open(page, `q=${tag}&vorm=bord`);
  await expect(column(page, 'new').locator('.board-count')).toHaveText('3');

  await drag(page, card(page, `${tag} A`), column(page, 'conversation'));
  await expect(card(column(page, 'conversation'), `${tag} A`)).toBeVisible();
  await expect(column(page, 'new').locator('.board-count')).toHaveText('2');
  await page.getByRole('button', { name: text('nl', 'board.undo') }).click();
  await expect(card(column(page, 'new'), `${tag} A`)).toBeVisible();

  // Nobody may bring an application to where it comes by itself.
  await drag(page, card(page, `${tag} A`), column(page, 'seen'));
  await expect(card(column(page, 'new'), `${tag} A`)).toBeVisible();

  await drag(page, card(page, `${tag} A`), column(page, 'conversation'));
  await expect(page.locator('.board-bar')).toBeVisible();
  await expect(page.locator('.board-bar')).toHaveCount(0, { timeout: 15_000 });
  expect(await mailAbout(page, address, 'Slingeveld')).toBeTruthy();

  // By keys: lift, choose, put down; leaving the page sends what was moved last.
  await card(page, `${tag} B`).focus();
  await page.keyboard.press('Space');
  await page.keyboard.press('ArrowRight');
  await expect(column(page, 'conversation')).toHaveClass(/under/);
  await page.keyboard.press('ArrowRight');
  await page.keyboard.press('Space');
  await expect(card(column(page, 'offered'), `${tag} B`)).toBeFocused();
  await page.keyboard.press('ArrowLeft');
  await expect(card(page, `${tag} A`)).toBeFocused();
  await expect(async () => {
    await page.reload();
    await expect(card(column(page, 'offered'), `${tag} B`)).toBeVisible({ timeout: 1000 });
  }).toPass();
  await isAlive(page);
  await expect(page.locator('.table-page')).toHaveAttribute('data-awake', '');

  await card(page, `${tag} C`).focus();
  await page.keyboard.press('Space');
  await page.keyboard.press('ArrowRight');
  await page.keyboard.press('Escape');
  await expect(card(column(page, 'new'), `${tag} C`)).toBeVisible();

  // A no needs a reason.
  await drag(page, card(page, `${tag} C`), column(page, 'ended'));
  await expect(page.getByRole('heading', { level: 1 })).toContainText('Beantwoord 1 sollicitatie');
  await expect(page.getByRole('radio', { name: text('nl', 'application.step_decline') })).toBeChecked();
});

test.describe('by touch', () => {
  test.use({ hasTouch: true, viewport: { width: 390, height: 800 } });

  test('a card is lifted by a finger that rests on it, and the list still scrolls', async ({ page, browser, baseURL }) => {
    const { tag } = await applications(browser, baseURL!, 1);
    await page.context().addCookies(session);
    await open(page, `q=${tag}&vorm=bord`);
    const finger = await page.context().newCDPSession(page);
    const touch = (type: 'touchStart' | 'touchMove' | 'touchEnd', x = 0, y = 0) => finger.send('Input.dispatchTouchEvent', { type, touchPoints: type === 'touchEnd' ? [] : [{ x, y }] });
    const from = card(page, `${tag} A`);
    await from.scrollIntoViewIfNeeded();
    const start = (await from.boundingBox())!;
    const [x, y] = [start.x + 40, start.y + 50];
    await touch('touchStart', x, y);
    await expect(from).toHaveClass(/lifted/);
    // Held at the edge, the next columns come.
    await touch('touchMove', 380, y);
    await expect(async () => {
      const target = (await column(page, 'conversation').boundingBox())!;
      expect(target.x + target.width).toBeLessThan(385);
    }).toPass();
    const target = (await column(page, 'conversation').boundingBox())!;
    await touch('touchMove', Math.max(60, target.x + 60), y);
    await expect(column(page, 'conversation')).toHaveClass(/under/);
    await touch('touchEnd');
    await expect(card(column(page, 'conversation'), `${tag} A`)).toBeVisible();
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(390);
  });
});

test('rows of a table are chosen in ranges and by keys, and other rows come without a new page', async ({ page, browser, baseURL }) => {
  const { tag } = await applications(browser, baseURL!, 4);
  await page.context().addCookies(session);
  await open(page, `q=${tag}&sorteer=naam`);
  const boxes = page.locator('tbody .select input');
  const all = page.getByLabel(text('nl', 'table.select_page'));
  await expect(boxes).toHaveCount(4);
  await expect(page.locator('.bulk > div button').first()).toBeDisabled();
  await boxes.nth(0).check();
  await boxes.nth(2).click({ modifiers: ['Shift'] });
  await expect(page.locator('tbody .select input:checked')).toHaveCount(3);
  expect(await all.evaluate((box: HTMLInputElement) => box.indeterminate)).toBe(true);
  await all.check();
  await expect(page.locator('tbody .select input:checked')).toHaveCount(4);
  await page.getByRole('button', { name: text('nl', 'table.clear_chosen') }).click();
  await expect(page.locator('tbody .select input:checked')).toHaveCount(0);

  await page.locator('tbody th a').first().focus();
  await page.keyboard.press('j');
  await page.keyboard.press('x');
  await expect(boxes.nth(1)).toBeChecked();
  await page.keyboard.press('k');
  await expect(page.locator('tbody th a').first()).toBeFocused();

  // The page stays the same one while its rows change, and Back brings the rows from before.
  await page.evaluate(() => { document.documentElement.dataset.same = ''; });
  await page.getByRole('columnheader').getByRole('link', { name: text('nl', 'received.name') }).click();
  await expect(page.locator('tbody th').first()).toContainText(`${tag} D`);
  await expect(page.getByRole('columnheader').getByRole('link', { name: text('nl', 'received.name') })).toBeFocused();
  expect(new URL(page.url()).searchParams.get('sorteer')).toBe('-naam');
  await page.goBack();
  await expect(page.locator('tbody th').first()).toContainText(`${tag} A`);
  await page.getByPlaceholder(text('nl', 'received.search')).fill(`${tag} B`);
  await page.keyboard.press('Enter');
  await expect(boxes).toHaveCount(1);
  await expect(page.locator('html')).toHaveAttribute('data-same', '');
  expect(await findings(page)).toEqual([]);
});

/** The questions of the organisation's vacancy at this place, unfolded. */
async function questions(page: Page, place: number): Promise<Locator> {
  await page.goto(RECEIVED);
  await isAlive(page);
  const form = page.locator('form.editor').nth(place);
  await expect(form).toHaveAttribute('data-awake', '');
  await form.locator('xpath=ancestor::details').locator('summary').click();
  return form;
}

test('an editor saves as one types, merges what a colleague saved, and overwrites nothing', async ({ page, browser }) => {
  await page.context().addCookies(session);
  const form = await questions(page, 3);
  const state = form.locator('.save-state');
  for (let place = 1; place <= 3; place++) await form.getByLabel(`Vraag ${place}`).fill('');
  await form.getByLabel('Vraag 1').fill('Heb je een rijbewijs?');
  await expect(state).toHaveText(text('nl', 'editor.saved'));

  const colleague = await browser.newPage();
  await colleague.context().addCookies(session);
  const theirs = await questions(colleague, 3);
  await expect(theirs.getByLabel('Vraag 1')).toHaveValue('Heb je een rijbewijs?');
  await theirs.getByLabel('Vraag 2').fill('Wanneer kun je beginnen?');
  await expect(theirs.locator('.save-state')).toHaveText(text('nl', 'editor.saved'));

  // Another field: both stay.
  await form.getByLabel('Vraag 1').fill('Heb je rijbewijs B?');
  await expect(state).toHaveText(text('nl', 'editor.merged'));
  await expect(form.getByLabel('Vraag 2')).toHaveValue('Wanneer kun je beginnen?');

  // The same field: what is here stays, what is there is said, and a person decides.
  await theirs.getByLabel('Vraag 2').fill('Vanaf wanneer?');
  await expect(theirs.locator('.save-state')).toHaveText(text('nl', 'editor.merged'));
  await form.getByLabel('Vraag 2').fill('Hoe lang kun je?');
  await expect(state).toHaveText(text('nl', 'editor.stale'));
  await expect(form.getByLabel('Vraag 2')).toHaveValue('Hoe lang kun je?');
  await expect(form.getByText('Iemand anders schreef hier: Vanaf wanneer?')).toBeVisible();
  await form.getByRole('button', { name: text('nl', 'editor.take') }).click();
  await expect(form.getByLabel('Vraag 2')).toHaveValue('Vanaf wanneer?');
  await expect(state).toHaveText(text('nl', 'editor.merged'));

  // What is wrong is said beside its field, and goes when it is mended.
  await form.getByLabel('Vraag 1').fill('x'.repeat(201));
  await expect(state).toHaveText(text('nl', 'editor.faulty'));
  await expect(form.getByLabel('Vraag 1')).toHaveAttribute('aria-invalid', 'true');
  expect(await findings(page)).toEqual([]);
  await form.getByLabel('Vraag 1').fill('Heb je rijbewijs B?');
  await expect(state).toHaveText(text('nl', 'editor.saved'));
});

test('an editor waits for the network, and says when one is signed out', async ({ page, context, guard }) => {
  guard.expect(/ERR_INTERNET_DISCONNECTED|401/);
  await page.context().addCookies(session);
  const form = await questions(page, 4);
  await context.setOffline(true);
  await form.getByLabel('Vraag 1').fill('Waarom gieten?');
  await expect(form.locator('.save-state')).toHaveText(text('nl', 'editor.offline'));
  await context.setOffline(false);
  await expect(form.locator('.save-state')).toHaveText(text('nl', 'editor.saved'));
  await context.clearCookies();
  await form.getByLabel('Vraag 1').fill('Waarom wij?');
  await expect(form.locator('.save-state')).toHaveText(text('nl', 'editor.signed_out'));
  await expect(form.getByLabel('Vraag 1')).toHaveValue('Waarom wij?');
  // The browser would ask before it leaves; nobody waits for that here.
  page.on('dialog', (dialog) => void dialog.accept());
});

test('where the file of a part does not come, its page works without it', async ({ page, browser, baseURL, guard }) => {
  guard.expect(/pkg\/islands|ERR_FAILED|Failed to fetch/);
  const { tag } = await applications(browser, baseURL!, 1);
  await page.context().addCookies(session);
  await page.route(/pkg\/islands/, (route) => route.abort());
  await page.goto(`${RECEIVED}?q=${tag}&vorm=bord`);
  await page.waitForRequest(/pkg\/islands/);
  const one = card(page, `${tag} A`);
  await one.getByText(text('nl', 'board.move'), { exact: true }).first().click();
  await one.getByRole('combobox').selectOption('talk');
  await one.getByRole('button').click();
  await expect(page.getByRole('status').first()).toContainText('Verplaatst.');
  await expect(card(column(page, 'conversation'), `${tag} A`)).toBeVisible();
});
