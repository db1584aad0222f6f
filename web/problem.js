/**
 * Errors in words, next to the thing that caused them; the technical detail folds out.
 */

import { Problem } from './api.js';
import { el } from './dom.js';
import { t } from './i18n.js';

/**
 * @param {unknown} error
 * @returns {Problem}
 */
export function asProblem(error) {
    if (error instanceof Problem) return error;
    return new Problem({ title: t('app.unreadable'), help: t('app.noService.help'), technical: String(error) });
}

/**
 * @param {unknown} error
 * @param {{retry?: () => void, without?: (mistake: {where: string, what: string}) => boolean, plain?: boolean}} [options]
 *     `without` leaves out mistakes that are shown elsewhere; `plain` is for the public: no technical detail
 */
export function problemBox(error, options = {}) {
    const problem = asProblem(error);
    const mistakes = problem.mistakes.filter((one) => !options.without?.(one));
    return el('div', { class: 'problem', role: 'alert' },
        el('strong', {}, problem.title),
        problem.detail && el('p', {}, problem.detail),
        mistakes.length > 0 && el('ul', {}, mistakes.map((one) => el('li', {}, one.what))),
        problem.help && el('p', {}, problem.help),
        options.retry && el('button', { type: 'button', class: 'button', onclick: options.retry }, t('app.retry')),
        problem.technical && !options.plain && el('details', {}, el('summary', {}, t('app.details')), el('code', {}, problem.technical)));
}
