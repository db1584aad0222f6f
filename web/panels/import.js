/**
 * Taking a file into a layer: choose it, look at what it was taken for (ten rows, the columns, the places on the map) and
 * correct it, try it, run it, read the report. Nothing is written before it was tried.
 *
 * @typedef {import('../api.js').ImportReport} ImportReport
 * @typedef {import('../api.js').Look} Look
 * @typedef {import('../api.js').Wish} Wish
 * @typedef {import('./index.js').Page} Page
 * @typedef {import('./index.js').Panel} Panel
 * @typedef {'upload' | 'look' | 'try' | 'run' | ''} Doing
 */

import { Problem, dropUpload, isStop, lookAtUpload, runImport, undoChange, uploadFiles } from '../api.js';
import { calmMotion, data, el, fill, icon, say } from '../dom.js';
import { number } from '../format.js';
import { pick, t } from '../i18n.js';
import { createMarks } from '../marks.js';
import { problemBox } from '../problem.js';
import { unitInWords } from '../values.js';
import { layersOn } from './layers.js';

const ENCODINGS = ['UTF-8', 'GB18030', 'GBK', 'Big5'];
/** Coordinate systems that a county's files come in, where the service guesses none. */
const SYSTEMS = ['EPSG:4326', 'EPSG:4490', 'GCJ-02', 'BD-09', 'EPSG:3857'];
const ACCEPTED = '.xlsx,.csv,.txt,.gz,.geojson,.json,.gpkg,.zip,.shp,.dbf,.shx,.prj,.cpg,.kml,.kmz';
/** Files whose text has one encoding only. */
const TEXT_KNOWN = /\.(xlsx|gpkg|kmz?|geojson|json)(\.gz)?$/i;
const LISTED = 20;

/**
 * @param {HTMLElement} root
 * @param {Page} page
 * @returns {Panel}
 */
export function importPanel(root, page) {
    const marks = createMarks(page.map);
    /** The layer asked for by whoever opened the panel. */
    let wanted = '';
    let upload = '';
    /** @type {Look | null} */
    let look = null;
    /** @type {Wish} */
    let wish = {};
    let mode = 'append';
    let allOrNothing = false;
    let why = '';
    /** @type {ImportReport | null} */
    let report = null;
    /** Whether the report is of the wishes as they stand. */
    let fresh = false;
    /** @type {unknown} */
    let failure = null;
    /** @type {AbortController | null} */
    let running = null;
    let doing = /** @type {Doing} */ ('');
    let share = 0;
    let progressWords = '';
    let fileNames = '';
    let fitted = '';

    const picker = el('input', { type: 'file', multiple: true, accept: ACCEPTED, hidden: true, id: 'import-files', onchange: () => { void take([...(picker.files ?? [])]); picker.value = ''; } });
    const body = el('div', { class: 'import' });
    const meter = el('div', { class: 'doctor-meter' });
    root.append(picker, body);

    // ---- doing --------------------------------------------------------------------------------------------------

    /** @param {File[]} files */
    async function take(files) {
        if (!files.length) return;
        forget();
        fileNames = files.map((file) => file.name).join(t('value.separator'));
        await work('upload', async () => {
            upload = (await uploadFiles(files)).upload;
        });
        if (upload) await again();
    }

    /** Looks at the file as it is wished now. */
    async function again() {
        report = null;
        fresh = false;
        await work('look', async (signal) => {
            look = await lookAtUpload(upload, wish, signal);
            showComing();
            say(t('import.looked', { name: look.fileName }));
        });
    }

    /**
     * How the file shall be taken, as the map shows it: a system that was guessed from where the places lie goes along, and
     * with it which column is the easting.
     * @param {Look} of
     * @returns {Wish}
     */
    function shown(of) {
        if (wish.crs || of.crs.origin !== 'guessed' || !of.crs.value) return wish;
        const places = of.columns.filter((one) => one.use === 'lon' || one.use === 'lat').map((one) => [one.name, one.use]);
        return { ...wish, crs: of.crs.value, columns: { ...Object.fromEntries(places), ...wish.columns } };
    }

    /** @param {boolean} dryRun */
    async function run(dryRun) {
        const layer = look?.layer;
        if (!look || !layer) return;
        const asked = { ...shown(look), layer, mode, allOrNothing, dryRun, why };
        await work(dryRun ? 'try' : 'run', async (signal) => {
            report = await runImport(upload, asked, (part, words) => {
                share = part;
                progressWords = words;
                drawMeter();
            }, signal);
            fresh = true;
            say(report.lines[0] ?? '');
            if (report.stored) {
                marks.hide();
                const on = layersOn(page.info(), page.state.get().layers);
                if (!on.some((one) => one.id === layer)) page.state.adjust({ layers: [...on.map((one) => one.id), layer] });
                await page.changed(layer);
                const county = page.info().bbox;
                if (county) page.map.fit(county);
            }
        });
    }

    /**
     * @param {Doing} what
     * @param {(signal: AbortSignal) => Promise<void>} task
     */
    async function work(what, task) {
        running?.abort();
        const mine = new AbortController();
        running = mine;
        doing = what;
        failure = null;
        share = 0;
        progressWords = '';
        draw();
        try {
            await task(mine.signal);
        } catch (error) {
            if (running === mine && !isStop(error)) failure = error;
        }
        if (running !== mine) return;
        running = null;
        doing = '';
        draw();
        if (fresh && (what === 'try' || what === 'run')) body.querySelector('.import-report')?.scrollIntoView({ block: 'start', behavior: calmMotion() ? 'auto' : 'smooth' });
    }

    /** Lets the file go and begins anew. */
    function forget() {
        running?.abort();
        running = null;
        doing = '';
        if (upload) dropUpload(upload).catch(() => {});
        upload = '';
        look = null;
        wish = wanted ? { layer: wanted } : {};
        report = null;
        fresh = false;
        failure = null;
        fitted = '';
        why = '';
        marks.hide();
    }

    function showComing() {
        if (!look) return;
        const features = look.features.features;
        marks.show(features.flatMap((one, i) => (one.geometry ? [{ id: String(one.id ?? i), kind: /** @type {const} */ ('coming'), at: null, geometry: one.geometry }] : [])));
        const key = JSON.stringify(features[0]?.geometry ?? null).slice(0, 400);
        if (features.length && key !== fitted) page.map.goToBoth(features);
        fitted = key;
    }

    // ---- what is on the panel -----------------------------------------------------------------------------------

    function draw() {
        if (!page.account.canEdit()) {
            return fill(body, el('div', { class: 'empty' }, el('strong', {}, t(page.account.signedIn() ? 'data.mayNot' : 'data.signIn')),
                !page.account.signedIn() && el('button', { type: 'button', class: 'button primary', onclick: () => page.account.ask() }, t('app.signIn'))));
        }
        const focused = document.activeElement?.id;
        marks.redraw();
        drawMeter();
        fill(body,
            steps(),
            !look && chooseFile(),
            (doing === 'upload' || (doing === 'look' && !look)) && meter,
            failure !== null && problemBox(failure, look || !upload ? {} : { retry: () => void again() }),
            failure instanceof Problem && failure.type.includes(':geo.crs.') && upload && !look && field('crs', choice('crs', wish.crs ?? '', systems({ value: wish.crs ?? null, title: null, origin: 'unknown', candidates: [] }), (value) => { wish = { ...wish, crs: value }; }), t('import.crs.wrong')),
            look && !(report && report.stored) && settings(look),
            report && reportBox(report),
            look && (doing === 'try' || doing === 'run') && meter,
            look ? actions() : null);
        if (focused && body.querySelector('#' + CSS.escape(focused))) document.getElementById(focused)?.focus();
    }

    function steps() {
        const at = !look ? 0 : report?.stored ? 3 : report && fresh ? 2 : 1;
        return el('ol', { class: 'steps', 'aria-label': t('import.steps') }, ['choose', 'check', 'try', 'done'].map((name, i) => el('li', {
            class: i < at ? 'past' : i === at ? 'now' : '', 'aria-current': i === at && 'step',
        }, t('import.step.' + name))));
    }

    function chooseFile() {
        return el('div', { class: 'drop-zone' },
            icon('upload', 28),
            el('strong', {}, t('import.drop')),
            el('p', { class: 'quiet small' }, t('import.formats')),
            el('button', { type: 'button', class: 'button primary', id: 'import-choose', disabled: running !== null, onclick: () => picker.click() }, t('import.choose')),
            wanted && el('p', { class: 'quiet small' }, t('import.into', { layer: page.titleOf(wanted) })));
    }

    function drawMeter() {
        const words = doing === 'upload' ? t('import.uploading', { name: fileNames }) : doing === 'look' ? t('import.looking') : progressWords || t('import.running');
        fill(meter,
            el('p', { class: 'quiet', role: 'status' }, words),
            share > 0 ? el('progress', { max: 1, value: share, 'aria-label': words }) : el('div', { class: 'progress' }),
            (doing === 'try' || doing === 'run') && el('button', { type: 'button', class: 'button', id: 'import-stop', onclick: () => { running?.abort(); running = null; doing = ''; draw(); } }, t('app.stop')));
    }

    // ---- what the file was taken for ----------------------------------------------------------------------------

    /** @param {Look} of */
    function settings(of) {
        const layers = page.info().layers;
        return el('div', { class: doing === 'look' ? 'import-look old' : 'import-look' },
            el('p', { class: 'import-file' }, el('strong', {}, data(of.fileName)), el('span', { class: 'quiet' }, ' ' + of.format)),
            field('layer', choice('layer', of.layer ?? '', [...(of.layer ? [] : [{ value: '', title: t('import.layer.none') }]), ...layers.map((one) => ({ value: one.id, title: pick(one.title) }))], (value) => {
                // Columns are named after the layer's attributes: another layer reads them anew.
                wish = { ...wish, layer: value };
                delete wish.columns;
                delete wish.profile;
            }), ''),
            of.tables.length > 1 && field('table', choice('table', of.table, of.tables.map((one) => ({ value: one, title: one })), (value) => { wish = { ...wish, table: value }; delete wish.columns; }), ''),
            field('crs', choice('crs', of.crs.value ?? '', systems(of.crs), (value) => { wish = { ...wish, crs: value }; }), of.crs.value ? t('import.origin.' + of.crs.origin) : of.columns.some((one) => ['lon', 'lat', 'geometry'].includes(one.use)) ? t('import.crs.unknown') : ''),
            !TEXT_KNOWN.test(of.fileName) && field('encoding', choice('encoding', of.encoding.value, [...new Set([of.encoding.value, ...ENCODINGS])].map((one) => ({ value: one, title: one })), (value) => { wish = { ...wish, encoding: value }; }), t('import.origin.' + of.encoding.origin)),
            of.profiles.length > 0 && field('profile', choice('profile', of.profile?.id ?? 'none', [{ value: 'none', title: t('import.profile.none') }, ...of.profiles.map((one) => ({ value: one.id, title: pick(one.title) }))], (value) => { wish = { ...wish, profile: value }; delete wish.columns; }), ''),
            notes(of.warnings),
            of.layer !== null && columnsBox(of),
            rowsBox(of),
            of.features.features.length > 0 && el('p', { class: 'quiet small import-places' }, icon('target', 14), el('span', {}, t('import.onMap', { n: number(of.features.features.length) })), el('button', { type: 'button', class: 'link', onclick: () => page.map.goToBoth(of.features.features) }, t('popup.zoom'))));
    }

    /** @param {string[]} all */
    function notes(all) {
        return all.length > 0 && el('ul', { class: 'note import-notes' }, all.map((words) => el('li', {}, words)));
    }

    /** @param {Look['crs']} of */
    function systems(of) {
        const known = new Map(of.candidates.map((one) => [one.value, one.title]));
        if (of.value && !known.has(of.value)) known.set(of.value, of.title ?? of.value);
        for (const one of SYSTEMS) if (!known.has(one)) known.set(one, t('import.crs.' + one.replace(':', '')));
        // 3-degree Gauss-Krüger, central meridians 75 to 135.
        for (let i = 0; i <= 20; i++) {
            const value = 'EPSG:' + (4534 + i);
            if (!known.has(value)) known.set(value, t('import.crs.gk', { meridian: 75 + 3 * i }));
        }
        return [...(of.value ? [] : [{ value: '', title: t('import.crs.choose') }]), ...[...known].map(([value, title]) => ({ value, title: title.includes(value) ? title : `${title}（${value}）` }))];
    }

    /**
     * @param {string} name
     * @param {HTMLElement} input
     * @param {string} note
     */
    function field(name, input, note) {
        return el('label', { class: 'field' }, el('span', {}, t('import.' + name)), input, note && el('small', { class: 'quiet' }, note));
    }

    /**
     * @param {string} name
     * @param {string} value
     * @param {{value: string, title: string}[]} options
     * @param {(value: string) => void} take
     */
    function choice(name, value, options, take) {
        const select = el('select', {
            class: 'input', id: 'import-' + name, disabled: doing === 'run' || doing === 'try',
            onchange: () => {
                take(select.value);
                void again();
            },
        }, options.map((one) => el('option', { value: one.value }, one.title)));
        select.value = value;
        return select;
    }

    /** @param {Look} of */
    function columnsBox(of) {
        const used = of.columns.filter((one) => one.use !== 'aside').length;
        /** @type {{value: string, title: string}[]} */
        const targets = [
            { value: 'aside', title: t('import.column.aside') },
            { value: 'id', title: t('import.column.id') },
            { value: 'lon', title: t('import.column.lon') },
            { value: 'lat', title: t('import.column.lat') },
            { value: 'lonlat', title: t('import.column.lonlat') },
            { value: 'geom', title: t('import.column.geom') },
            ...of.attributes.map((one) => ({ value: one.name, title: pick(one.title) + (one.unit ? `（${unitInWords(one.unit)}）` : '') + (one.required ? ' *' : '') })),
        ];
        const missing = of.attributes.filter((one) => one.required && !of.columns.some((column) => column.attribute === one.name));
        return el('details', { class: 'import-columns', open: true },
            el('summary', {}, t('import.columns', { used: number(used), all: number(of.columns.length) })),
            missing.length > 0 && el('p', { class: 'note' }, t('import.missing', { names: missing.map((one) => pick(one.title)).join(t('value.separator')) })),
            el('ul', {}, of.columns.map((column, i) => {
                const value = column.attribute ?? 'aside';
                const known = targets.some((one) => one.value === value) ? targets : [...targets, { value, title: value }];
                const select = el('select', {
                    class: 'input', id: 'import-column-' + i, 'aria-label': t('import.column.of', { name: column.name }), disabled: doing === 'run' || doing === 'try',
                    onchange: () => {
                        wish = { ...wish, columns: { ...wish.columns, [column.name]: select.value === 'aside' ? null : select.value } };
                        void again();
                    },
                }, known.map((one) => el('option', { value: one.value }, one.title)));
                select.value = value;
                return el('li', { class: 'import-column ' + (value === 'aside' ? 'aside' : 'used'), title: column.why },
                    el('span', { class: 'import-column-name' }, data(column.name), el('small', { class: 'quiet' }, data(column.samples.filter((one) => one).slice(0, 2).join(t('value.separator'))))),
                    icon('right', 14),
                    select);
            })));
    }

    /** @param {Look} of */
    function rowsBox(of) {
        if (!of.rows.length) return false;
        return el('details', { class: 'import-rows' },
            el('summary', {}, t('import.rows', { n: number(of.rows.length) })),
            el('div', { class: 'import-table', tabindex: 0, role: 'region', 'aria-label': t('import.rows', { n: number(of.rows.length) }) },
                el('table', { class: 'data', lang: 'zh' },
                    el('thead', {}, el('tr', {}, of.columns.map((one) => el('th', { scope: 'col' }, one.name)))),
                    el('tbody', {}, of.rows.map((row) => el('tr', {}, row.map((cell) => el('td', {}, cell))))))));
    }

    // ---- trying and running -------------------------------------------------------------------------------------

    function actions() {
        const layer = look?.layer ?? '';
        const may = layer !== '' && running === null;
        if (report?.stored) {
            return el('div', { class: 'edit-actions' },
                el('button', { type: 'button', class: 'button primary', id: 'import-doctor', onclick: () => page.openPanel('doctor', layer) }, icon('doctor', 16), t('import.toDoctor')),
                el('button', { type: 'button', class: 'button', id: 'import-table', onclick: () => page.openTable('layer:' + layer) }, icon('table', 16), t('data.table')),
                el('button', { type: 'button', class: 'button', id: 'import-next', onclick: () => { forget(); draw(); document.getElementById('import-choose')?.focus(); } }, icon('upload', 16), t('import.next')));
        }
        const tried = report !== null && fresh;
        const good = tried && report?.wouldStore;
        return [
            el('fieldset', { class: 'field import-mode' }, el('legend', {}, t('import.mode')), ['append', 'update', 'replace'].map((one) => el('label', { class: 'check' },
                el('input', { type: 'radio', name: 'import-mode', value: one, id: 'import-mode-' + one, checked: mode === one, onchange: () => { mode = one; fresh = false; draw(); } }),
                el('span', {}, t('import.mode.' + one), el('small', { class: 'quiet' }, t('import.mode.' + one + '.what')))))),
            el('label', { class: 'check' }, el('input', { type: 'checkbox', id: 'import-all', checked: allOrNothing, onchange: () => { allOrNothing = !allOrNothing; fresh = false; draw(); } }), el('span', {}, t('import.allOrNothing'))),
            tried && whyField(),
            el('div', { class: 'edit-actions' },
                good && el('button', { type: 'button', class: 'button primary', id: 'import-run', disabled: !may, onclick: () => void run(false) }, icon('check', 16), t('import.run', { n: number(report?.accepted ?? 0) })),
                el('button', { type: 'button', class: good ? 'button' : 'button primary', id: 'import-try', disabled: !may, onclick: () => void run(true) }, t('import.try')),
                el('button', { type: 'button', class: 'button quiet-button', id: 'import-forget', onclick: () => { forget(); draw(); document.getElementById('import-choose')?.focus(); } }, t('import.forget'))),
        ];
    }

    function whyField() {
        const input = el('input', { class: 'input', id: 'import-why', maxlength: 500, value: why, oninput: () => { why = input.value; } });
        input.value = why;
        return el('label', { class: 'field' }, el('span', {}, t('edit.why')), input);
    }

    /** @param {ImportReport} of */
    function reportBox(of) {
        const stored = of.stored;
        const verdict = stored ? 'stored' : of.dryRun ? (of.wouldStore ? 'would' : 'wouldNot') : 'not';
        const figures = /** @type {const} */ (['added', 'updated', 'unchanged', 'removed', 'repaired', 'refused']);
        return el('section', { class: 'import-report' + (fresh ? '' : ' old'), 'aria-label': t('import.report') },
            el('p', { class: 'import-verdict ' + verdict, role: 'status' }, icon(verdict === 'stored' || verdict === 'would' ? 'check' : 'warn', 18), el('strong', {}, t('import.verdict.' + verdict, { n: number(of.accepted), read: number(of.read), layer: page.titleOf(of.layer) }))),
            el('ul', { class: 'import-figures' }, figures.filter((name) => of[name] > 0 || name === 'refused').map((name) => el('li', { class: name === 'refused' && of.refused > 0 ? 'bad' : '', 'data-figure': name }, el('strong', {}, number(of[name])), el('span', {}, t('import.figure.' + name))))),
            notes(of.warnings),
            of.repairs.length > 0 && el('details', {}, el('summary', {}, t('import.repairs', { n: number(of.repaired) })), el('ul', { class: 'import-lines' }, of.repairs.map((one) => el('li', {}, one.what, el('small', { class: 'quiet' }, ' ' + t('import.rowsN', { n: number(one.rows), rows: one.firstRows.slice(0, 5).map((row) => number(row)).join(t('value.separator')) })))))),
            of.refusedRows.length > 0 && el('details', { open: true }, el('summary', {}, t('import.refused', { n: number(of.refused) })), el('ul', { class: 'import-lines' }, of.refusedRows.slice(0, LISTED).map((one) => el('li', {},
                el('span', { class: 'quiet' }, t('import.row', { n: one.row }), ' ', one.column && data(one.column)), one.value && el('span', { class: 'import-bad' }, data(one.value)), el('span', {}, one.reason)))),
            of.refused > LISTED && el('p', { class: 'quiet small' }, t('import.moreRefused'))),
            el('div', { class: 'data-actions' },
                el('a', { class: 'button', id: 'import-workbook', href: of.workbook.replace(/^\//, ''), download: t('import.workbookName') + '.xlsx' }, icon('download', 16), t('import.workbook')),
                stored && of.changeSet !== null && el('button', { type: 'button', class: 'button', id: 'import-undo', disabled: running !== null, onclick: () => void undo(of) }, icon('undo', 16), t('edit.undo'))));
    }

    /** @param {ImportReport} of */
    async function undo(of) {
        await work('run', async () => {
            await undoChange(of.layer, of.changeSet ?? 0);
            page.tell(t('import.undone'));
            report = null;
            fresh = false;
            showComing();
            await page.changed(of.layer);
        });
    }

    return {
        draw,
        show(subject) {
            const next = subject.split('/')[0];
            if (next !== wanted) {
                wanted = next;
                if (!upload) wish = wanted ? { layer: wanted } : {};
                else if (wanted && look && look.layer !== wanted && !report?.stored) {
                    wish = { ...wish, layer: wanted };
                    delete wish.columns;
                    void again();
                }
            }
            if (look && !report?.stored) showComing();
        },
        hide() {
            marks.hide();
        },
        unsaved: () => doing === 'run',
        take: (files) => void take(files),
        onClick: () => false,
    };
}
