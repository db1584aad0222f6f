/**
 * Signing in. Looking and analysing need no account; changing data does.
 *
 * @typedef {import('./api.js').Session} Session
 */

import { fetchSession, signIn, signOut } from './api.js';
import { data, el, fill, icon } from './dom.js';
import { t } from './i18n.js';
import { problemBox } from './problem.js';

/** @type {Session} */
const NOBODY = { signedIn: false, name: null, roles: [] };

/** @param {() => void} onChange when somebody else, or nobody, is signed in */
export function createAccount(onChange) {
    const root = el('div', { class: 'account' });
    /** @type {Session} */
    let session = NOBODY;

    const box = el('div', { class: 'drop', id: 'account-box', hidden: true });
    /** @type {HTMLButtonElement} */
    const button = el('button', { type: 'button', class: 'icon-button', 'aria-expanded': 'false', 'aria-controls': 'account-box', onclick: () => toggle(box.hidden) }, icon('person'));
    root.append(button, box);

    root.addEventListener('keydown', (event) => {
        if (event.key !== 'Escape' || box.hidden) return;
        toggle(false);
        button.focus();
    });
    document.addEventListener('pointerdown', (event) => {
        if (!box.hidden && !root.contains(/** @type {Node} */ (event.target))) toggle(false);
    });

    /** @param {boolean} open */
    function toggle(open) {
        box.hidden = !open;
        button.setAttribute('aria-expanded', String(open));
        if (open) box.querySelector('input')?.focus();
    }

    function draw() {
        const label = session.signedIn ? t('app.account', { name: session.name ?? '' }) : t('app.signIn');
        button.setAttribute('aria-label', label);
        button.title = label;
        button.classList.toggle('on', session.signedIn);
        if (session.signedIn) {
            fill(box, el('p', {}, data(session.name ?? '')), el('button', { type: 'button', class: 'button', onclick: () => void leave() }, t('app.signOut')));
            return;
        }
        const wrong = el('div', {});
        const name = el('input', { class: 'input', name: 'username', autocomplete: 'username', required: true });
        const password = el('input', { class: 'input', name: 'password', type: 'password', autocomplete: 'current-password', required: true });
        const form = el('form', {
            onsubmit: (/** @type {SubmitEvent} */ event) => {
                event.preventDefault();
                void enter(name.value, password.value, wrong);
            },
        },
        el('label', { class: 'field' }, el('span', {}, t('app.name.user')), name),
        el('label', { class: 'field' }, el('span', {}, t('app.password')), password),
        wrong,
        el('button', { class: 'button primary' }, t('app.signIn')),
        el('p', { class: 'quiet' }, t('app.signIn.why')));
        fill(box, form);
    }

    /**
     * @param {string} name
     * @param {string} password
     * @param {HTMLElement} wrong where the mistake is said
     */
    async function enter(name, password, wrong) {
        fill(wrong);
        try {
            session = await signIn(name, password);
            draw();
            toggle(false);
            button.focus();
            onChange();
        } catch (error) {
            fill(wrong, problemBox(error));
        }
    }

    async function leave() {
        try {
            await signOut();
            session = NOBODY;
            draw();
            toggle(false);
            onChange();
        } catch (error) {
            fill(box, problemBox(error));
        }
    }

    return {
        root,
        draw,
        async load() {
            try {
                session = await fetchSession();
            } catch {
                // Not knowing who one is is no reason to stop the map: the sign-in says what is wrong when it is used.
                session = NOBODY;
            }
            draw();
            if (session.signedIn) onChange();
        },

        name: () => session.name,
        signedIn: () => session.signedIn,

        /** Whether they may report incidents, send forces and close roads. */
        canDispatch: () => session.roles.some((role) => role === 'DISPATCHER' || role === 'EDITOR' || role === 'ADMIN'),

        /** Features are changed by planners and administrators. */
        canEdit: () => session.roles.some((role) => role === 'EDITOR' || role === 'ADMIN'),

        canAdminister: () => session.roles.includes('ADMIN'),

        /** Opens the box in which one signs in. */
        ask() {
            toggle(true);
        },
    };
}

/** @typedef {ReturnType<typeof createAccount>} Account */
