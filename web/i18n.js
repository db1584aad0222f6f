/**
 * All words of the interface, from i18n/zh.json and i18n/en.json.
 *
 * @typedef {'zh' | 'en'} Language
 * @typedef {{zh: string, en: string}} Title
 */

import { fetchWords } from './api.js';

/** @type {Partial<Record<Language, Record<string, string>>>} */
const tables = {};

/** @type {Language} */
let current = 'zh';

/** @param {Language} language */
export async function useLanguage(language) {
    tables[language] ??= await fetchWords(language);
    current = language;
    document.documentElement.lang = language === 'zh' ? 'zh-CN' : 'en';
}

/** @returns {Language} */
export function language() {
    return current;
}

/** @returns {string} for `Intl` and the `Accept-Language` header */
export function locale() {
    return current === 'zh' ? 'zh-CN' : 'en';
}

/**
 * Words by key; `{name}` is filled from the values.
 *
 * @param {string} key
 * @param {Record<string, string | number>} [values]
 * @returns {string}
 */
export function t(key, values = {}) {
    const pattern = tables[current]?.[key];
    if (pattern === undefined) return key;
    return pattern.replace(/\{(\w+)\}/g, (whole, name) => (name in values ? String(values[name]) : whole));
}

/** @param {string} key */
export function has(key) {
    return tables[current]?.[key] !== undefined;
}

/**
 * A title that the service gives in both languages, or in one.
 *
 * @param {Title | string | null | undefined} title
 * @returns {string}
 */
export function pick(title) {
    if (!title) return '';
    if (typeof title === 'string') return title;
    return title[current] || title.zh || title.en || '';
}

/**
 * Fills the words of the fixed parts of the page.
 *
 * @param {ParentNode} root
 */
export function translate(root) {
    for (const element of root.querySelectorAll('[data-words]')) {
        element.textContent = t(element.getAttribute('data-words') ?? '');
    }
}
