/**
 * Every action on a key, and the sheet that shows them.
 *
 * @typedef {{key: string, words: string, run: () => void}} Action
 */

import { byId, el, fill } from '../dom.js';
import { t } from '../i18n.js';

/** @param {string} key */
export function keyCap(key) {
    return el('kbd', { class: 'duty-key', 'aria-hidden': 'true' }, key);
}

/** @param {() => Action[]} actions */
export function createKeys(actions) {
    const sheet = /** @type {HTMLDialogElement} */ (byId('keys'));

    addEventListener('keydown', (event) => {
        if (event.ctrlKey || event.metaKey || event.altKey) return;
        const at = /** @type {HTMLElement} */ (event.target);
        if (event.key !== 'Escape' && (at.matches('input, textarea, select') || sheet.open)) return;
        const key = event.key.length === 1 ? event.key.toUpperCase() : event.key;
        const action = actions().find((one) => one.key === key || (one.key === 'Esc' && key === 'Escape'));
        if (!action) return;
        event.preventDefault();
        action.run();
    });

    return {
        show() {
            fill(sheet,
                el('h2', {}, t('dispatch.keys')),
                el('dl', {}, actions().flatMap((one) => [el('dt', {}, keyCap(one.key)), el('dd', {}, one.words)])),
                el('button', { type: 'button', class: 'button', onclick: () => sheet.close() }, t('app.close')));
            if (!sheet.open) sheet.showModal();
        },
    };
}
