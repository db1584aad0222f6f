/**
 * Scenarios kept under a name: taken up to be changed, laid under a question, compared, and saved with their reason and
 * how long they hold. `now` is the live one: what is closed at this hour.
 *
 * @typedef {import('../api.js').StoredScenario} StoredScenario
 * @typedef {import('../whatif.js').WhatIf} WhatIf
 *
 * @typedef {object} Around
 * @property {() => WhatIf} whatIf
 * @property {(whatIf: WhatIf) => void} commit
 * @property {() => Promise<any>} body of the present what-if, inline
 * @property {() => void} changed the stored ones have changed
 */

import { deleteScenario, fetchScenario, fetchScenarios, saveScenario } from '../api.js';
import { data, el, fill, icon, iconButton, say } from '../dom.js';
import { dateTime, number } from '../format.js';
import { t } from '../i18n.js';
import { problemBox } from '../problem.js';
import { fromScenario } from '../whatif.js';

export const NOW = 'now';

/** @param {Around} around */
export function storedScenarios(around) {
    const root = el('details', { class: 'stored' });
    /** @type {StoredScenario[]} */
    let all = [];
    /** @type {unknown} */
    let failure = null;
    let saving = false;
    const wish = { name: '', reason: '', until: '' };

    async function load() {
        try {
            all = await fetchScenarios();
            failure = null;
        } catch (error) {
            failure = error;
        }
        draw();
    }

    /** @param {string} name */
    function title(name) {
        const one = all.find((each) => each.name === name);
        return name === NOW ? t('stored.now') : one?.title || name;
    }

    /** @param {() => Promise<void>} work */
    async function attempt(work) {
        failure = null;
        try {
            await work();
        } catch (error) {
            failure = error;
        }
        await refresh();
    }

    async function refresh() {
        const was = failure;
        await load();
        failure ??= was;
        draw();
        around.changed();
    }

    /**
     * @param {string} name
     * @param {boolean} asNow
     */
    async function save(name, asNow) {
        await attempt(async () => {
            const known = all.find((one) => one.name === name);
            const body = {
                ...(await around.body()),
                ...(asNow ? {} : { title: name }),
                ...(wish.reason.trim() ? { reason: wish.reason.trim() } : {}),
                ...(wish.until ? { validUntil: wish.until + ':00+08:00' } : {}),
            };
            await saveScenario(name, body, known?.version ?? 0);
            saving = false;
            wish.name = wish.reason = wish.until = '';
            say(t('stored.saved', { name: title(name) }));
            // What was saved as the live one holds from now on before every change.
            if (asNow) around.commit({ before: NOW, after: '', changes: [] });
        });
    }

    /** @param {StoredScenario} one */
    function row(one) {
        const of = around.whatIf();
        const empty = one.name === NOW && one.version === 0;
        const counts = [
            one.closures > 0 && t('stored.closures', { n: number(one.closures) }),
            one.factors > 0 && t('stored.factors', { n: number(one.factors) }),
            one.state === 'ended' && t('stored.ended'),
            one.validUntil && one.state !== 'ended' && t('stored.until', { when: dateTime(one.validUntil) }),
        ].filter(Boolean).join(t('value.separator'));
        const button = (/** @type {string} */ words, /** @type {() => void} */ onclick, pressed = false) => el('button', { type: 'button', class: 'link', 'aria-pressed': String(pressed), onclick }, t(words));
        return el('li', { class: 'stored-one', 'data-scenario': one.name },
            el('div', { class: 'stored-head' },
                el('strong', {}, one.name === NOW ? t('stored.now') : data(title(one.name))),
                el('small', { class: 'quiet' }, empty ? t('stored.nothing') : counts)),
            one.reason && el('p', { class: 'small quiet' }, data(one.reason), one.author && ' · ', one.author && data(one.author)),
            el('div', { class: 'stored-tools' },
                button('stored.base', () => around.commit({ ...of, before: of.before === one.name ? '' : one.name }), of.before === one.name),
                !empty && button('stored.compare', () => around.commit({ ...of, after: of.after === one.name ? '' : one.name, changes: [] }), of.after === one.name),
                !empty && button('stored.take', () => void attempt(async () => around.commit({ ...of, after: '', changes: fromScenario(await fetchScenario(one.name)) }))),
                one.version > 0 && iconButton('trash', t('stored.delete', { name: title(one.name) }), () => void attempt(async () => {
                    await deleteScenario(one.name);
                    if (of.before === one.name || of.after === one.name) around.commit({ ...of, before: of.before === one.name ? '' : of.before, after: of.after === one.name ? '' : of.after });
                }))));
    }

    function saveForm() {
        const input = (/** @type {'name' | 'reason' | 'until'} */ what, /** @type {Record<string, any>} */ more) => {
            const field = el('input', { class: 'input', 'aria-label': t('stored.' + what), placeholder: t('stored.' + what), ...more, oninput: () => { wish[what] = field.value; } });
            field.value = wish[what];
            return field;
        };
        return el('form', { class: 'stored-form', onsubmit: (/** @type {Event} */ event) => {
            event.preventDefault();
            if (wish.name.trim()) void save(wish.name.trim(), false);
        } },
        input('name', { id: 'stored-name', required: true, maxlength: '64' }),
        input('reason', { maxlength: '500' }),
        el('label', { class: 'stored-until' }, t('stored.until.label'), input('until', { type: 'datetime-local' })),
        el('div', { class: 'stored-tools' },
            el('button', { class: 'button primary', id: 'stored-save' }, t('stored.save')),
            el('button', { type: 'button', class: 'button', id: 'stored-save-now', title: t('stored.saveNow.help'), onclick: () => void save(NOW, true) }, t('stored.saveNow')),
            el('button', { type: 'button', class: 'link', onclick: () => { saving = false; draw(); } }, t('stored.cancel'))));
    }

    function draw() {
        const { changes } = around.whatIf();
        const open = root.open;
        fill(root,
            el('summary', {}, t('stored.title'), all.length > 1 && el('span', { class: 'quiet' }, ` ${number(all.length)}`)),
            el('ul', {}, [...all].sort((a, b) => Number(b.name === NOW) - Number(a.name === NOW)).map(row)),
            saving ? saveForm() : changes.length > 0 && el('button', { type: 'button', class: 'button', id: 'stored-new', onclick: () => {
                saving = true;
                draw();
                document.getElementById('stored-name')?.focus();
            } }, icon('plus', 16), t('stored.new')),
            failure !== null && problemBox(failure));
        root.open = open;
    }

    root.addEventListener('toggle', () => { if (root.open) void load(); });

    return { root, load, draw, title, all: () => all };
}
