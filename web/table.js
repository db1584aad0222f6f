/**
 * The bottom sheet: results and layers as tables. It takes its room from the map, so it covers neither map nor legend.
 * Sort, filter, select (both ways with the map), copy as tab-separated text that keeps numbers numbers.
 *
 * Only the lines in sight stand in the page, all of one height; the scroll bar stands for all of them. Rows may still be
 * missing: they are asked for when they come into sight, or altogether when one sorts, seeks or copies; a long table is sorted by whoever has
 * the rows.
 *
 * @typedef {object} Column
 * @property {string} key
 * @property {string} title
 * @property {boolean} [numeric]
 * @property {(row: Row) => string} show in words
 * @property {(row: Row) => string | number | null} value for sorting and copying
 * @property {boolean} [unsortable] where the service sorts, and cannot sort by it
 * @property {(row: Row) => boolean} [own] whether the cell holds words of the data
 * @property {(row: Row, done: () => void) => HTMLElement | null} [edit] a control in the place of the cell
 *
 * @typedef {{id: string, of: any}} Row
 *
 * @typedef {{key: string, down: boolean}} Sort by a column's key
 *
 * @typedef {object} Table
 * @property {string} key
 * @property {string} title
 * @property {Column[]} columns
 * @property {(Row | undefined)[]} rows undefined where it has not come yet
 * @property {((from: number, to: number) => Promise<void>) | null} [load] fetches these rows into `rows`
 * @property {((onProgress: (share: number) => void) => Promise<void>) | null} [loadAll] fetches all that are missing
 * @property {Sort | null} [sort] how the rows stand already, where the service sorts them
 * @property {(sort: Sort | null) => void} [onSort] asks the service for another order
 * @property {(row: Row) => void} [onChoose]
 * @property {{has: (id: string) => boolean, toggle: (id: string, on: boolean) => void, clear: () => void}} [picked] rows ticked for a common change
 * @property {() => HTMLElement | null} [bar] what stands above the rows: conditions, a change of the ticked rows
 */

import { calmly, el, fill, icon, iconButton, say } from './dom.js';
import { number, percent } from './format.js';
import { locale, t } from './i18n.js';
import { problemBox } from './problem.js';

const LOWEST = 120;

/** Lines kept ready above and below those in sight. */
const SPARE = 12;

/**
 * @param {HTMLElement} root
 * @param {{onTab: (key: string) => void, onClose: () => void, onResize: () => void}} listeners
 */
export function createSheet(root, listeners) {
    /** @type {Table[]} */
    let tables = [];
    let active = '';
    /** @type {Map<string, Sort>} */
    const sorts = new Map();
    let sought = '';
    /** @type {string | null} */
    let chosen = null;
    /** @type {unknown} */
    let failure = null;
    let height = 0;
    /** The rows in the order shown: places in `rows` of the table. */
    /** @type {number[] | null} */
    let order = null;
    /** @type {number | null} */
    let progress = null;
    /** Width that each column has grown to, so that it does not jump while one scrolls. */
    /** @type {Map<string, number[]>} */
    const widths = new Map();
    /** The cell that is being changed: row and column. */
    /** @type {{id: string, column: string} | null} */
    let editing = null;
    let drawn = '';
    let clicked = 0;
    /** The head that was pressed, while its rows are on their way. */
    /** @type {number | null} */
    let pressed = null;

    const grip = el('div', { class: 'sheet-grip', role: 'separator', tabindex: '0', 'aria-orientation': 'horizontal' });
    const tabs = el('div', { class: 'sheet-tabs', role: 'tablist' });
    const count = el('span', { class: 'sheet-count quiet' });
    const search = el('input', { type: 'search', class: 'input sheet-search', oninput: calmly(() => { sought = search.value; void arrange(); }, 150) });
    const tools = el('div', { class: 'sheet-tools' });
    const bar = el('div', { class: 'sheet-bar' });
    const body = el('div', { class: 'sheet-body', id: 'sheet-body', role: 'tabpanel', tabindex: '0', onscroll: () => drawRows() });
    root.append(grip, el('div', { class: 'sheet-head' }, tabs, tools), bar, body);

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
    new ResizeObserver(() => { if (tables.length) drawRows(); }).observe(body);

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

    function lineHeight() {
        return matchMedia('(pointer: coarse), (max-width: 760px)').matches ? 44 : 30;
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
            onclick: () => { active = one.key; chosen = null; order = null; draw(); listeners.onTab(one.key); },
        }, one.title)));
        body.setAttribute('aria-labelledby', 'tab-' + table().key.replace(/\W/g, '-'));
        fill(tools, count, search,
            el('button', { type: 'button', class: 'button quiet-button sheet-copy', onclick: () => void copy() }, icon('copy', 16), t('sheet.copy')),
            iconButton('close', t('app.close'), listeners.onClose));
        drawBar();
        void arrange();
    }

    function drawBar() {
        const own = table()?.bar?.() ?? null;
        bar.hidden = own === null;
        if (own !== bar.firstElementChild) fill(bar, own);
    }

    /** Fetches whatever is missing, saying how far it is. Throws nothing: a failure is shown. */
    async function all() {
        const of = table();
        if (!of.loadAll || !missing(of)) return true;
        progress = 0;
        tell();
        try {
            await of.loadAll((share) => { progress = share; tell(); });
            return true;
        } catch (error) {
            failure = error;
            return false;
        } finally {
            progress = null;
        }
    }

    /** @param {Table} of */
    function missing(of) {
        for (let i = 0; i < of.rows.length; i++) if (!of.rows[i]) return true;
        return false;
    }

    /** @param {Table} of */
    function sortOf(of) {
        return (of.onSort ? of.sort : sorts.get(of.key)) ?? undefined;
    }

    /** Puts the rows in order again: after a change of sort, of what is sought, or of the rows. */
    async function arrange() {
        const of = table();
        if (!of) return;
        const sort = of.onSort ? undefined : sortOf(of);
        if ((sort || sought.trim()) && missing(of) && !(await all())) return drawRows(true);
        if (of !== table()) return;
        order = sort || sought.trim() ? inOrder(of) : null;
        drawRows(true);
        if (pressed !== null && of.rows.some((row) => row)) {
            /** @type {HTMLElement | null} */ (body.querySelectorAll('th:not(.pick)')[pressed]?.querySelector('.sort'))?.focus();
            pressed = null;
        }
    }

    /**
     * @param {Table} of all of whose rows are there
     * @returns {number[]}
     */
    function inOrder(of) {
        const words = sought.trim().toLocaleLowerCase();
        /** @type {number[]} */
        const found = [];
        for (let i = 0; i < of.rows.length; i++) {
            const row = of.rows[i];
            if (row && (!words || of.columns.some((column) => column.show(row).toLocaleLowerCase().includes(words)))) found.push(i);
        }
        const sort = of.onSort ? undefined : sortOf(of);
        const by = of.columns.find((column) => column.key === sort?.key);
        if (!by || !sort) return found;
        const compare = new Intl.Collator(locale(), { numeric: true }).compare;
        // Each value once: among ten thousand rows a comparison asks for it many times.
        const values = of.rows.map((row) => (row ? by.value(row) : null));
        return found.sort((a, b) => {
            const x = values[a];
            const y = values[b];
            // The unknown stands last either way.
            if (x === null || y === null) return x === y ? a - b : x === null ? 1 : -1;
            const order = typeof x === 'number' && typeof y === 'number' ? x - y : compare(String(x), String(y));
            return (sort.down ? -order : order) || a - b;
        });
    }

    function length() {
        return order ? order.length : table().rows.length;
    }

    /** @param {number} i place among those shown */
    function placeOf(i) {
        return order ? order[i] : i;
    }

    function tell() {
        const all = table()?.rows.length ?? 0;
        count.textContent = progress !== null ? t('sheet.loadingAll', { share: percent(progress) })
            : length() < all ? t('sheet.rowsOf', { n: number(length()), all: number(all) }) : t('sheet.rows', { n: number(all) });
    }

    /** @param {boolean} [anew] even where the same lines are in sight */
    function drawRows(anew = false) {
        const of = table();
        if (!of) return;
        const line = lineHeight();
        const first = Math.max(0, Math.floor(body.scrollTop / line) - SPARE);
        const last = Math.min(length(), Math.ceil((body.scrollTop + body.clientHeight) / line) + SPARE);
        const now = [of.key, first, last].join(' ');
        if (!anew && now === drawn) return;
        if (!anew && editing) return;
        drawn = now;
        tell();
        const sort = sortOf(of);
        const grown = widths.get(of.key) ?? [];
        const focused = document.activeElement;
        const focusedRow = focused?.tagName === 'TR' && body.contains(focused) ? focused.getAttribute('aria-rowindex') : null;
        const head = el('thead', {}, el('tr', { 'aria-rowindex': '1' },
            of.picked && el('th', { scope: 'col', class: 'pick' }, el('input', { type: 'checkbox', 'aria-label': t('sheet.pickAll'), checked: length() > 0 && pickedAll(of), onchange: (/** @type {Event} */ event) => void pickAll(/** @type {HTMLInputElement} */ (event.currentTarget).checked) })),
            of.columns.map((column) => el('th', {
                scope: 'col', class: column.numeric ? 'numeric' : '',
                'aria-sort': sort?.key === column.key ? (sort.down ? 'descending' : 'ascending') : null,
            }, of.onSort && column.unsortable ? column.title : el('button', { type: 'button', class: 'sort', onclick: () => sortBy(column) }, column.title,
                el('span', { 'aria-hidden': 'true', class: 'sort-sign' }, sort?.key === column.key ? (sort.down ? '▼' : '▲') : ''))))));
        const lines = [];
        let wanting = false;
        for (let i = first; i < last; i++) {
            const row = of.rows[placeOf(i)];
            if (!row) wanting = true;
            lines.push(row ? rowLine(of, row, i) : el('tr', { class: 'waiting', tabindex: '-1', 'aria-rowindex': String(i + 2) }, of.picked && el('td', {}), of.columns.map(() => el('td', {}, el('span', {})))));
        }
        const inner = el('table', {
            class: of.onChoose ? 'choosable' : '', 'aria-label': of.title, role: of.onChoose ? 'grid' : null, 'aria-rowcount': String(length() + 1),
            'aria-multiselectable': of.onChoose && of.picked ? 'true' : null,
        }, head, el('tbody', {}, lines));
        inner.style.marginTop = first * line + 'px';
        inner.style.marginBottom = Math.max(0, length() - last) * line + 'px';
        const scroll = [body.scrollLeft, body.scrollTop];
        fill(body, inner,
            length() === 0 && progress === null && failure === null && el('p', { class: 'quiet sheet-none' }, t('sheet.noRows')),
            failure !== null && problemBox(failure, { retry: () => { failure = null; drawRows(true); } }));
        [...head.querySelectorAll('th:not(.pick)')].forEach((one, i) => {
            const cell = /** @type {HTMLElement} */ (one);
            if (grown[i]) cell.style.minWidth = grown[i] + 'px';
            grown[i] = Math.max(grown[i] ?? 0, cell.offsetWidth);
        });
        widths.set(of.key, grown);
        body.scrollTo(scroll[0], scroll[1]);
        if (focusedRow) /** @type {HTMLElement | null} */ (body.querySelector(`tr[aria-rowindex="${focusedRow}"]`))?.focus({ preventScroll: true });
        if (wanting && of.load && failure === null) void fetchRows(of, placeOf(first), placeOf(last - 1) + 1);
    }

    /**
     * @param {Table} of
     * @param {number} from
     * @param {number} to
     */
    async function fetchRows(of, from, to) {
        try {
            await of.load?.(from, to);
        } catch (error) {
            failure = error;
        }
        // Rows that are still missing after that are no longer there: asking for them again would never end.
        if (of.rows !== table()?.rows) return;
        for (let i = from; i < to && failure === null; i++) if (!of.rows[i]) failure = new Error('row ' + i);
        if (!editing) drawRows(true);
    }

    /**
     * @param {Table} of
     * @param {Row} row
     * @param {number} i
     */
    function rowLine(of, row, i) {
        return el('tr', {
            'data-id': row.id, tabindex: of.onChoose ? '0' : null, 'aria-rowindex': String(i + 2), 'aria-selected': of.onChoose ? String(row.id === chosen) : null,
            onclick: (/** @type {MouseEvent} */ event) => {
                if (!(event.target instanceof Element) || event.target.closest('input, select, textarea')) return;
                if (of.picked && (event.ctrlKey || event.metaKey)) return pick(of, row, !of.picked.has(row.id));
                if (!of.picked) return choose(row);
                // A second click would mean: change this cell.
                clearTimeout(clicked);
                if (event.detail === 1) clicked = window.setTimeout(() => choose(row), 220);
            },
            onkeydown: (/** @type {KeyboardEvent} */ event) => keyOnRow(event, of, row, i),
        },
        of.picked && el('td', { class: 'pick' }, el('input', {
            type: 'checkbox', 'aria-label': t('sheet.pick'), checked: of.picked.has(row.id), tabindex: -1,
            onchange: (/** @type {Event} */ event) => pick(of, row, /** @type {HTMLInputElement} */ (event.currentTarget).checked),
        })),
        of.columns.map((column) => cell(row, column)));
    }

    /**
     * @param {Row} row
     * @param {Column} column
     */
    function cell(row, column) {
        if (editing?.id === row.id && editing.column === column.key) {
            const control = column.edit?.(row, () => { editing = null; drawRows(true); });
            if (control) return el('td', { class: 'changing' }, control);
            editing = null;
        }
        const words = column.show(row);
        const own = column.own?.(row) ?? false;
        return el('td', {
            class: [column.numeric ? 'numeric' : '', own ? 'data' : '', words === t('value.unknown') ? 'quiet' : '', column.edit ? 'editable' : ''].join(' ').trim() || null,
            lang: own ? 'zh' : null, title: words.length > 40 ? words : null,
            ondblclick: column.edit && (() => change(row, column)),
        }, words);
    }

    /**
     * @param {Row} row
     * @param {Column} column
     */
    function change(row, column) {
        clearTimeout(clicked);
        editing = { id: row.id, column: column.key };
        drawRows(true);
        /** @type {HTMLElement | null} */ (body.querySelector('.changing input, .changing select, .changing textarea, .changing button'))?.focus();
    }

    /**
     * @param {Table} of
     * @param {Row} row
     * @param {boolean} on
     */
    function pick(of, row, on) {
        of.picked?.toggle(row.id, on);
        drawBar();
        drawRows(true);
    }

    /** @param {Table} of */
    function pickedAll(of) {
        for (let i = 0; i < length(); i++) {
            const row = of.rows[placeOf(i)];
            if (!row || !of.picked?.has(row.id)) return false;
        }
        return true;
    }

    /** @param {boolean} on */
    async function pickAll(on) {
        const of = table();
        if (on && !(await all())) return drawRows(true);
        if (!on) of.picked?.clear();
        else for (let i = 0; i < length(); i++) {
            const row = of.rows[placeOf(i)];
            if (row) of.picked?.toggle(row.id, true);
        }
        drawBar();
        drawRows(true);
    }

    /** @param {Column} column */
    function sortBy(column) {
        const of = table();
        const now = sortOf(of);
        const first = column.numeric ?? false;
        /** @type {Sort | null} */
        const next = now?.key !== column.key ? { key: column.key, down: first } : now.down === first ? { key: column.key, down: !first } : null;
        body.scrollTop = 0;
        const place = of.columns.indexOf(column);
        if (of.onSort) {
            pressed = place;
            of.onSort(next);
            return;
        }
        if (next) sorts.set(of.key, next);
        else sorts.delete(of.key);
        pressed = place;
        void arrange();
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
     * @param {Table} of
     * @param {Row} row
     * @param {number} i
     */
    function keyOnRow(event, of, row, i) {
        if (event.target !== event.currentTarget) {
            if (event.key === 'Escape' && editing) {
                editing = null;
                drawRows(true);
                focusRow(i);
                event.stopPropagation();
            }
            return;
        }
        const step = Math.max(1, Math.floor(body.clientHeight / lineHeight()) - 2);
        if (event.key === 'Enter') choose(row);
        else if (event.key === ' ' && of.picked) pick(of, row, !of.picked.has(row.id));
        else if (event.key === ' ') choose(row);
        else if (event.key === 'F2') {
            const first = of.columns.find((column) => column.edit);
            if (first) change(row, first);
        } else if (event.key === 'ArrowDown') focusRow(i + 1);
        else if (event.key === 'ArrowUp') focusRow(i - 1);
        else if (event.key === 'PageDown') focusRow(Math.min(length() - 1, i + step));
        else if (event.key === 'PageUp') focusRow(Math.max(0, i - step));
        else if (event.key === 'Home') focusRow(0);
        else if (event.key === 'End') focusRow(length() - 1);
        else return;
        event.preventDefault();
    }

    /** @param {number} i place among those shown */
    function focusRow(i) {
        if (i < 0 || i >= length()) return;
        reveal(i);
        drawRows(true);
        /** @type {HTMLElement | null} */ (body.querySelector(`tr[aria-rowindex="${i + 2}"]`))?.focus({ preventScroll: true });
    }

    /** @param {number} i place among those shown */
    function reveal(i) {
        const line = lineHeight();
        const head = body.querySelector('thead')?.clientHeight ?? line;
        if (i * line < body.scrollTop) body.scrollTop = i * line;
        else if ((i + 1) * line + head > body.scrollTop + body.clientHeight) body.scrollTop = (i + 1) * line + head - body.clientHeight;
    }

    /** @param {string | null} id */
    function mark(id) {
        chosen = id;
        const of = table();
        if (!of) return;
        const place = id === null ? -1 : of.rows.findIndex((row) => row?.id === id);
        const shown = place < 0 ? -1 : order ? order.indexOf(place) : place;
        if (shown >= 0) reveal(shown);
        drawRows();
        for (const line of body.querySelectorAll('tbody tr')) if (line.hasAttribute('aria-selected')) line.setAttribute('aria-selected', String(line.getAttribute('data-id') === id));
    }

    async function copy() {
        const of = table();
        if (!(await all())) return drawRows(true);
        const clean = (/** @type {string | number | null} */ value) => (value === null ? '' : String(value).replace(/[\t\r\n]+/g, ' '));
        const lines = [of.columns.map((column) => column.title).join('\t')];
        for (let i = 0; i < length(); i++) {
            const row = of.rows[placeOf(i)];
            if (row) lines.push(of.columns.map((column) => clean(column.value(row))).join('\t'));
        }
        const done = await toClipboard(lines.join('\n'));
        const words = t(done ? 'sheet.copied' : 'sheet.copyFailed', { n: number(lines.length - 1) });
        say(words);
        count.textContent = words;
        setTimeout(() => tables.length && tell(), 4000);
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
            order = null;
            editing = null;
            tables = wanted;
            active = key;
            failure = null;
            draw();
        },

        /** @param {unknown} error */
        fail(error) {
            failure = error;
            if (tables.length) drawRows(true);
        },

        /**
         * Draws the bar and the lines again, as they stand.
         *
         * @param {number} [room] pixels that the rows shall have at least
         */
        again(room = 0) {
            if (!tables.length) return;
            drawBar();
            if (body.clientHeight < room) setHeight(root.offsetHeight + room - body.clientHeight);
            drawRows(true);
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
