/**
 * The attribute table of a layer: rows come page by page as they come into sight, conditions are asked of the service,
 * a planner changes cells and sets one attribute for all ticked rows.
 *
 * @typedef {import('./api.js').Attribute} Attribute
 * @typedef {import('./api.js').GeoFeature} GeoFeature
 * @typedef {import('./panels/index.js').Page} Page
 * @typedef {import('./state.js').Condition} Condition
 * @typedef {import('./table.js').Row} Row
 * @typedef {import('./table.js').Table} Table
 * @typedef {import('./table.js').Sheet} Sheet
 * @typedef {import('./table.js').Sort} Sort
 *
 * @typedef {object} Loaded
 * @property {string} layer
 * @property {string} then
 * @property {string} filter
 * @property {Sort | null} sort
 * @property {Attribute[]} attributes
 * @property {(Row | undefined)[]} rows
 * @property {Map<number, Promise<void>>} asked pages that have come or are on their way
 */

import { changeMany, fetchAttributes, fetchItems } from './api.js';
import { el, fill, icon } from './dom.js';
import { exportForm } from './export.js';
import { fieldOf, same } from './fields.js';
import { number } from './format.js';
import { t } from './i18n.js';
import { conditionRows, picker, toCql2 } from './panels/filter.js';
import { asProblem, problemBox } from './problem.js';
import { inWords, isOwnWords, ownFirst, unitInWords } from './values.js';

const PAGE = 500;
/** Where all rows are needed, in larger pages. */
const LARGE_PAGE = 5_000;
/** Pixels that the rows keep when the bar above them grows. */
const ROOM = 120;
/** As many changes as the service takes at once. */
const MOST_CHANGES = 1_000;

/**
 * @param {Sheet} sheet
 * @param {Page} page
 * @param {{then: (layer: string) => string, openPopup: (layer: string, id: string, at: [number, number]) => void, changed: () => void}} around
 */
export function createLayerTable(sheet, page, around) {
    /** @type {Loaded | null} */
    let loaded = null;
    let wanted = '';
    /** @type {Condition[]} */
    let conditions = [];
    let expert = '';
    /** The filter that was asked for, not the one that is being written. */
    let applied = '';
    /** The order that the service gives; null for its own. */
    /** @type {Sort | null} */
    let sorted = null;
    let filterOpen = false;
    let exportOpen = false;
    /** @type {Set<string>} */
    const picked = new Set();
    /** What the bar holds now; made anew only where it must be, so that typing is not interrupted. */
    /** @type {HTMLElement | null} */
    let bar = null;
    let barFor = '';
    /** @type {unknown} */
    let failure = null;
    let saving = false;

    /** @param {string} layer */
    function key(layer) {
        return [layer, around.then(layer), applied, sorted ? sorted.key + (sorted.down ? ' down' : ' up') : ''].join('\n');
    }

    function cql() {
        return expert.trim() || toCql2(conditions, loaded?.attributes ?? []);
    }

    /**
     * @param {string} layer
     * @returns {Table}
     */
    function of(layer) {
        if (loaded && loaded.layer !== layer) reset();
        const now = loaded && loaded.layer === layer ? loaded : null;
        if (wanted !== key(layer)) void load(layer);
        return now && failure === null ? table(now) : { key: 'layer:' + layer, title: page.titleOf(layer), columns: now ? columns(now) : [], rows: [], bar: () => barOf(layer) };
    }

    function reset() {
        loaded = null;
        wanted = '';
        conditions = [];
        expert = '';
        applied = '';
        sorted = null;
        filterOpen = false;
        exportOpen = false;
        picked.clear();
        bar = null;
        failure = null;
    }

    /** @param {string} layer */
    async function load(layer) {
        const mine = key(layer);
        wanted = mine;
        failure = null;
        const then = around.then(layer);
        const filter = applied;
        const sort = sorted;
        try {
            const [attributes, first] = await Promise.all([fetchAttributes(layer), fetchItems(layer, { limit: PAGE, filter, then, sort })]);
            if (wanted !== mine) return;
            const rows = new Array(first.matched ?? first.features.length);
            loaded = { layer, then, filter, sort, attributes, rows, asked: new Map([[0, Promise.resolve()]]) };
            put(loaded, 0, first.features);
            around.changed();
        } catch (error) {
            if (wanted !== mine) return;
            failure = error;
            around.changed();
            const beside = filterOpen && asProblem(error).status === 400;
            if (!beside) sheet.fail(error);
            bar = null;
            sheet.again();
        }
    }

    /**
     * @param {Loaded} into
     * @param {number} from
     * @param {GeoFeature[]} features
     */
    function put(into, from, features) {
        features.forEach((feature, i) => { into.rows[from + i] = { id: String(feature.id), of: feature }; });
    }

    /**
     * @param {Loaded} into
     * @param {number} from
     * @param {number} to
     */
    async function loadRange(into, from, to) {
        const pages = [];
        // Who asks for a page that is on its way waits for it: else the table would ask again at once, for ever.
        for (let one = Math.floor(from / PAGE); one * PAGE < to; one++) pages.push(into.asked.get(one) ?? fetchPage(into, one));
        await Promise.all(pages);
    }

    /**
     * @param {Loaded} into
     * @param {number} one
     */
    function fetchPage(into, one) {
        const coming = fetchItems(into.layer, { limit: PAGE, offset: one * PAGE, filter: into.filter, then: into.then, sort: into.sort })
            .then((page) => put(into, one * PAGE, page.features));
        into.asked.set(one, coming);
        coming.catch(() => into.asked.delete(one));
        return coming;
    }

    /**
     * @param {Loaded} into
     * @param {(share: number) => void} onProgress
     */
    async function loadAll(into, onProgress) {
        let done = 0;
        while (done < into.rows.length) {
            const from = into.rows.findIndex((row, i) => i >= done && row === undefined);
            if (from < 0) break;
            const found = await fetchItems(into.layer, { limit: LARGE_PAGE, offset: from, filter: into.filter, then: into.then, sort: into.sort });
            put(into, from, found.features);
            // The layer may have shrunk meanwhile.
            if (!found.features.length) into.rows.length = from;
            done = from + found.features.length;
            onProgress(into.rows.length ? done / into.rows.length : 1);
        }
    }

    /**
     * @param {string} layer
     * @param {Sort | null} sort
     */
    function sortBy(layer, sort) {
        sorted = sort;
        void load(layer);
    }

    /** @param {Loaded} now */
    function columns(now) {
        const may = page.account.canEdit() && !now.then;
        return ownFirst(now.attributes).filter((one) => one.name !== 'illustrative').map((one) => ({
            key: one.name,
            title: one.title + (one.unit ? ` (${unitInWords(one.unit)})` : ''),
            numeric: (one.type === 'number' || one.type === 'integer') && !one.values.length,
            show: (/** @type {Row} */ row) => inWords(row.of.properties[one.name], { ...one, unit: null }),
            value: (/** @type {Row} */ row) => {
                const value = row.of.properties[one.name];
                if (value === null || value === undefined) return null;
                return typeof value === 'number' && !one.values.length ? value : inWords(value, one);
            },
            unsortable: one.type === 'array',
            own: (/** @type {Row} */ row) => isOwnWords(row.of.properties[one.name], one),
            ...(may && !one.derived && { edit: (/** @type {Row} */ row, /** @type {() => void} */ done) => cellEditor(now, one, row, done) }),
        }));
    }

    /**
     * @param {Loaded} now
     * @returns {Table}
     */
    function table(now) {
        const may = page.account.canEdit() && !now.then;
        return {
            key: 'layer:' + now.layer,
            title: page.titleOf(now.layer),
            rows: now.rows,
            columns: columns(now),
            load: (from, to) => loadRange(now, from, to),
            // A short table is fetched and sorted here, by the words that are shown and in the order of pinyin; a long one by
            // the service, so that it need not be fetched.
            ...((now.sort || now.rows.length > LARGE_PAGE) && { sort: now.sort, onSort: (/** @type {Sort | null} */ sort) => sortBy(now.layer, sort) }),
            loadAll: (onProgress) => loadAll(now, onProgress),
            picked: may ? { has: (id) => picked.has(id), toggle: (id, on) => void (on ? picked.add(id) : picked.delete(id)), clear: () => picked.clear() } : undefined,
            bar: () => barOf(now.layer),
            onChoose: (row) => {
                page.map.goTo(row.of);
                const at = page.map.insideOf(row.of);
                if (at) around.openPopup(now.layer, row.id, at);
            },
        };
    }

    // ---- changing -----------------------------------------------------------------------------------------------

    /**
     * @param {Loaded} now
     * @param {Attribute} attribute
     * @param {Row} row
     * @param {() => void} done
     */
    function cellEditor(now, attribute, row, done) {
        const before = row.of.properties[attribute.name] ?? null;
        const wrong = el('div', { class: 'mistake', role: 'alert' });
        const field = fieldOf(attribute, before, { onInput: () => fill(wrong), label: attribute.title });
        const save = async () => {
            const value = field.value();
            const mistake = field.mistake();
            if (mistake) return fill(wrong, mistake);
            if (same(value, before)) return done();
            fill(wrong, t('edit.saving'));
            try {
                const { changeSet } = await changeMany(now.layer, [change(row, attribute.name, value)], '');
                row.of.properties[attribute.name] = value;
                done();
                await page.changed(now.layer);
                page.tell(t('sheet.saved', { n: 1, changeSet }));
            } catch (error) {
                fill(wrong, words(error));
            }
        };
        return el('div', {
            class: 'cell-editor',
            onkeydown: (/** @type {KeyboardEvent} */ event) => {
                if (event.key === 'Enter' && !(event.target instanceof HTMLTextAreaElement)) {
                    event.preventDefault();
                    event.stopPropagation();
                    void save();
                }
            },
        }, field.root,
        el('button', { type: 'button', class: 'icon-button', title: t('edit.save'), 'aria-label': t('edit.save'), onclick: () => void save() }, icon('check', 16)),
        el('button', { type: 'button', class: 'icon-button', title: t('edit.cancel'), 'aria-label': t('edit.cancel'), onclick: done }, icon('close', 16)), wrong);
    }

    /**
     * Only where the value still is what the planner saw.
     *
     * @param {Row} row
     * @param {string} name
     * @param {any} value
     */
    function change(row, name, value) {
        return { id: row.id, expect: { [name]: row.of.properties[name] ?? null }, patch: { properties: { [name]: value } } };
    }

    /** @param {unknown} error */
    function words(error) {
        const problem = asProblem(error);
        return problem.mistakes.length ? problem.mistakes.map((one) => one.what).join(' ') : [problem.title, problem.detail].join(' ');
    }

    /** @param {Loaded} now */
    function batch(now) {
        const usable = ownFirst(now.attributes).filter((one) => !one.derived && one.name !== 'illustrative');
        let attribute = usable.find((one) => one.name !== 'name' && one.values.length) ?? usable[0];
        const place = el('span', { class: 'batch-value' });
        const wrong = el('div', { class: 'batch-wrong' });
        let field = fieldOf(attribute, null, { onInput: () => fill(wrong), label: attribute.title });
        fill(place, field.root);
        const why = el('input', { class: 'input batch-why', placeholder: t('edit.why'), 'aria-label': t('edit.why'), maxlength: 500 });
        const button = el('button', { class: 'button primary' }, t('sheet.apply'));
        const save = async () => {
            const value = field.value();
            const mistake = field.mistake();
            if (mistake) return fill(wrong, el('p', { class: 'mistake', role: 'alert' }, mistake));
            const rows = now.rows.filter((row) => row && picked.has(row.id) && !same(row.of.properties[attribute.name], value));
            if (!rows.length) return fill(wrong, el('p', { class: 'quiet' }, t('sheet.same')));
            if (rows.length > MOST_CHANGES) return fill(wrong, el('p', { class: 'mistake', role: 'alert' }, t('sheet.tooMany', { n: number(rows.length), max: number(MOST_CHANGES) })));
            saving = true;
            button.disabled = true;
            fill(wrong, el('p', { class: 'quiet' }, t('edit.saving')));
            try {
                const { changeSet } = await changeMany(now.layer, rows.map((row) => change(/** @type {Row} */ (row), attribute.name, value)), why.value.trim());
                picked.clear();
                await page.changed(now.layer);
                page.tell(t('sheet.saved', { n: number(rows.length), changeSet }));
            } catch (error) {
                fill(wrong, problemBox(error));
            }
            saving = false;
            button.disabled = false;
        };
        return el('form', {
            class: 'batch', 'aria-label': t('sheet.batch'),
            onsubmit: (/** @type {Event} */ event) => {
                event.preventDefault();
                if (!saving) void save();
            },
        },
        el('strong', { class: 'batch-count' }, t('sheet.picked', { n: number(picked.size) })),
        el('span', {}, t('sheet.set')),
        picker(t('coverage.filter.attribute'), usable.map((one) => ({ value: one.name, title: one.title })), attribute.name, (name) => {
            attribute = usable.find((one) => one.name === name) ?? attribute;
            field = fieldOf(attribute, null, { onInput: () => fill(wrong), label: attribute.title });
            fill(place, field.root);
            fill(wrong);
        }),
        el('span', {}, t('sheet.to')), place, why, button,
        el('button', { type: 'button', class: 'button quiet-button', onclick: () => { picked.clear(); sheet.again(); } }, t('sheet.unpick')), wrong);
    }

    // ---- the bar above the rows ---------------------------------------------------------------------------------

    /** @param {string} layer */
    function barOf(layer) {
        const what = [layer, picked.size > 0, filterOpen, exportOpen, page.account.canEdit(), loaded?.layer === layer, loaded?.then, loaded?.filter, failure !== null, document.documentElement.lang, around.then(layer)].join(' ');
        if (bar && barFor === what) {
            const count = bar.querySelector('.batch-count');
            if (count) count.textContent = t('sheet.picked', { n: number(picked.size) });
            return bar;
        }
        barFor = what;
        const now = loaded?.layer === layer ? loaded : null;
        const toggle = (/** @type {string} */ picture, /** @type {string} */ words, /** @type {boolean} */ on, /** @type {() => void} */ onclick, /** @type {string} */ name) =>
            el('button', { type: 'button', class: 'button quiet-button', 'aria-expanded': String(on), 'data-action': name, onclick }, icon(picture, 16), words);
        bar = el('div', { class: 'layer-bar' },
            el('div', { class: 'layer-bar-row' },
                toggle('list', t('sheet.conditions') + (loaded?.filter ? ' ●' : ''), filterOpen, () => { filterOpen = !filterOpen; exportOpen = false; bar = null; sheet.again(ROOM); }, 'conditions'),
                toggle('download', t('data.export'), exportOpen, () => { exportOpen = !exportOpen; filterOpen = false; bar = null; sheet.again(ROOM); }, 'export'),
                page.account.canEdit() && now && !now.then && picked.size === 0 && el('span', { class: 'quiet small not-on-phone' }, t('sheet.editHint')),
                now && picked.size > 0 && batch(now)),
            filterOpen && now && filterForm(layer, now),
            exportOpen && exportForm(() => ({ layer, title: page.titleOf(layer), box: page.info().layers.find((one) => one.id === layer)?.bbox ?? page.info().bbox, filter: applied, then: around.then(layer) })));
        return bar;
    }

    /**
     * @param {string} layer
     * @param {Loaded} now
     */
    function filterForm(layer, now) {
        const rows = el('div', { class: 'conditions' });
        conditionRows(rows, conditions, now.attributes, () => {});
        const own = el('input', { class: 'input code', value: expert, placeholder: t('coverage.filter.expert'), 'aria-label': t('coverage.filter.expert'), oninput: () => { expert = own.value; } });
        return el('form', {
            class: 'table-filter',
            onsubmit: (/** @type {Event} */ event) => {
                event.preventDefault();
                bar = null;
                applied = cql();
                void load(layer);
            },
        }, rows, own,
        failure !== null && problemBox(failure),
        el('div', { class: 'data-actions' },
            el('button', { class: 'button primary' }, t('sheet.applyFilter')),
            el('button', { type: 'button', class: 'button', onclick: () => { conditions = []; expert = ''; applied = ''; bar = null; void load(layer); } }, t('sheet.clearFilter'))));
    }

    return {
        of,

        /** @param {string} [layer] whose rows are old; without one, all */
        forget(layer) {
            if (!layer || loaded?.layer === layer) {
                wanted = '';
                bar = null;
            }
        },

        /**
         * @param {string} layer
         * @param {string[]} ids
         */
        select(layer, ids) {
            if (loaded?.layer !== layer) return;
            picked.clear();
            for (const id of ids) picked.add(id);
            sheet.again();
        },
    };
}
