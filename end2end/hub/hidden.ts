import type { Page } from '@playwright/test';
import { type Language, PATHS } from './words';

/** The address of the vacancy that a search finds first. */
export async function vacancyPath(page: Page, words: string, language: Language = 'nl'): Promise<string> {
  const answer = await page.request.get(`${PATHS[language].search}?q=${encodeURIComponent(words)}`);
  const found = new RegExp(`href="(${PATHS[language].search}/[^"/?#]+)"`).exec(await answer.text());
  if (!found) throw new Error(`no vacancy for ${words}`);
  return found[1];
}

/** Addresses of vacancies that closed: nothing leads there any more, so they are sought beside one that is open. */
export function closedPaths(page: Page, language: Language = 'nl'): Promise<string[]> {
  return imported(page, 410, language);
}

/** Addresses of vacancies that were never public. */
export function draftPaths(page: Page): Promise<string[]> {
  return imported(page, 404, 'nl');
}

/** The seven vacancies of fixtures.mjs came in one import, so their numbers follow each other. */
async function imported(page: Page, status: number, language: Language): Promise<string[]> {
  const first = await vacancyPath(page, 'kwikstaartproef compleet', language);
  const id = Number(/-(\d+)$/.exec(first)![1]);
  const paths = [];
  for (let other = id + 1; other <= id + 6; other++) {
    const answer = await page.request.get(`${PATHS[language].search}/kwikstaartproef-${other}`);
    if (answer.status() === status) paths.push(new URL(answer.url()).pathname);
  }
  return paths;
}
