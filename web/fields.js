/**
 * Controls for the values of attributes, made from the layer's schema: lists where the values are given, chips for
 * several of them, numbers with their limits, dates in China's time. What was not touched keeps its exact value.
 *
 * @typedef {import('./api.js').Attribute} Attribute
 *
 * @typedef {object} Field
 * @property {HTMLElement} root
 * @property {() => any} value null where it is unknown
 * @property {() => string} mistake in words; empty where the value may be sent
 * @property {() => void} focus
 */

import { el, fill } from './dom.js';
import { number } from './format.js';
import { t } from './i18n.js';

/** China keeps one time, eight hours ahead of Greenwich, all year. */
const AHEAD_MS = 8 * 3600_000;

/**
 * @param {Attribute} attribute
 * @param {any} present
 * @param {{onInput: () => void, label?: string, id?: string, describedBy?: string}} options
 * @returns {Field}
 */
export function fieldOf(attribute, present, options) {
    const start = present === undefined || present === '' ? null : present;
    if (attribute.type === 'array') return listField(attribute, start, options);
    if (attribute.type === 'boolean') {
        return choiceField([{ value: 'true', title: t('value.yes') }, { value: 'false', title: t('value.no') }], start === null ? '' : String(start), options,
            (text) => (text === '' ? null : text === 'true'), attribute);
    }
    if (attribute.values.length) {
        const numeric = attribute.type === 'integer' || attribute.type === 'number';
        return choiceField(attribute.values, start === null ? '' : String(start), options, (text) => (text === '' ? null : numeric ? Number(text) : text), attribute);
    }
    if (attribute.type === 'integer' || attribute.type === 'number') return numberField(attribute, start, options);
    if (attribute.format === 'date') return plainField(attribute, start, options, { type: 'date', show: (value) => String(value), read: (text) => text });
    if (attribute.format === 'date-time') return plainField(attribute, start, options, { type: 'datetime-local', show: toLocal, read: fromLocal });
    return plainField(attribute, start, options, { type: 'text', show: (value) => String(value), read: (text) => text });
}

/** @param {{label?: string, id?: string, describedBy?: string}} options */
function names(options) {
    return { 'aria-label': options.label, id: options.id, 'aria-describedby': options.describedBy };
}

/** @param {Attribute} attribute */
function missing(attribute) {
    return attribute.required ? t('field.required') : '';
}

/**
 * @param {{value: string, title: string}[]} choices
 * @param {string} start
 * @param {{onInput: () => void, label?: string, id?: string, describedBy?: string}} options
 * @param {(text: string) => any} read
 * @param {Attribute} attribute
 * @returns {Field}
 */
function choiceField(choices, start, options, read, attribute) {
    const known = start === '' || choices.some((one) => one.value === start);
    const all = [{ value: '', title: t('value.unknown') }, ...(known ? [] : [{ value: start, title: start }]), ...choices];
    const select = el('select', { class: 'input', ...names(options), onchange: options.onInput },
        all.map((one) => el('option', { value: one.value, selected: one.value === start }, one.title)));
    return { root: select, value: () => read(select.value), mistake: () => (select.value === '' ? missing(attribute) : ''), focus: () => select.focus() };
}

/**
 * @param {Attribute} attribute
 * @param {any} start
 * @param {{onInput: () => void, label?: string, id?: string, describedBy?: string}} options
 * @returns {Field}
 */
function numberField(attribute, start, options) {
    const first = start === null ? '' : String(start);
    const input = el('input', { class: 'input numeric-input', ...names(options), inputmode: attribute.type === 'integer' && (attribute.min ?? -1) >= 0 ? 'numeric' : 'decimal', autocomplete: 'off', value: first, oninput: options.onInput });
    // A full stop, comma or digit of the wide kind comes from a Chinese keyboard.
    const plain = () => input.value.trim().normalize('NFKC').replace(/(?<=\d)[,\s](?=\d{3}\b)/g, '');
    const value = () => (plain() === '' ? null : Number(plain()));
    return {
        root: input,
        value: () => (input.value === first ? start : value()),
        mistake() {
            const now = value();
            if (now === null) return missing(attribute);
            if (!Number.isFinite(now) || !/^[-+]?[\d.]/.test(plain())) return t('field.notNumber', { given: input.value });
            if (attribute.type === 'integer' && !Number.isInteger(now)) return t('field.notWhole', { given: input.value });
            if (attribute.min !== null && now < attribute.min) return t('field.tooSmall', { min: number(attribute.min, 6), given: number(now, 6) });
            if (attribute.max !== null && now > attribute.max) return t('field.tooLarge', { max: number(attribute.max, 6), given: number(now, 6) });
            return '';
        },
        focus: () => input.focus(),
    };
}

/**
 * @param {Attribute} attribute
 * @param {any} start
 * @param {{onInput: () => void, label?: string, id?: string, describedBy?: string}} options
 * @param {{type: string, show: (value: any) => string, read: (text: string) => any}} form
 * @returns {Field}
 */
function plainField(attribute, start, options, form) {
    const first = start === null ? '' : form.show(start);
    const long = form.type === 'text' && first.length > 60;
    const input = long
        ? el('textarea', { class: 'input', rows: 3, ...names(options), value: first, oninput: options.onInput }, first)
        : el('input', { class: 'input', type: form.type, ...names(options), autocomplete: 'off', value: first, maxlength: attribute.longest, oninput: options.onInput });
    return {
        root: input,
        value: () => (input.value === first ? start : input.value.trim() === '' ? null : form.read(input.value.trim())),
        mistake() {
            // A browser gives an empty value for a date that is only half there.
            if (input.validity.badInput) return t('field.notDate');
            if (input.value.trim() === '') return missing(attribute);
            if (attribute.longest !== null && [...input.value].length > attribute.longest) return t('field.tooLong', { max: attribute.longest, given: [...input.value].length });
            return '';
        },
        focus: () => input.focus(),
    };
}

/**
 * @param {Attribute} attribute
 * @param {any} start
 * @param {{onInput: () => void, label?: string, id?: string, describedBy?: string}} options
 * @returns {Field}
 */
function listField(attribute, start, options) {
    /** @type {string[]} */
    const first = Array.isArray(start) ? start.map(String) : [];
    if (!attribute.values.length) {
        return plainField(attribute, first.length ? first : null, options, {
            type: 'text',
            show: (value) => value.join(t('value.separator')),
            read: (text) => text.split(/[、,，;；]/).map((part) => part.trim()).filter((part) => part !== ''),
        });
    }
    const chosen = new Set(first);
    const root = el('div', { class: 'chips', role: 'group', ...names(options) });
    const draw = () => fill(root, attribute.values.map((one) => el('button', {
        type: 'button', class: 'chip', 'aria-pressed': String(chosen.has(one.value)), 'data-value': one.value,
        onclick: () => {
            if (!chosen.delete(one.value)) chosen.add(one.value);
            draw();
            /** @type {HTMLElement | null} */ (root.querySelector(`[data-value="${CSS.escape(one.value)}"]`))?.focus();
            options.onInput();
        },
    }, one.title)));
    draw();
    return {
        root,
        value() {
            const now = [...attribute.values.map((one) => one.value).filter((one) => chosen.has(one)), ...first.filter((one) => chosen.has(one) && !attribute.values.some((known) => known.value === one))];
            if (now.length === first.length && first.every((one) => chosen.has(one))) return start;
            return now.length ? now : null;
        },
        mistake: () => (chosen.size === 0 ? missing(attribute) : ''),
        focus: () => root.querySelector('button')?.focus(),
    };
}

/**
 * @param {any} value ISO 8601
 * @returns {string} as the browser's control takes it, in China's time
 */
export function toLocal(value) {
    const at = new Date(String(value)).getTime();
    return Number.isNaN(at) ? '' : new Date(at + AHEAD_MS).toISOString().slice(0, 16);
}

/** @param {string} text of the browser's control, in China's time */
export function fromLocal(text) {
    const at = Date.parse(text.length === 16 ? text + ':00Z' : text + 'Z');
    return Number.isNaN(at) ? text : new Date(at - AHEAD_MS).toISOString().replace('.000Z', 'Z');
}

/**
 * Whether two values of an attribute are the same.
 *
 * @param {any} a
 * @param {any} b
 */
export function same(a, b) {
    return JSON.stringify(a ?? null) === JSON.stringify(b ?? null);
}
