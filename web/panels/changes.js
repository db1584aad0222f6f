/**
 * What happened to a layer, change by change, or to one thing of it: who, when, why, each attribute before and after,
 * the shape before and after on the map; taking a change back; seeing the layer as it was.
 *
 * @typedef {import('../api.js').ChangeSet} ChangeSet
 * @typedef {import('../api.js').GeoFeature} GeoFeature
 * @typedef {import('../api.js').HistoryEntry} HistoryEntry
 * @typedef {import('./index.js').Page} Page
 * @typedef {import('./index.js').Panel} Panel
 */

import { fetchAttributes, fetchChanges, fetchFeature, fetchHistory, undoChange } from '../api.js';
import { data, el, fill, icon } from '../dom.js';
import { fromLocal, toLocal } from '../fields.js';
import { dateTime, number } from '../format.js';
import { pick, t } from '../i18n.js';
import { problemBox } from '../problem.js';
import { inWords } from '../values.js';
import { layersOn } from './layers.js';

const FIRST = 50;

/**
 * @param {HTMLElement} root
 * @param {Page} page
 * @returns {Panel}
 */
export function changesPanel(root, page) {
    let layer = '';
    let id = '';
    let most = FIRST;
    /** @type {ChangeSet[] | null} */
    let sets = null;
    /** @type {HistoryEntry[] | null} */
    let history = null;
    let deleted = false;
    /** @type {import('../api.js').Attribute[]} */
    let attributes = [];
    /** @type {unknown} */
    let failure = null;
    /** What went wrong with the undo of a change set. */
    /** @type {Map<number, unknown>} */
    const refused = new Map();
    /** @type {Map<number, number>} */
    const undone = new Map();
    /** The change whose shapes are on the map. */
    let compared = 0;
    let busy = 0;
    let round = 0;

    async function load() {
        const mine = ++round;
        failure = null;
        try {
            const [foundSets, found, schema] = await Promise.all([fetchChanges(layer, most), id ? fetchHistory(layer, id) : null, fetchAttributes(layer)]);
            if (mine !== round) return;
            sets = foundSets;
            history = found?.history ?? null;
            deleted = found?.deleted ?? false;
            attributes = schema;
        } catch (error) {
            if (mine !== round) return;
            failure = error;
        }
        draw();
    }

    function draw() {
        if (!page.account.signedIn()) {
            return fill(root, el('div', { class: 'empty' }, el('strong', {}, t('changes.signIn')), el('button', { type: 'button', class: 'button primary', onclick: () => page.account.ask() }, t('app.signIn'))));
        }
        if (!layer) return fill(root, el('p', { class: 'quiet' }, t('edit.noLayer')));
        if (failure !== null) return fill(root, problemBox(failure, { retry: () => void load() }));
        if (!sets) return fill(root, el('p', { class: 'quiet' }, t('popup.loading')));
        if (id && history) drawFeature(history, sets);
        else drawLayer(sets);
    }

    // ---- a layer ------------------------------------------------------------------------------------------------

    /** @param {ChangeSet[]} all */
    function drawLayer(all) {
        fill(root,
            el('h3', { class: 'edit-layer' }, page.titleOf(layer)),
            thenForm(),
            all.length === 0 && el('p', { class: 'quiet' }, t('changes.none')),
            el('ol', { class: 'timeline' }, all.map((set) => el('li', { class: 'event', 'data-change': String(set.number) },
                el('div', { class: 'event-head' }, el('strong', {}, whatIs(set)), el('span', { class: 'quiet' }, t('changes.number', { n: set.number }))),
                who(set.at, set.who, set.why),
                el('div', { class: 'event-actions' },
                    el('button', { type: 'button', class: 'link', onclick: () => lookAt(set.at, 0) }, t('changes.after')),
                    el('button', { type: 'button', class: 'link', onclick: () => lookAt(set.at, -1) }, t('changes.beforeIt')),
                    undoButton(set.number)),
                refusal(set.number)))),
            all.length >= most && el('button', { type: 'button', class: 'button', onclick: () => { most *= 4; void load(); } }, t('changes.more')));
    }

    /** @param {ChangeSet} set */
    function whatIs(set) {
        /** @type {[string, number][]} */
        const parts = [['loaded', set.loaded], ['created', set.created], ['updated', set.updated], ['deleted', set.deleted]];
        return parts.filter(([, n]) => n > 0).map(([name, n]) => t('changes.' + name, { n: number(n) })).join(t('value.separator')) || t('changes.nothing');
    }

    /**
     * @param {string} at
     * @param {string} name
     * @param {string} why
     */
    function who(at, name, why) {
        return el('p', { class: 'event-who' }, el('span', {}, dateTime(at)), ' · ', data(name), why && el('span', { class: 'event-why' }, data(why)));
    }

    /** @param {number} changeSet */
    function undoButton(changeSet) {
        const by = undone.get(changeSet);
        if (by !== undefined) return el('span', { class: 'quiet' }, t('changes.undoneBy', { n: by }));
        return page.account.canEdit() && el('button', { type: 'button', class: 'link', 'data-action': 'undo', disabled: busy === changeSet, onclick: () => void undo(changeSet) }, icon('undo', 14), t(busy === changeSet ? 'changes.undoing' : 'edit.undo'));
    }

    /** @param {number} changeSet */
    function refusal(changeSet) {
        return refused.has(changeSet) && problemBox(refused.get(changeSet));
    }

    /** @param {number} changeSet */
    async function undo(changeSet) {
        busy = changeSet;
        refused.delete(changeSet);
        draw();
        try {
            const result = await undoChange(layer, changeSet);
            undone.set(changeSet, result.changeSet);
            page.tell(t('changes.undone', { n: changeSet, count: number(result.ids.length), by: result.changeSet }));
            await page.changed(layer);
            await load();
        } catch (error) {
            refused.set(changeSet, error);
        }
        busy = 0;
        draw();
    }

    // ---- as it was ----------------------------------------------------------------------------------------------

    function thenForm() {
        const [shownLayer, time] = page.state.get().then.split('@');
        const input = el('input', { class: 'input', type: 'datetime-local', id: 'then-time', 'aria-label': t('then.when'), value: toLocal(shownLayer === layer && time ? time : new Date().toISOString()) });
        return el('form', {
            class: 'then-form',
            onsubmit: (/** @type {Event} */ event) => {
                event.preventDefault();
                if (input.value) page.state.set({ then: `${layer}@${fromLocal(input.value)}`, layers: withLayer() });
            },
        }, el('label', { class: 'field' }, el('span', {}, t('then.when')), input), el('button', { class: 'button', id: 'then-look' }, icon('history', 16), t('then.look')),
        el('small', { class: 'quiet' }, t('then.help')));
    }

    /** The layers that are on, with this one. */
    function withLayer() {
        const on = page.state.get().layers;
        return layersOn(page.info(), on).some((one) => one.id === layer) ? on : [...layersOn(page.info(), on).map((one) => one.id), layer];
    }

    /**
     * @param {string} at
     * @param {number} milliseconds
     */
    function lookAt(at, milliseconds) {
        page.state.set({ then: `${layer}@${new Date(new Date(at).getTime() + milliseconds).toISOString()}`, layers: withLayer() });
    }

    // ---- one thing ----------------------------------------------------------------------------------------------

    /**
     * @param {HistoryEntry[]} all newest first
     * @param {ChangeSet[]} known
     */
    function drawFeature(all, known) {
        const name = all.flatMap((one) => one.changes.filter((change) => change.attribute === 'name').map((change) => change.after ?? change.before)).find((one) => one);
        fill(root,
            el('h3', { class: 'edit-layer' }, data(String(name ?? id)), el('span', { class: 'quiet' }, ' ' + page.titleOf(layer))),
            deleted && el('p', { class: 'note' }, t('changes.isDeleted')),
            el('div', { class: 'data-actions' },
                !deleted && el('button', { type: 'button', class: 'button', onclick: () => void page.showFeature(layer, id) }, icon('target', 16), t('popup.zoom')),
                !deleted && page.account.canEdit() && el('button', { type: 'button', class: 'button', onclick: () => page.openPanel('edit', `${layer}/${id}`) }, icon('edit', 16), t('popup.edit')),
                el('button', { type: 'button', class: 'button', onclick: () => page.openPanel('changes', layer) }, t('changes.ofLayer'))),
            all.length === 0 && el('p', { class: 'quiet' }, t('changes.none')),
            el('ol', { class: 'timeline' }, all.map((entry) => el('li', { class: 'event', 'data-change': String(entry.changeSet) },
                el('div', { class: 'event-head' }, el('strong', {}, entry.operationText), el('span', { class: 'quiet' }, t('changes.number', { n: entry.changeSet }))),
                who(entry.at, entry.who, entry.why),
                differences(entry),
                el('div', { class: 'event-actions' },
                    entry.geometryChanged && entry.operation === 'update' && el('button', { type: 'button', class: 'link', 'aria-pressed': String(compared === entry.changeSet), 'data-action': 'compare', onclick: () => void compare(entry) }, icon('layers', 14), t(compared === entry.changeSet ? 'changes.compareOff' : 'changes.compare')),
                    undoOf(entry, known)),
                compared === entry.changeSet && el('p', { class: 'compare-key small' }, el('span', { class: 'key-before' }, t('changes.before')), el('span', { class: 'key-after' }, t('changes.now'))),
                refusal(entry.changeSet)))));
    }

    /**
     * A change set that touched more than this one thing is taken back where all of it can be seen.
     *
     * @param {HistoryEntry} entry
     * @param {ChangeSet[]} known
     */
    function undoOf(entry, known) {
        const set = known.find((one) => one.number === entry.changeSet);
        const size = set ? set.created + set.updated + set.deleted + set.loaded : 0;
        if (size === 1) return undoButton(entry.changeSet);
        return el('button', { type: 'button', class: 'link', onclick: () => page.openPanel('changes', layer) }, size ? t('changes.many', { n: number(size) }) : t('changes.ofLayer'));
    }

    /** @param {HistoryEntry} entry */
    function differences(entry) {
        const moved = entry.geometryChanged && entry.operation === 'update';
        if (entry.operation === 'update') {
            return el('table', { class: 'differences' }, el('thead', {}, el('tr', {}, el('th', { scope: 'col' }, t('changes.attribute')), el('th', { scope: 'col' }, t('changes.before')), el('th', { scope: 'col' }, t('changes.now')))),
                el('tbody', {}, entry.changes.map((one) => el('tr', {}, el('th', { scope: 'row' }, pick(one.title)), el('td', { class: 'was' }, words(one, one.before, one.beforeText)), el('td', { class: 'is' }, words(one, one.after, one.afterText)))),
                    moved && el('tr', {}, el('th', { scope: 'row' }, t('edit.shape')), el('td', { colspan: 2 }, t('changes.moved')))));
        }
        if (!entry.changes.length) return null;
        return el('details', {}, el('summary', {}, t('changes.values', { n: entry.changes.length })), el('dl', { class: 'facts' },
            entry.changes.map((one) => el('div', {}, el('dt', {}, pick(one.title)), el('dd', {}, entry.operation === 'delete' ? words(one, one.before, one.beforeText) : words(one, one.after, one.afterText))))));
    }

    /**
     * @param {HistoryEntry['changes'][number]} change
     * @param {any} value
     * @param {string} text as the service says it
     */
    function words(change, value, text) {
        const attribute = attributes.find((one) => one.name === change.attribute);
        return attribute ? inWords(value, attribute) : text;
    }

    /** @param {HistoryEntry} entry */
    async function compare(entry) {
        if (compared === entry.changeSet) return uncompare();
        const at = new Date(entry.at).getTime();
        try {
            const [before, after] = await Promise.all([at - 1, at].map((time) => fetchFeature(layer, id, new Date(time).toISOString())));
            page.map.sketch.compare([{ geometry: before.geometry, role: /** @type {const} */ ('before') }, { geometry: after.geometry, role: /** @type {const} */ ('after') }]
                .flatMap((one) => (one.geometry ? [{ geometry: one.geometry, role: one.role }] : [])));
            compared = entry.changeSet;
            page.map.goToBoth([before, after]);
        } catch (error) {
            refused.set(entry.changeSet, error);
        }
        draw();
    }

    function uncompare() {
        compared = 0;
        page.map.sketch.compare([]);
        draw();
    }

    return {
        draw() {
            if (page.state.get().panel === 'changes' && layer && page.account.signedIn() && (!sets || failure !== null) && !round) void load();
            draw();
        },
        show(subject) {
            const cut = subject.indexOf('/');
            const [nextLayer, nextId] = cut < 0 ? [subject, ''] : [subject.slice(0, cut), subject.slice(cut + 1)];
            if (nextLayer !== layer) most = FIRST;
            if (nextLayer !== layer || nextId !== id) {
                sets = null;
                history = null;
                refused.clear();
                undone.clear();
            }
            layer = nextLayer;
            id = nextId;
            round = 0;
            if (compared) uncompare();
            if (layer && page.account.signedIn()) void load();
        },
        hide() {
            if (compared) uncompare();
        },
    };
}
