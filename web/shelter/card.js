/**
 * The answer as cards: where to go, how, and why not elsewhere.
 *
 * @typedef {object} Offered
 * @property {string} id
 * @property {string} name
 * @property {number} lon
 * @property {number} lat
 * @property {number} seconds
 * @property {number} metres
 * @property {number | null} freePlaces
 * @property {number | null} capacity
 * @property {string | null} asOf
 * @property {boolean} stale
 * @property {string} status
 * @property {string} statusText
 * @property {'fit' | 'unknown'} fit
 * @property {string} space
 * @property {string[]} has
 * @property {{title: string, href: string}[]} navigation
 * @property {boolean} illustrative
 * @property {boolean} drill
 * @property {{seconds: number, metres: number, geometry: any, steps: {text: string, metres: number, seconds: number}[]}} route
 *
 * @typedef {object} Answer
 * @property {Offered[]} shelters
 * @property {{id: string, name: string, reason: string, reasonText: string, metres: number}[]} refused
 * @property {string[]} advice
 * @property {{shelter: Offered, reason: string, why: string} | null} leastBad
 * @property {{name: string, phone: string} | null} contact
 * @property {'roads' | 'straight'} basis
 * @property {string | null} inDanger
 * @property {boolean} drill
 * @property {string[]} warnings
 */

import { data, el } from '../dom.js';
import { dateTime, metres, number } from '../format.js';
import { t } from '../i18n.js';

/**
 * @param {Answer} answer
 * @param {number} shown which of the shelters
 * @param {() => void} next
 * @returns {Element[]}
 */
export function answerCards(answer, shown, next) {
    const one = answer.shelters[shown];
    if (!one) return nowhere(answer);
    return [
        offered(one, answer.basis, { next, more: answer.shelters.length > 1 }),
        el('section', {}, heading(t('finder.onTheWay')), list('advice', answer.advice)),
        ...refused(answer.refused, t('finder.refused', { n: answer.refused.length })),
        ...warnings(answer.warnings),
        ...call(answer.contact),
    ];
}

/** @param {Answer} answer */
function nowhere(answer) {
    const least = answer.leastBad;
    return [
        el('section', { class: 'card bad' }, el('h2', {}, t('finder.nowhere')), list('advice', answer.advice)),
        ...call(answer.contact),
        ...(least
            ? [el('section', {}, heading(t('finder.leastBad')), el('p', { class: 'warn' }, least.why), offered(least.shelter, answer.basis, null))]
            : []),
        ...refused(answer.refused, t('finder.refused.all', { n: answer.refused.length })),
        ...warnings(answer.warnings),
    ];
}

/** @param {string} words */
function heading(words) {
    return el('h3', {}, words);
}

/**
 * @param {string} name
 * @param {string[]} words
 */
export function list(name, words) {
    return el('ul', { class: name }, words.map((one) => el('li', {}, one)));
}

/**
 * @param {Offered} one
 * @param {Answer['basis']} basis
 * @param {{next: () => void, more: boolean} | null} turn null where there is no other
 */
function offered(one, basis, turn) {
    const minutes = Math.max(1, Math.ceil(one.seconds / 60));
    return el('article', { class: 'card' + (one.stale ? ' stale' : ''), 'data-shelter': one.id, 'aria-labelledby': 'name-' + one.id },
        el('h2', { id: 'name-' + one.id }, data(one.name)),
        el('p', {}, el('span', { class: 'state' }, one.statusText), ' ', one.space,
            one.drill && el('strong', {}, ' ' + t('finder.drill')),
            one.illustrative && el('span', { class: 'quiet' }, ' ' + t('finder.sample'))),
        el('div', { class: 'figures' },
            el('p', { class: 'figure' }, t(basis === 'roads' ? 'finder.walk' : 'finder.walkStraight'), ' ',
                el('b', { id: 'minutes' }, number(minutes)), ' ', t('finder.minutes'), el('span', { class: 'quiet' }, ' ' + metres(one.metres))),
            el('p', { class: 'figure' }, free(one))),
        el('p', { class: one.stale ? 'warn' : 'quiet', id: 'as-of' }, asOf(one)),
        one.fit === 'unknown' && el('p', { class: 'warn' }, t('finder.unknownFit')),
        el('div', { class: 'two' }, navigation(one),
            turn && el('button', { type: 'button', id: 'next', class: 'next', disabled: !turn.more, onclick: turn.next }, t('finder.another'))),
        one.has.length > 0 && el('div', {}, heading(t('finder.has')), list('tags', one.has)),
        el('details', { open: one.route.steps.length <= 4 }, el('summary', {}, t('finder.steps')),
            el('ol', { class: 'steps' }, one.route.steps.map((step) =>
                el('li', {}, step.text, step.metres >= 1 && el('span', { class: 'quiet' }, ' ' + metres(Math.round(step.metres))))))));
}

/** @param {Offered} one */
function free(one) {
    if (one.freePlaces !== null) return [el('b', { id: 'free' }, number(one.freePlaces)), ' ' + t('finder.free')];
    if (one.capacity !== null) return [t('finder.capacity', { n: number(one.capacity) })];
    return [t('finder.freeUnknown')];
}

/** @param {{asOf: string | null, stale: boolean}} one */
export function asOf(one) {
    if (!one.asOf) return t('finder.asOfUnknown');
    return t(one.stale ? 'finder.asOfStale' : 'finder.asOf', { when: dateTime(one.asOf) });
}

/** @param {Offered} one */
function navigation(one) {
    return el('details', { class: 'navigate' }, el('summary', {}, t('finder.navigate')),
        one.navigation.map((link) => el('a', { href: link.href, rel: 'noopener noreferrer', target: link.href.startsWith('http') ? '_blank' : false }, link.title)));
}

/**
 * @param {{name: string, reasonText: string, metres: number}[]} all
 * @param {string} title
 */
function refused(all, title) {
    if (!all.length) return [];
    return [el('details', { class: 'refused', id: 'refused' }, el('summary', {}, title),
        el('ul', {}, all.map((one) => el('li', {}, el('strong', {}, data(one.name)), ' ', el('span', { class: 'quiet' }, metres(Math.round(one.metres))),
            el('br', {}), one.reasonText))))];
}

/** @param {string[]} all */
function warnings(all) {
    return all.length ? [list('quiet', all)] : [];
}

/** @param {{name: string, phone: string} | null} contact */
export function call(contact) {
    if (!contact) return [];
    return [el('a', { class: 'call', href: 'tel:' + contact.phone.replace(/[^+\d]/g, '') }, t('finder.call', { name: contact.name, phone: contact.phone }))];
}
