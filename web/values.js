/**
 * Values of attributes as people read them.
 *
 * @typedef {import('./api.js').Attribute} Attribute
 */

import { language, t } from './i18n.js';
import { dateTime, day, number } from './format.js';

/** Units as people write them in Chinese; English keeps the symbol of the definition. */
const CHINESE_UNITS = /** @type {Record<string, string>} */ ({
    persons: '人', people: '人', person: '人', households: '户', vehicles: '辆', beds: '张', s: '秒', min: '分钟', h: '小时', m: '米', km: '公里',
    't': '吨', 'm³': 'm³', 'CNY': '元', 'L/s': 'L/s', 'km/h': 'km/h', pieces: '件',
});

/**
 * @param {any} value
 * @param {Attribute} attribute
 * @returns {string} 未知 where there is none
 */
export function inWords(value, attribute) {
    if (value === null || value === undefined || value === '') return t('value.unknown');
    if (typeof value === 'boolean') return t(value ? 'value.yes' : 'value.no');
    if (Array.isArray(value)) return value.map((one) => inWords(one, attribute)).join(language() === 'zh' ? '、' : ', ') || t('value.unknown');
    const allowed = attribute.values.find((one) => one.value === String(value));
    if (allowed) return allowed.title;
    if (attribute.format === 'date-time') return dateTime(String(value));
    if (attribute.format === 'date') return day(String(value));
    if (typeof value === 'number') return withUnit(number(value, 3), attribute.unit);
    if (typeof value === 'object') return JSON.stringify(value);
    return String(value);
}

/**
 * Whether a value is the data's own words, which keep their language.
 *
 * @param {any} value
 * @param {Attribute} attribute
 */
export function isOwnWords(value, attribute) {
    return typeof value === 'string' && !attribute.values.some((one) => one.value === value) && !attribute.format?.startsWith('date');
}

/**
 * @param {string} figure
 * @param {string | null} unit
 */
function withUnit(figure, unit) {
    return unit ? `${figure} ${unitInWords(unit)}` : figure;
}

/** @param {string} unit */
export function unitInWords(unit) {
    return language() === 'zh' ? (CHINESE_UNITS[unit] ?? unit) : unit;
}
