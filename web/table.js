/**
 * The bottom sheet: results and layers as tables. It takes its room from the map, so it covers neither map nor legend.
 * Sort, filter, select (both ways with the map), copy as tab-separated text that keeps numbers numbers.
 *
 * @typedef {object} Column
 * @property {string} key
 * @property {string} title
 * @property {boolean} [numeric]
 * @property {(row: Row) => string} show in words
 * @property {(row: Row) => string | number | null} value for sorting and copying
 * @property {(row: Row) => boolean} [own] whether the cell holds words of the data
 *
 * @typedef {{id: string, of: any}} Row
 *
 * @typedef {object} Table
 * @property {string} key
 * @property {string} title
 * @property {boolean} [ownTitle] whether the title is data
 * @property {Column[]} columns
 * @property {Row[]} rows
 * @property {number | null} [all] how many there are in all, where more can be had
 * @property {(() => Promise<void>) | null} [more] fetches further rows
 * @property {string} [moreWords]
 * @property {(row: Row) => void} [onChoose]
 */

import { el, fill, icon, iconButton, say } from './dom.js';
import { number } from './format.js';
import { locale, t } from './i18n.js';
import { problemBox } from './problem.js';

const LOWEST = 120;

/**
 * @param {HTMLElement} root
 * @param {{onTab: (key: string) => void, onClose: () => void, onResize: () => void}} listeners
 */
export function createSheet(root, listeners) {
    /** @type {Table[]} */
    let tables = [];
    let active = '';
    /** @type {Map<string, {key: string, down: boolean}>} */
    const sorts = new Map();
    let sought = '';
    /** @type {string | null} */
    let chosen = null;
    /** @type {unknown} */
    let failure = null;
    let height = 0;

    const grip = el('div', { class: 'sheet-grip', role: 'separator', tabindex: '0', 'aria-orientation': 'horizontal' });
    const tabs = el('div', { class: 'sheet-tabs', role: 'tablist' });
    const count = el('span', { class: 'sheet-count quiet' });
    const search = el('input', { type: 'search', class: 'input sheet-search', oninput: () => { sought = search.value; drawRows(); } });
    const tools = el('div', { class: 'sheet-tools' });
    const body = el('div', { class: 'sheet-body', id: 'sheet-body', role: 'tabpanel', tabindex: '0' });
    root.append(grip, el('div', { class: 'sheet-head' }, tabs, tools), body);

    grip.addEventListener('pointerdown', (event) => {
        const from = event.clientY;
        const start = root.offsetHeight;
        grip.setPointerCapture(event.pointerId);
        const move = (/** @type {PointerEvent} */ now) => setHeight(start + from - now.clientY);
        grip.addEventListener('pointermove', move);
        grip.addEventListener('pointerup', () => grip.removeEventListener('pointermove', move), { once: true });
    });
    grip.addEventListener('keydown', (event) => {
        if (event.key !== 'ArrowUp' && event.key !== 'ArrowDown') return;
        event.preventDefault();
        setHeight(root.offsetHeight + (event.key === 'ArrowUp' ? 48 : -48));
    });

    /** @param {number} wanted in pixels */
    function setHeight(wanted) {
        const highest = (root.parentElement?.offsetHeight ?? 600) * 0.75;
        height = Math.round(Math.max(LOWEST, Math.min(highest, wanted)));
        root.style.height = height + 'px';
        grip.setAttribute('aria-valuenow', String(height));
        grip.setAttribute('aria-valuemin', String(LOWEST));
        grip.setAttribute('aria-valuemax', String(Math.round(highest)));
        listeners.onResize();
    }

    function table() {
        return tables.find((one) => one.key === active) ?? tables[0];
    }

    function draw() {
        const shown = tables.length > 0;
        if (root.hidden === shown) {
            root.hidden = !shown;
            if (shown && !height) setHeight(Math.min(300, (root.parentElement?.offsetHeight ?? 600) * 0.42));
            listeners.onResize();
        }
        if (!shown) return;
        root.setAttribute('aria-label', t('sheet.title'));
        grip.setAttribute('aria-label', t('sheet.resize'));
        grip.title = t('sheet.resize');
        search.placeholder = t('sheet.filter');
        search.setAttribute('aria-label', t('sheet.filter'));
        fill(tabs, tables.map((one) => el('button', {
            type: 'button', role: 'tab', class: 'tab', id: 'tab-' + one.key.replace(/\W/g, '-'),
            'aria-selected': String(one === table()), 'aria-controls': 'sheet-body',
            onclick: () => { active = one.key; chosen = null; draw(); listeners.onTab(one.key); },
        }, one.title)));
        body.setAttribute('aria-labelledby', 'tab-' + table().key.replace(/\W/g, '-'));
        fill(tools, count, search,
            el('button', { type: 'button', class: 'button quiet-button', onclick: () => void copy() }, icon('copy', 16), t('sheet.copy')),
            iconButton('close', t('app.close'), listeners.onClose));
        drawRows();
    }

    /** Rows that the filter lets through, in order. */
    function rows() {
        const of = table();
        const words = sought.trim().toLocaleLowerCase();
        const found = words ? of.rows.filter((row) => of.columns.some((column) => column.show(row).toLocaleLowerCase().includes(words))) : [...of.rows];
        const sort = sorts.get(of.key);
        const by = of.columns.find((column) => column.key === sort?.key);
        if (!by || !sort) return found;
        const compare = new Intl.Collator(locale(), { numeric: true }).compare;
        return found.sort((a, b) => {
            const x = by.value(a);
            const y = by.value(b);
            // The unknown stands last either way.
            if (x === null || y === null) return x === y ? 0 : x === null ? 1 : -1;
            const order = typeof x === 'number' && typeof y === 'number' ? x - y : compare(String(x), String(y));
            return sort.down ? -order : order;
        });
    }

    function drawRows() {
        const of = table();
        const shown = rows();
        const all = of.all ?? of.rows.length;
        count.textContent = shown.length < all ? t('sheet.rowsOf', { n: number(shown.length), all: number(all) }) : t('sheet.rows', { n: number(all) });
        const sort = sorts.get(of.key);
        const head = el('thead', {}, el('tr', {}, of.columns.map((column) => el('th', {
            scope: 'col', class: column.numeric ? 'numeric' : '',
            'aria-sort': sort?.key === column.key ? (sort.down ? 'descending' : 'ascending') : null,
        }, el('button', { type: 'button', class: 'sort', onclick: () => sortBy(column) }, column.title,
            el('span', { 'aria-hidden': 'true', class: 'sort-sign' }, sort?.key === column.key ? (sort.down ? '▼' : '▲') : ''))))));
        const lines = shown.map((row) => el('tr', {
            'data-id': row.id, tabindex: of.onChoose ? '0' : null, 'aria-selected': of.onChoose ? String(row.id === chosen) : null,
            onclick: () => choose(row),
            onkeydown: (/** @type {KeyboardEvent} */ event) => keyOnRow(event, row),
        }, of.columns.map((column) => {
            const words = column.show(row);
            const own = column.own?.(row) ?? false;
            return el('td', { class: [column.numeric ? 'numeric' : '', own ? 'data' : '', words === t('value.unknown') ? 'quiet' : ''].join(' ').trim() || null, lang: own ? 'zh' : null }, words);
        })));
        const keep = body.scrollTop;
        fill(body,
            el('table', { class: of.onChoose ? 'choosable' : '', 'aria-label': of.title, role: of.onChoose ? 'grid' : null }, head, el('tbody', {}, lines)),
            shown.length === 0 && el('p', { class: 'quiet sheet-none' }, t('sheet.noRows')),
            failure !== null && problemBox(failure),
            of.more && el('button', { type: 'button', class: 'button sheet-more', onclick: (/** @type {MouseEvent} */ event) => void more(event) }, of.moreWords ?? ''));
        body.scrollTop = keep;
    }

    /** @param {MouseEvent} event */
    async function more(event) {
        const button = /** @type {HTMLButtonElement} */ (event.currentTarget);
        button.disabled = true;
        button.textContent = t('sheet.loading');
        failure = null;
        try {
            await table().more?.();
        } catch (error) {
            failure = error;
        }
        drawRows();
    }

    /** @param {Column} column */
    function sortBy(column) {
        const now = sorts.get(active) ?? sorts.get(table().key);
        const key = table().key;
        if (now?.key !== column.key) sorts.set(key, { key: column.key, down: column.numeric ?? false });
        else if (now.down === (column.numeric ?? false)) sorts.set(key, { key: column.key, down: !now.down });
        else sorts.delete(key);
        drawRows();
        const place = table().columns.indexOf(column);
        /** @type {HTMLElement | undefined} */ (body.querySelectorAll('.sort')[place])?.focus();
    }

    /** @param {Row} row */
    function choose(row) {
        const of = table();
        if (!of.onChoose) return;
        mark(row.id);
        of.onChoose(row);
    }

    /**
     * @param {KeyboardEvent} event
     * @param {Row} row
     */
    function keyOnRow(event, row) {
        const line = /** @type {HTMLElement} */ (event.currentTarget);
        if (event.key === 'Enter' || event.key === ' ') choose(row);
        else if (event.key === 'ArrowDown') /** @type {HTMLElement | null} */ (line.nextElementSibling)?.focus();
        else if (event.key === 'ArrowUp') /** @type {HTMLElement | null} */ (line.previousElementSibling)?.focus();
        else return;
        event.preventDefault();
    }

    /** @param {string | null} id */
    function mark(id) {
        chosen = id;
        for (const line of body.querySelectorAll('tbody tr')) {
            const is = line.getAttribute('data-id') === id;
            line.setAttribute('aria-selected', String(is));
            if (is) line.scrollIntoView({ block: 'nearest' });
        }
    }

    async function copy() {
        const of = table();
        const shown = rows();
        const clean = (/** @type {string | number | null} */ value) => (value === null ? '' : String(value).replace(/[\t\r\n]+/g, ' '));
        const text = [of.columns.map((column) => column.title), ...shown.map((row) => of.columns.map((column) => clean(column.value(row))))]
            .map((line) => line.join('\t')).join('\n');
        const done = await toClipboard(text);
        say(t(done ? 'sheet.copied' : 'sheet.copyFailed', { n: number(shown.length) }));
        count.textContent = t(done ? 'sheet.copied' : 'sheet.copyFailed', { n: number(shown.length) });
        setTimeout(() => tables.length && drawRows(), 4000);
    }

    return {
        /**
         * @param {Table[]} wanted none closes the sheet
         * @param {string} key of the table in front
         */
        show(wanted, key) {
            if (key !== active) {
                sought = '';
                search.value = '';
                chosen = null;
                body.scrollTop = 0;
            }
            tables = wanted;
            active = key;
            failure = null;
            draw();
        },

        /** @param {unknown} error */
        fail(error) {
            failure = error;
            if (tables.length) drawRows();
        },

        mark,
    };
}

/** @typedef {ReturnType<typeof createSheet>} Sheet */

/** @param {string} text */
async function toClipboard(text) {
    try {
        await navigator.clipboard.writeText(text);
        return true;
    } catch {
        // Without HTTPS there is no clipboard object; the old way still works.
        const area = el('textarea', { class: 'only-spoken' });
        area.value = text;
        document.body.append(area);
        area.select();
        const done = document.execCommand('copy');
        area.remove();
        return done;
    }
}
