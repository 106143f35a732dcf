// The mail that a demo keeps instead of sending it.
import { createHmac } from 'node:crypto';
import { expect, type Page } from '@playwright/test';

/** An address that no other journey uses. */
export function newAddress(name: string): string {
  return `${name}.${Date.now()}.${Math.floor(Math.random() * 1e6)}@talent.example`;
}

/** The newest mail to an address, as the text of its HTML; waits until there is one, other than those that were read before. */
export async function mailTo(page: Page, address: string, before = 0): Promise<string> {
  let links: string[] = [];
  await expect(async () => {
    const list = await (await page.request.get('/post')).text();
    links = list.split('<li>').filter((row) => row.includes(`<p>${address} ·`)).map((row) => /href="(\/post\/\d+)"/.exec(row)![1]);
    expect(links.length).toBeGreaterThan(before);
  }).toPass({ timeout: 10_000 });
  return (await page.request.get(links[0])).text();
}

/** The newest mail to an address in which a text stands; waits until there is one. */
export async function mailAbout(page: Page, address: string, about: string): Promise<string> {
  let found = '';
  const read = new Set<string>();
  await expect(async () => {
    const list = await (await page.request.get('/post')).text();
    const links = list.split('<li>').filter((row) => row.includes(`<p>${address} ·`)).map((row) => /href="(\/post\/\d+)"/.exec(row)![1]);
    for (const link of links.filter((link) => !read.has(link))) {
      const mail = await (await page.request.get(link)).text();
      read.add(link);
      if (mail.includes(about)) {
        found = mail;
        return;
      }
    }
    expect(links, `a mail to ${address} about ${about}`).toBe('there');
  }).toPass({ timeout: 10_000 });
  return found;
}

/** The path of the link that a mail is about. */
export function linkIn(mail: string): string {
  return new URL(/href="([^"]+)"[^>]*style="display:inline-block/.exec(mail)![1]).pathname;
}

/** The six digits of a mail. */
export function codeIn(mail: string): string {
  return />(\d{6})</.exec(mail)![1];
}

/** Signs in by the link of a mail. */
export async function signIn(page: Page, address: string, start = '/inloggen') {
  await page.goto(start);
  await page.locator('#email').fill(address);
  await page.getByRole('button', { name: 'Stuur mij een link' }).click();
  await page.waitForURL('**/inloggen/code');
  // Other mail may have come meanwhile.
  await page.goto(linkIn(await mailAbout(page, address, '/inloggen/')));
  await page.locator('main form button').click();
}

/** What an app shows that has this secret (RFC 6238): six digits for half a minute. */
export function appCode(letters: string, at = Date.now()): string {
  const bits = [...letters.replaceAll(/\s/g, '')].map((sign) => 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567'.indexOf(sign).toString(2).padStart(5, '0')).join('');
  const secret = Buffer.from(bits.match(/.{8}/g)!.map((byte) => parseInt(byte, 2)));
  const step = Buffer.alloc(8);
  step.writeBigUInt64BE(BigInt(Math.floor(at / 30_000)));
  const hash = createHmac('sha1', secret).update(step).digest();
  const start = hash[19] & 15;
  return String((hash.readUInt32BE(start) & 0x7fffffff) % 1_000_000).padStart(6, '0');
}
