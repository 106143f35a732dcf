import type { Page } from '@playwright/test';
import { findings } from '../hub/axe';
import { linkIn, mailAbout, mailTo, newAddress, signIn } from '../hub/mail';
import { expect, isAlive, test } from '../hub/test';
import { type Language, PATHS, says, text } from '../hub/words';

const CV = { name: 'cv.pdf', mimeType: 'application/pdf', buffer: Buffer.from('%PDF-1.7\n1 0 obj << /Type /Catalog >> endobj\ntrailer << /Root 1 0 R >>\n%%EOF\n') };
/** A member of the organisation whose vacancies these journeys are about, and the words by which they are found. */
const [MEMBER, WORDS] = ['marloes@slingeveld-gieterij.example', 'slingeveld gieterij'];

/** Where applications are. */
const APPLICATIONS = { nl: '/sollicitaties/', de: '/de/bewerbungen/', en: '/en/applications/' } as const;

/** Opens the form of a vacancy that a search finds. */
async function openForm(page: Page, language: Language = 'nl') {
  await page.goto(`${PATHS[language].search}?q=${encodeURIComponent(WORDS)}`);
  await page.getByRole('main').getByRole('heading', { level: 3 }).getByRole('link').first().click();
  await page.getByRole('link', { name: text(language, 'vacancy.apply'), exact: true }).click();
  await expect(page.locator('#apply')).toBeVisible();
}

async function fillIn(page: Page, name: string, address?: string) {
  if (address) await page.locator('#email').fill(address);
  await page.locator('#name').fill(name);
  await page.locator('#motivation').fill('Ik wil leren gieten.\nLiefst in Ulft.');
}

const send = (page: Page, language: Language = 'nl') => page.getByRole('button', { name: text(language, 'apply.send'), exact: true }).last().click();

// With a script once; in the other languages as a form alone.
for (const [language, javaScriptEnabled] of [['nl', true], ['de', false], ['en', false]] as const) {
  test.describe(javaScriptEnabled ? 'with JavaScript' : 'without JavaScript', () => {
    test.use({ javaScriptEnabled });

    test(`a new talent goes from a search to the first day at work (${language})`, async ({ page, browser, guard }) => {
      // What a browser opens may go away while the next page comes.
      guard.expect(/ERR_ABORTED/);
      const address = newAddress('tim');
      const name = `Tim van den Berg ${address.split('.')[2].split('@')[0]}`;
      await openForm(page, language);
      await fillIn(page, name, address);
      await page.locator('#cv').setInputFiles(CV);
      await send(page, language);
      await expect(page.getByRole('heading', { level: 1 })).toHaveText(text(language, 'apply.done_title'));

      const confirm = await mailTo(page, address);
      expect(confirm).toContain(`<html lang="${language}">`);
      await page.goto(linkIn(confirm));
      await expect(page.getByText(text(language, 'application_state.unconfirmed')).first()).toBeVisible();
      await send(page, language);
      await expect(page.getByText(text(language, 'application_state.submitted')).first()).toBeVisible();
      const own = page.url();

      // Somebody of the organisation, who is not signed in.
      const office = await browser.newPage({ javaScriptEnabled });
      await office.goto(linkIn(await mailAbout(page, MEMBER, name)).replace(APPLICATIONS.nl, APPLICATIONS[language]));
      await expect(office.getByText('Ik wil leren gieten.')).toHaveCount(0);
      await office.getByRole('button', { name: text(language, 'application.open') }).click();
      await expect(office.getByText('Ik wil leren gieten.')).toBeVisible();
      const download = office.waitForEvent('download');
      await office.getByRole('link', { name: /cv\.pdf/ }).click();
      expect((await download).suggestedFilename()).toBe('cv.pdf');
      await office.getByRole('radio', { name: text(language, 'application.step_talk') }).check();
      await office.locator('#words').fill('Kom je donderdag langs?');
      await office.getByRole('button', { name: text(language, 'application.give_answer') }).click();
      await expect(office.getByRole('status')).toHaveText(text(language, 'application.answered'));

      const talk = await mailAbout(page, address, 'Kom je donderdag langs?');
      await page.goto(linkIn(talk));
      await expect(page.getByText('Kom je donderdag langs?')).toBeVisible();
      await page.locator('#message').fill('Ja, graag!');
      await page.getByRole('button', { name: text(language, 'application.message_send'), exact: true }).click();
      await expect(page.getByText('Ja, graag!')).toBeVisible();

      await office.reload();
      await expect(office.getByText('Ja, graag!')).toBeVisible();
      await office.getByRole('radio', { name: text(language, 'application.step_offer') }).check();
      await office.getByRole('button', { name: text(language, 'application.give_answer') }).click();
      await page.goto(own);
      await page.getByRole('button', { name: text(language, 'application.accept') }).click();
      await expect(page.getByText(text(language, 'application_state.accepted')).first()).toBeVisible();

      await office.reload();
      await office.getByRole('radio', { name: says(language, 'application.step_place') }).check();
      await office.locator('#from').fill('2027-02-01');
      await office.getByRole('button', { name: text(language, 'application.give_answer') }).click();
      await expect(office.getByText(says(language, 'application_state.placed_from')).first()).toBeVisible();
      // The organisation's timeline.
      await expect(office.getByText(text(language, 'application_state.accepted')).first()).toBeVisible();
      await page.goto(own);
      await expect(page.getByText(says(language, 'application_state.placed_from')).first()).toBeVisible();
      await expect(page.getByRole('list').filter({ hasText: 'Kom je donderdag langs?' }).getByRole('listitem')).toHaveCount(7);
      await office.close();
    });

    test(`what is wrong is explained, and nothing is lost (${language})`, async ({ page, guard }) => {
      guard.expect(/422/);
      await openForm(page, language);
      await fillIn(page, '', 'geen adres');
      await page.locator('#cv').setInputFiles({ ...CV, buffer: Buffer.from('<html>') });
      await send(page, language);
      await expect(page.locator('#name-fault')).toHaveText(text(language, 'fault.missing'));
      await expect(page.locator('#email-fault')).toHaveText(text(language, 'fault.email'));
      await expect(page.locator('#cv-fault')).toHaveText(text(language, 'apply.not_pdf'));
      await expect(page.locator('#motivation')).toHaveValue('Ik wil leren gieten.\nLiefst in Ulft.');
      await page.getByRole('alert').getByRole('link', { name: text(language, 'apply.name'), exact: true }).click();
      await expect(page.locator('#name')).toBeFocused();
      await page.locator('#cv').setInputFiles(CV);
      await send(page, language);
      await expect(page.locator('#cv-hint')).toContainText('cv.pdf');
      await fillIn(page, 'Lotte', newAddress('lotte'));
      await send(page, language);
      await expect(page.getByRole('heading', { level: 1 })).toHaveText(text(language, 'apply.done_title'));
    });
  });
}

test('what is typed stays through a reload, a lost connection and signing in', async ({ page, context, guard }) => {
  guard.expect(/ERR_INTERNET_DISCONNECTED/);
  const address = newAddress('sanne');
  await openForm(page);
  const form = page.url();
  await fillIn(page, 'Sanne Wolters', address);
  await page.reload();
  await expect(page.locator('#name')).toHaveValue('Sanne Wolters');
  await context.setOffline(true);
  await send(page);
  await expect(page.locator('#sending')).toHaveText(text('nl', 'apply.offline'));
  await context.setOffline(false);
  await page.locator('#cv').setInputFiles(CV);
  await page.getByRole('button', { name: text('nl', 'apply.sign_in_button') }).click();
  await page.waitForURL('**/inloggen?naar=*');
  await signIn(page, address, page.url());
  await page.waitForURL(form);
  await expect(page.locator('#motivation')).toHaveValue(/gieten/);
  await expect(page.locator('#cv-hint')).toContainText('cv.pdf');
  await send(page);
  await expect(page.getByRole('status').first()).toContainText('Verstuurd.');
  await page.goto('/mijn');
  await page.getByRole('main').getByRole('listitem').getByRole('link').first().click();
  await page.getByText(text('nl', 'application.withdraw'), { exact: true }).click();
  await page.getByRole('button', { name: text('nl', 'application.withdraw_confirm') }).click();
  await expect(page.getByText(text('nl', 'application_state.withdrawn')).first()).toBeVisible();
});

test('what was typed last counts, and not what was sent before, in every language', async ({ page, guard }) => {
  guard.expect(/422/);
  await openForm(page);
  await fillIn(page, '', newAddress('bo'));
  await send(page);
  await expect(page.locator('#name-fault')).toBeVisible();
  await page.locator('#name').fill('Bo');
  await page.locator('#motivation').fill('Tweede versie.');
  await page.reload();
  await expect(page.locator('#motivation')).toHaveValue('Tweede versie.');
  await page.goto(page.url().replace('/solliciteren/', '/de/bewerben/'));
  await expect(page.locator('#motivation')).toHaveValue('Tweede versie.');
  await expect(page.locator('#name')).toHaveValue('Bo');
});

test('while a file is sent the page says how far it is', async ({ page }) => {
  await openForm(page);
  await fillIn(page, 'Bo', newAddress('bo'));
  const filled = `%PDF-1.7\n%${'x'.repeat(300_000)}\n${CV.buffer.toString().slice(9)}`;
  await page.locator('#cv').setInputFiles({ ...CV, buffer: Buffer.from(filled) });
  const network = await page.context().newCDPSession(page);
  await network.send('Network.enable');
  await network.send('Network.emulateNetworkConditions', { offline: false, latency: 0, downloadThroughput: -1, uploadThroughput: 100_000 });
  await send(page);
  await expect(page.locator('#sending')).toHaveText(/\d+%/);
  await expect(page.getByRole('heading', { level: 1 })).toHaveText(text('nl', 'apply.done_title'), { timeout: 15_000 });
});

test('a file that is too large is refused before it is sent', async ({ page }) => {
  await openForm(page);
  await page.locator('#cv').setInputFiles({ ...CV, buffer: Buffer.alloc(5 * 1024 * 1024 + 1, 32) });
  expect(await page.locator('#cv').evaluate((input: HTMLInputElement) => input.validationMessage)).toBe(text('nl', 'apply.too_large'));
});

test.describe('without JavaScript', () => {
  test.use({ javaScriptEnabled: false });
  test('a file that is much too large is refused beside its field', async ({ page, guard }) => {
    guard.expect(/422/);
    await openForm(page);
    await fillIn(page, 'Sanne', newAddress('sanne'));
    await page.locator('#cv').setInputFiles({ ...CV, buffer: Buffer.alloc(12 * 1024 * 1024, 32) });
    await send(page);
    await expect(page.locator('#cv-fault')).toHaveText(text('nl', 'apply.too_large'));
    await expect(page.locator('#name')).toHaveValue('Sanne');
  });
});

test('an organisation sees what it received, and asks its own questions', async ({ page }) => {
  // Not of the vacancy for which the other journeys apply.
  await openForm(page);
  const theirs = (await page.getByRole('main').getByRole('link').first().textContent())!;
  await signIn(page, MEMBER);
  await page.goto('/mijn');
  await page.getByRole('link', { name: /^Slingeveld/ }).click();
  await expect(page.getByRole('heading', { level: 1 })).toContainText('Sollicitaties bij');
  await isAlive(page);
  const ours = page.locator('section.received').filter({ hasNotText: theirs }).last();
  await ours.getByText(says('nl', 'member.questions')).click();
  const form = ours.locator('form');
  await form.getByLabel('Vraag 1').fill('Heb je een rijbewijs?');
  await form.getByRole('button').click();
  await expect(form.getByRole('status')).toHaveText(text('nl', 'editor.saved'));
  await page.reload();
  await ours.getByText(says('nl', 'member.questions')).click();
  await expect(form.getByLabel('Vraag 1')).toHaveValue('Heb je een rijbewijs?');
});

for (const [width, colorScheme] of [
  [390, 'light'],
  [1440, 'dark'],
] as const) {
  test(`the form and an application have no fault that axe finds, at ${width} in ${colorScheme}`, async ({ page, guard }) => {
    guard.expect(/422/);
    await page.setViewportSize({ width, height: 900 });
    await page.emulateMedia({ colorScheme });
    const check = async () => {
      expect(await findings(page)).toEqual([]);
      expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(width);
    };
    const address = newAddress('wim');
    await openForm(page);
    await check();
    await send(page);
    await expect(page.getByRole('alert')).toBeFocused();
    await check();
    await fillIn(page, 'Wim ter Braak', address);
    await send(page);
    await expect(page.getByRole('heading', { level: 1 })).toHaveText(text('nl', 'apply.done_title'));
    await page.goto(linkIn(await mailTo(page, address)));
    await check();
    await send(page);
    await check();
    await page.goto(linkIn(await mailAbout(page, MEMBER, 'Wim ter Braak')));
    await check();
    await page.getByRole('button', { name: text('nl', 'application.open') }).click();
    await page.getByRole('radio', { name: text('nl', 'application.step_decline') }).check();
    await check();
  });
}
