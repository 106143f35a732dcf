// What the pages say, read from the translations themselves: a journey names a key, in any language.
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

export type Language = 'nl' | 'de' | 'en';
export const LANGUAGES: Language[] = ['nl', 'de', 'en'];

export const PATHS = {
  nl: { home: '/', search: '/vacatures', organisations: '/organisaties', events: '/agenda', about: '/over', privacy: '/privacy', accessibility: '/toegankelijkheid' },
  de: { home: '/de', search: '/de/stellen', organisations: '/de/organisationen', events: '/de/termine', about: '/de/ueber-uns', privacy: '/de/datenschutz', accessibility: '/de/barrierefreiheit' },
  en: { home: '/en', search: '/en/vacancies', organisations: '/en/organisations', events: '/en/events', about: '/en/about', privacy: '/en/privacy', accessibility: '/en/accessibility' },
} as const;

/** The texts of a language by `section.key`; a text that counts has two forms. */
function read(language: Language): Map<string, string[]> {
  const source = readFileSync(fileURLToPath(new URL(`../../words/locales/${language}.toml`, import.meta.url)), 'utf8');
  const texts = new Map<string, string[]>();
  let section = '';
  for (const line of source.split('\n')) {
    section = /^\[(\w+)\]/.exec(line)?.[1] ?? section;
    const key = /^(\w+)\s*=/.exec(line)?.[1];
    if (key) texts.set(`${section}.${key}`, [...line.matchAll(/"((?:[^"\\]|\\.)*)"/g)].map((found) => JSON.parse(`"${found[1]}"`)));
  }
  return texts;
}

const TEXTS = { nl: read('nl'), de: read('de'), en: read('en') };

function forms(language: Language, key: string): string[] {
  const found = TEXTS[language].get(key);
  if (!found) throw new Error(`words/locales/${language}.toml has no ${key}`);
  return found;
}

function pattern(text: string): string {
  return text.replace(/[.*+?^$()|[\]\\]/g, '\\$&').replace(/\{\w+\}/g, '.+').replace(/\s+/g, '\\s+');
}

/** Matches exactly a text of the interface, whatever is filled in; of several keys any. */
export function says(language: Language, ...keys: string[]): RegExp {
  return new RegExp(`^\\s*(${keys.flatMap((key) => forms(language, key)).map(pattern).join('|')})\\s*$`);
}

/** A text of the interface that has nothing to fill in. */
export function text(language: Language, key: string): string {
  return forms(language, key)[0];
}
