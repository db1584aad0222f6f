/**
 * Recipes of one's own: what ships is copied with the weights, limits and cells as they stand in the panel, kept under a
 * name, changed and deleted again.
 *
 * @typedef {import('./index.js').Page} Page
 * @typedef {import('./risk.js').Recipe} Recipe
 *
 * @typedef {object} Around
 * @property {() => Recipe | undefined} recipe the chosen one
 * @property {() => {cell: number, method: string, weights: Record<string, number>}} wish what stands in the panel
 * @property {(name: string) => Promise<void>} chosen one was kept, or is gone: choose this
 */

import { deleteRecipe, fetchRecipe, saveRecipe } from '../api.js';
import { el, fill, icon, say } from '../dom.js';
import { t } from '../i18n.js';
import { problemBox } from '../problem.js';

/**
 * @param {Page} page
 * @param {Around} around
 */
export function ownRecipes(page, around) {
    const root = el('details', { class: 'slow risk-own' });
    let title = '';
    let source = '';
    /** For which recipe the fields were filled. */
    let of = '';
    let busy = false;
    /** @type {unknown} */
    let failure = null;

    /** @param {() => Promise<void>} work */
    async function attempt(work) {
        failure = null;
        busy = true;
        draw();
        try {
            await work();
        } catch (error) {
            failure = error;
        }
        busy = false;
        draw();
    }

    /**
     * @param {Recipe} from
     * @param {boolean} over whether it takes the place of the chosen one
     */
    function save(from, over) {
        return attempt(async () => {
            const { written, tag } = await fetchRecipe(from.name);
            const { cell, method, weights } = around.wish();
            const { ahp: _ahp, id: _id, note: _note, ...copied } = written.recipe;
            const name = over ? from.name : nameOf(title);
            await saveRecipe(name, {
                ...copied,
                title: { zh: title.trim(), en: title.trim() },
                cell: cell || from.cell,
                breaks: method === 'jenks' ? { method } : copied.breaks?.method === 'jenks' ? { method } : copied.breaks,
                weights: Object.fromEntries(from.hazards.map((one) => [one.id, weights[one.id] ?? one.weight])),
                weightSource: source.trim(),
                weightMark: 'S',
            }, over ? tag : '');
            say(t('risk.own.saved', { name: title.trim() }));
            of = '';
            root.open = false;
            await around.chosen(name);
        });
    }

    /** @param {Recipe} one */
    function remove(one) {
        return attempt(async () => {
            const { written, tag } = await fetchRecipe(one.name);
            await deleteRecipe(one.name, tag);
            await around.chosen('comprehensive');
            page.tell(t('risk.own.deleted', { name: one.title }), t('edit.undo'), () => void attempt(async () => {
                await saveRecipe(one.name, written.recipe, '');
                await around.chosen(one.name);
            }));
        });
    }

    /** @param {string} words the name in the address: letters and digits as they are, anything else a dash */
    function nameOf(words) {
        return words.trim().replace(/[^\p{L}\p{N}._-]+/gu, '-').replace(/^[._-]+|-+$/g, '').slice(0, 64);
    }

    function draw() {
        const now = around.recipe();
        if (!now) return fill(root);
        const stored = now.origin === 'stored';
        if (of !== now.name) {
            of = now.name;
            title = stored ? now.title : t('risk.own.titleOf', { title: now.title, county: page.county() });
            source = stored ? now.hazards[0]?.source ?? '' : '';
        }
        const wish = (/** @type {string} */ words, /** @type {string} */ id, /** @type {string} */ value, /** @type {(value: string) => void} */ take, /** @type {string} */ length) => {
            const input = el('input', { class: 'input', id, required: true, maxlength: length, oninput: () => take(input.value) });
            input.value = value;
            return el('label', { class: 'field' }, el('span', {}, t(words)), input);
        };
        fill(root,
            el('summary', {}, t('risk.own')),
            page.account.canEdit()
                ? el('form', { class: 'risk-own-form', onsubmit: (/** @type {Event} */ event) => {
                    event.preventDefault();
                    void save(now, false);
                } },
                el('p', { class: 'quiet small' }, t('risk.own.intro')),
                wish('risk.own.title', 'risk-own-title', title, (value) => { title = value; }, '60'),
                wish('risk.own.source', 'risk-own-source', source, (value) => { source = value; }, '200'),
                el('div', { class: 'run-row' },
                    el('button', { class: 'button', id: 'risk-own-save', disabled: busy }, t(stored ? 'risk.own.saveAs' : 'risk.own.save')),
                    stored && el('button', { type: 'button', class: 'button', id: 'risk-own-over', disabled: busy, onclick: () => { if (root.querySelector('form')?.reportValidity()) void save(now, true); } }, t('risk.own.over')),
                    stored && el('button', { type: 'button', class: 'link', id: 'risk-own-delete', disabled: busy, onclick: () => void remove(now) }, icon('trash', 14), ' ', t('risk.own.delete'))))
                : el('p', { class: 'quiet small' }, t(page.account.signedIn() ? 'data.mayNot' : 'risk.own.signIn'), ' ', !page.account.signedIn() && el('button', { type: 'button', class: 'link', onclick: () => page.account.ask() }, t('app.signIn'))),
            failure !== null && problemBox(failure));
    }

    return { root, draw };
}
