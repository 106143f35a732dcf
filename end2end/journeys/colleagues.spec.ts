import type { Page } from '@playwright/test';
import { lookAt } from '../hub/axe';
import { appCode, linkIn, mailAbout, newAddress, signIn } from '../hub/mail';
import { expect, test } from '../hub/test';
import { type Language, LANGUAGES, says, text } from '../hub/words';

/** Nobody else signs in as this manager of the office, whose second step can be set up once. */
const OFFICE = 'eva@smarthub-achterhoek.example';
/** An organisation of the demo, and the words by which it is found. */
const [SLUG, NAME] = ['robotwerf-oost', 'Robotwerf Oost'];
const PATHS: Record<Language, { my: string; staff: string; received: string; colleagues: string }> = {
  nl: { my: '/mijn', staff: '/kantoor/mensen', received: `/organisatie/${SLUG}`, colleagues: `/organisatie/${SLUG}/collegas` },
  de: { my: '/de/mein', staff: '/de/buero/leute', received: `/de/organisation/${SLUG}`, colleagues: `/de/organisation/${SLUG}/kollegen` },
  en: { my: '/en/my', staff: '/en/office/people', received: `/en/organisation/${SLUG}`, colleagues: `/en/organisation/${SLUG}/colleagues` },
};

/** Adds somebody on the page of colleagues that is open. */
async function add(page: Page, language: Language, address: string, role: string) {
  await page.locator('#email').fill(address);
  await page.locator('#role').selectOption(role);
  await page.getByRole('button', { name: text(language, 'people.add'), exact: true }).click();
}

/** A button in the row of somebody, which also says whose it is. */
const button = (page: Page, address: string, label: string) =>
  page.getByRole('listitem').filter({ hasText: address }).getByRole('button', { name: new RegExp(`^${label}`) });

// One after another, as the office signs in once. Those whom it adds have browsers without scripts.
test('the office adds a manager, who adds a colleague, who signs in by the mail, sees the applications, and is ended', async ({ page, browser, guard }) => {
  test.setTimeout(120_000);
  guard.expect(/422/);
  await signIn(page, OFFICE);
  await page.waitForURL('**/inloggen/tweede-stap');
  await page.locator('#code').fill(appCode((await page.locator('figcaption code').textContent())!));
  await page.getByRole('button', { name: 'Verder' }).click();
  await page.getByRole('link', { name: 'Verder' }).click();

  for (const language of LANGUAGES) {
    const { my, staff, received, colleagues } = PATHS[language];
    await page.goto(my);
    await page.getByRole('link', { name: text(language, 'people.staff_title'), exact: true }).click();
    await page.waitForURL(`**${staff}`);
    await page.locator('#naam').fill(NAME);
    await page.getByRole('button', { name: text(language, 'people.search'), exact: true }).click();
    await page.getByRole('main').getByRole('link', { name: NAME }).click();
    await page.waitForURL(`**${colleagues}`);
    const managing = newAddress('marga');
    await add(page, language, managing, 'manager');
    await expect(page.getByRole('status')).toHaveText(text(language, 'people.done_added'));

    const marga = await (await browser.newContext({ javaScriptEnabled: false })).newPage();
    const told = await mailAbout(page, managing, OFFICE);
    expect(told).toContain(NAME);
    await signIn(marga, managing, linkIn(told));
    await marga.goto(my);
    await marga.getByRole('link', { name: says(language, 'people.colleagues_title') }).click();
    await marga.waitForURL(`**${colleagues}`);
    // What browsers take for an address, and no mail server does.
    await add(marga, language, 'karin@nergens', 'editor');
    await expect(marga.locator('#email-fault')).toHaveText(text(language, 'fault.email'));
    const address = newAddress('karin');
    await add(marga, language, address, 'editor');
    await expect(marga.getByRole('status')).toHaveText(text(language, 'people.done_added'));

    const karin = await (await browser.newContext({ javaScriptEnabled: false })).newPage();
    await signIn(karin, address, linkIn(await mailAbout(page, address, managing)));
    await karin.goto(received);
    await expect(karin.getByRole('heading', { level: 1 })).toHaveText(says(language, 'member.title'));
    await karin.getByRole('link', { name: text(language, 'people.colleagues'), exact: true }).click();
    await expect(karin.getByText(text(language, 'people.colleagues_look'))).toBeVisible();
    await expect(karin.locator('#email')).toHaveCount(0);

    await marga.getByRole('listitem').filter({ hasText: address }).getByRole('combobox').selectOption('manager');
    await button(marga, address, text(language, 'people.save')).click();
    await expect(marga.getByRole('status')).toHaveText(text(language, 'people.done_role'));
    await karin.reload();
    await expect(karin.locator('#email')).toBeVisible();
    await button(marga, address, text(language, 'people.end')).click();
    await expect(marga.getByRole('status')).toHaveText(text(language, 'people.done_ended'));
    expect((await karin.goto(received))!.status()).toBe(404);
    expect((await karin.goto(my))!.status()).toBe(200);

    // Marga alone is left: she stays, unless the office ends it.
    await marga.goto(colleagues);
    await expect(button(marga, managing, text(language, 'people.end'))).toHaveCount(0);
    await expect(marga.getByText(text(language, 'people.colleagues_stays'))).toBeVisible();
    await page.goto(colleagues);
    await add(page, language, 'karin@nergens', 'editor');
    await lookAt(page, 'colleagues');
    await button(page, managing, text(language, 'people.end')).click();
    await expect(page.getByText(text(language, 'people.done_ended'))).toBeVisible();
    await marga.context().close();
    await karin.context().close();
  }
  await page.goto(PATHS.nl.staff);
  await lookAt(page, 'the office');
});
