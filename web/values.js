/**
 * Values of attributes as people read them.
 *
 * @typedef {import('./api.js').Attribute} Attribute
 */

import { has, t } from './i18n.js';
import { dateTime, day, number } from './format.js';

/**
 * @param {any} value
 * @param {Attribute} attribute
 * @returns {string} unknown where there is none
 */
export function inWords(value, attribute) {
    if (value === null || value === undefined || value === '') return t('value.unknown');
    if (typeof value === 'boolean') return t(value ? 'value.yes' : 'value.no');
    if (Array.isArray(value)) return value.map((one) => inWords(one, attribute)).join(t('value.separator')) || t('value.unknown');
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

/**
 * A unit as people write it; one that has no words stays the symbol it is.
 *
 * @param {string} unit
 */
export function unitInWords(unit) {
    return has('unit.name.' + unit) ? t('unit.name.' + unit) : unit;
}

/** What every layer has, and what is looked at last. */
const LAST = ['adminCode', 'source', 'observedAt', 'validFrom', 'validTo', 'crsSource', 'precisionM', 'illustrative'];

/** Of these: where it came from and how long it holds. */
const PROVENANCE = new Set(['source', 'observedAt', 'validFrom', 'validTo', 'crsSource', 'precisionM']);

/** @param {Attribute} attribute */
export function isProvenance(attribute) {
    return PROVENANCE.has(attribute.name);
}

/**
 * The layer's own attributes before those that all layers have.
 *
 * @param {Attribute[]} attributes
 * @returns {Attribute[]}
 */
export function ownFirst(attributes) {
    return [...attributes].sort((a, b) => LAST.indexOf(a.name) - LAST.indexOf(b.name));
}
