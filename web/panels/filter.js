/**
 * Conditions on the stations, chosen from lists, written as CQL2 text.
 *
 * @typedef {import('../api.js').Attribute} Attribute
 * @typedef {import('../state.js').Condition} Condition
 */

import { el, fill, icon, iconButton } from '../dom.js';
import { t } from '../i18n.js';
import { unitInWords } from '../values.js';

/**
 * @param {Condition[]} conditions
 * @param {Attribute[]} attributes
 * @returns {string} empty where nothing is asked
 */
export function toCql2(conditions, attributes) {
    const parts = [];
    for (const condition of conditions) {
        const attribute = attributes.find((one) => one.name === condition.attribute);
        if (!attribute || condition.value.trim() === '') continue;
        parts.push(oneInCql2(condition, attribute));
    }
    return parts.join(' AND ');
}

/**
 * @param {Condition} condition
 * @param {Attribute} attribute
 */
function oneInCql2(condition, attribute) {
    const value = literal(condition.value, attribute);
    switch (condition.operator) {
        case 'isNot': return `${attribute.name} <> ${value}`;
        case 'atLeast': return `${attribute.name} >= ${value}`;
        case 'atMost': return `${attribute.name} <= ${value}`;
        case 'contains': return `${attribute.name} LIKE ${quoted('%' + condition.value + '%')}`;
        default: return `${attribute.name} = ${value}`;
    }
}

/**
 * @param {string} value
 * @param {Attribute} attribute
 */
function literal(value, attribute) {
    if (isNumeric(attribute) && Number.isFinite(Number(value))) return String(Number(value));
    if (attribute.type === 'boolean') return value === 'true' ? 'TRUE' : 'FALSE';
    return quoted(value);
}

/** @param {string} value */
function quoted(value) {
    return "'" + value.replaceAll("'", "''") + "'";
}

/** @param {Attribute} attribute */
function isNumeric(attribute) {
    return attribute.type === 'number' || attribute.type === 'integer';
}

/** Attributes that can be asked for from a list: lists of several values and times are left to CQL2. */
/** @param {Attribute[]} attributes */
export function askable(attributes) {
    return attributes.filter((one) => one.type !== 'array' && !one.format && one.name !== 'source');
}

/**
 * The rows of conditions.
 *
 * @param {HTMLElement} root
 * @param {Condition[]} conditions changed in place
 * @param {Attribute[]} attributes
 * @param {() => void} onChange
 */
export function conditionRows(root, conditions, attributes, onChange) {
    const usable = askable(attributes);
    const redraw = () => {
        conditionRows(root, conditions, attributes, onChange);
        onChange();
    };
    fill(root,
        conditions.map((condition, i) => row(condition, usable, onChange, redraw, () => {
            conditions.splice(i, 1);
            redraw();
        })),
        usable.length > 0 && el('button', {
            type: 'button', class: 'link', onclick: () => {
                const best = usable.find((one) => one.values.length) ?? usable[0];
                conditions.push({ attribute: best.name, operator: 'is', value: best.values[0]?.value ?? '' });
                redraw();
                const selects = root.querySelectorAll('select');
                selects[selects.length - (best.values.length ? 3 : 2)]?.focus();
            },
        }, icon('plus', 14), t('coverage.filter.add')));
}

/**
 * @param {Condition} condition
 * @param {Attribute[]} attributes
 * @param {() => void} onChange
 * @param {() => void} redraw
 * @param {() => void} onRemove
 */
function row(condition, attributes, onChange, redraw, onRemove) {
    const attribute = attributes.find((one) => one.name === condition.attribute) ?? attributes[0];
    const choices = attribute.type === 'boolean'
        ? [{ value: 'true', title: t('value.yes') }, { value: 'false', title: t('value.no') }]
        : attribute.values;
    /** @type {Condition['operator'][]} */
    const operators = choices.length ? ['is', 'isNot'] : isNumeric(attribute) ? ['atLeast', 'atMost', 'is'] : ['contains', 'is', 'isNot'];
    if (!operators.includes(condition.operator)) condition.operator = operators[0];
    if (choices.length && !choices.some((one) => one.value === condition.value)) condition.value = choices[0].value;
    const unit = attribute.unit ? ` (${unitInWords(attribute.unit)})` : '';
    return el('div', { class: 'condition' },
        picker(t('coverage.filter.attribute'), attributes.map((one) => ({ value: one.name, title: one.title })), attribute.name, (value) => {
            Object.assign(condition, { attribute: value, value: '' });
            redraw();
        }),
        picker(t('coverage.filter.operator'), operators.map((one) => ({ value: one, title: t('coverage.filter.' + one) })), condition.operator, (value) => {
            condition.operator = /** @type {Condition['operator']} */ (value);
            onChange();
        }),
        choices.length
            ? picker(t('coverage.filter.value'), choices, condition.value, (value) => {
                condition.value = value;
                onChange();
            })
            : el('input', {
                class: 'input', 'aria-label': t('coverage.filter.value') + unit, placeholder: unit.trim(), value: condition.value,
                inputmode: isNumeric(attribute) ? 'decimal' : null, type: isNumeric(attribute) ? 'number' : 'text',
                oninput: (/** @type {Event} */ event) => {
                    condition.value = /** @type {HTMLInputElement} */ (event.currentTarget).value;
                    onChange();
                },
            }),
        iconButton('close', t('coverage.filter.remove'), onRemove));
}

/**
 * @param {string} label
 * @param {{value: string, title: string}[]} options
 * @param {string} chosen
 * @param {(value: string) => void} onChoose
 */
export function picker(label, options, chosen, onChoose) {
    return el('select', {
        class: 'input', 'aria-label': label,
        onchange: (/** @type {Event} */ event) => onChoose(/** @type {HTMLSelectElement} */ (event.currentTarget).value),
    }, options.map((one) => el('option', { value: one.value, selected: one.value === chosen }, one.title)));
}
