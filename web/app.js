/**
 * The workspace: puts the parts together and lets them follow the state in the address.
 *
 * @typedef {import('./api.js').Info} Info
 * @typedef {import('./api.js').LayerInfo} LayerInfo
 * @typedef {import('./api.js').Attribute} Attribute
 * @typedef {import('./api.js').GeoFeature} GeoFeature
 * @typedef {import('./api.js').Uncovered} Uncovered
 * @typedef {import('./colours.js').Theme} Theme
 * @typedef {import('./state.js').State} State
 * @typedef {import('./table.js').Table} Table
 */

import { fetchAttributes, fetchInfo, fetchItems, fetchNext } from './api.js';
import { createAccount } from './account.js';
import { byId, calmly, data, el, fill, icon, iconButton } from './dom.js';
import { asOf, dateTime, number, position } from './format.js';
import { language, pick, t, translate, useLanguage } from './i18n.js';
import { createLegend } from './legend.js';
import { createMap } from './map.js';
import { coveragePanel } from './panels/coverage.js';
import { layersOn, layersPanel } from './panels/layers.js';
import { createPopup } from './popup.js';
import { problemBox } from './problem.js';
import { createState, recall, remember } from './state.js';
import { createSheet } from './table.js';
import { inWords, isOwnWords, ownFirst } from './values.js';

/** The tasks on the rail, in this order. Each has an icon and a word of its own name. */
const TASKS = ['layers', 'coverage'];

const PAGE_OF_ROWS = 500;

/** Shown while there is no data at all: the country. */
const ANYWHERE = /** @type {[number, number, number, number]} */ ([73, 18, 135, 54]);

/** @type {Theme} */
let theme = 'day';

void start();

async function start() {
    const state = createState();
    applyTheme(recall('theme') ?? (matchMedia('(prefers-color-scheme: dark)').matches ? 'night' : 'day'));
    try {
        await useLanguage(state.get().language);
        if (typeof ol === 'undefined') throw new Error('ol');
        const info = await fetchInfo();
        workspace(state, info);
    } catch (error) {
        cannotStart(error);
    }
}

/** @param {unknown} error */
function cannotStart(error) {
    translate(document);
    fill(byId('notices'), typeof ol === 'undefined'
        ? el('div', { class: 'problem' }, el('strong', {}, t('app.noMap')), el('p', {}, t('app.noMap.help')))
        : problemBox(error, { retry: () => location.reload() }));
    console.info('start', error);
}

/** @param {string} wanted */
function applyTheme(wanted) {
    theme = wanted === 'night' ? 'night' : 'day';
    document.documentElement.dataset.theme = theme;
}

/**
 * @param {import('./state.js').StateStore} state
 * @param {Info} info
 */
function workspace(state, info) {
    /** @type {Set<string>} */
    const failed = new Set();
    /** What the map showed before it was drawn for paper. */
    /** @type {import('./state.js').MapView | null} */
    let beforePaper = null;

    const map = createMap(byId('map'), byId('scale'), {
        onClick: (hits, at) => {
            if (state.get().panel === 'coverage' && coverage.onClick(at)) return;
            const village = hits.find((hit) => 'uncovered' in hit);
            const id = village && 'uncovered' in village ? village.uncovered : null;
            map.chooseVillage(id);
            sheet.mark(id ?? (hits[0] && 'layer' in hits[0] ? hits[0].id : null));
            // A village outside the circle also lies in its layer: once is enough.
            popup.open(hits.filter((hit) => !(id && 'layer' in hit && hit.layer === 'village' && hit.id === id)), at);
        },
        onMove: (view) => {
            state.adjust({ view });
            if (state.get().panel === 'layers') layers.draw();
        },
        onPointer: (at) => { byId('position').textContent = at ? position(at[0], at[1]) : ''; },
        onDrawn: () => drawLegend(),
        onTileFailure: (layer) => notice('tile', layer, 'map.layerFailed'),
        onStyleFailure: (layer) => notice('style', layer, 'map.styleFailed'),
    });
    const legend = createLegend(byId('legend'), map);
    const sheet = createSheet(byId('sheet'), {
        onTab: (key) => state.adjust({ table: key }),
        onClose: () => state.set({ table: '' }),
        onResize: calmly(() => map.resize(), 50),
    });
    const popup = createPopup(map, {
        titleOf,
        uncoveredOf: (id) => coverage.result()?.answer.uncovered.find((one) => one.id === id),
        stationName: (id) => coverage.stationName(id),
        openTable: (layer, id) => {
            openTable('layer:' + layer);
            sheet.mark(id);
        },
    });
    const account = createAccount();
    const panels = { layers: el('div', { class: 'task task-layers' }), coverage: el('div', { class: 'task task-coverage' }) };
    const layers = layersPanel(panels.layers, { info: () => info, state, map, theme: () => theme, openTable: (layer) => openTable('layer:' + layer) });
    const coverage = coveragePanel(panels.coverage, {
        info: () => info, state, map, county, openTable, theme: () => theme, onResult: showResult,
        onVillage: (village) => {
            map.chooseVillage(village.id);
            map.flyTo(village.lon, village.lat);
            sheet.mark(village.id);
            popup.open([{ uncovered: village.id }], [village.lon, village.lat]);
        },
    });

    /** The table of a layer that is loaded, with what was fetched of it. */
    /** @type {{layer: string, attributes: Attribute[], features: GeoFeature[], matched: number | null, next: string | null} | null} */
    let loaded = null;

    function county() {
        return info.district ?? '';
    }

    function pageTitle() {
        return county() ? t('app.title', { county: county() }) : t('app.name');
    }

    /** @param {string} id */
    function titleOf(id) {
        return pick(info.layers.find((layer) => layer.id === id)?.title) || id;
    }

    // ---- what is shown ------------------------------------------------------------------------------------------

    function shownLayers() {
        return layersOn(info, state.get().layers);
    }

    function showLayers() {
        map.showLayers(shownLayers());
        drawLegend();
    }

    function drawLegend(inTheme = theme) {
        const result = coverage.result();
        const circle = result && {
            minutes: result.answer.bands.features.map((band) => Number(band.properties.minutes)),
            shading: state.get().shading,
            uncovered: result.answer.uncovered.length,
            outside: result.whole.length > 0,
        };
        void legend.show([...shownLayers()].reverse(), circle, inTheme);
    }

    function showResult() {
        const result = coverage.result();
        map.showCircle(result && { answer: result.answer, whole: result.whole, names: result.names, shading: state.get().shading });
        if (!result) popup.close();
        drawLegend();
        showTable();
    }

    /** @param {string} panel */
    function showPanel(panel) {
        const known = TASKS.includes(panel) ? panel : '';
        const box = byId('panel');
        box.hidden = known === '';
        document.body.classList.toggle('with-panel', known !== '');
        if (known) {
            byId('panel-title').textContent = t('task.' + known);
            byId('panel-body').replaceChildren(panels[/** @type {keyof typeof panels} */ (known)]);
            if (known === 'layers') layers.draw();
        }
        drawRail();
        map.resize();
    }

    function drawRail() {
        const now = state.get().panel;
        byId('rail').setAttribute('aria-label', t('app.tasks'));
        fill(byId('rail'), TASKS.map((task) => el('button', {
            type: 'button', class: 'rail-button', 'aria-pressed': String(task === now), 'data-task': task,
            onclick: () => {
                state.set({ panel: task === state.get().panel ? '' : task });
                /** @type {HTMLElement | null} */ (byId('rail').querySelector(`[data-task="${task}"]`))?.focus();
            },
        }, icon(task, 22), el('span', {}, t('task.' + task)))));
    }

    // ---- tables -------------------------------------------------------------------------------------------------

    /** @param {string} key */
    function openTable(key) {
        state.set({ table: key });
    }

    function showTable() {
        const key = state.get().table;
        document.body.classList.toggle('with-sheet', key !== '');
        if (!key) return sheet.show([], '');
        if (key.startsWith('layer:')) {
            const layer = key.slice('layer:'.length);
            if (loaded?.layer === layer) sheet.show([...coverage.tables(), layerTable()], key);
            else void loadTable(layer);
        } else sheet.show(coverage.tables(), key);
    }

    /** @param {string} layer */
    async function loadTable(layer) {
        const wanted = 'layer:' + layer;
        try {
            const [attributes, page] = await Promise.all([fetchAttributes(layer), fetchItems(layer, { limit: PAGE_OF_ROWS })]);
            loaded = { layer, attributes, features: page.features, matched: page.matched, next: page.next };
            if (state.get().table === wanted) sheet.show([...coverage.tables(), layerTable()], wanted);
        } catch (error) {
            if (state.get().table !== wanted) return;
            loaded = { layer, attributes: [], features: [], matched: null, next: null };
            sheet.show([...coverage.tables(), layerTable()], wanted);
            sheet.fail(error);
            loaded = null;
        }
    }

    /** @returns {Table} */
    function layerTable() {
        const of = /** @type {NonNullable<typeof loaded>} */ (loaded);
        const left = of.matched === null ? PAGE_OF_ROWS : of.matched - of.features.length;
        return {
            key: 'layer:' + of.layer,
            title: titleOf(of.layer),
            all: of.matched,
            rows: of.features.map((feature) => ({ id: String(feature.id), of: feature })),
            columns: ownFirst(of.attributes).filter((one) => one.name !== 'illustrative').map((one) => ({
                key: one.name,
                title: one.title,
                numeric: (one.type === 'number' || one.type === 'integer') && !one.values.length,
                show: (row) => inWords(row.of.properties[one.name], one),
                value: (row) => {
                    const value = row.of.properties[one.name];
                    if (value === null || value === undefined) return null;
                    return typeof value === 'number' && !one.values.length ? value : inWords(value, one);
                },
                own: (row) => isOwnWords(row.of.properties[one.name], one),
            })),
            more: of.next ? async () => {
                const page = await fetchNext(/** @type {string} */ (of.next));
                of.features.push(...page.features);
                of.next = page.next;
                showTable();
            } : null,
            moreWords: t('sheet.more', { n: number(Math.min(PAGE_OF_ROWS, left)) }),
            onChoose: (row) => {
                map.goTo(row.of);
                const point = row.of.geometry?.type === 'Point' ? row.of.geometry.coordinates : null;
                if (point) popup.open([{ layer: of.layer, id: row.id }], point);
                else map.outline(row.of);
            },
        };
    }

    // ---- the fixed parts ----------------------------------------------------------------------------------------

    function drawBar() {
        byId('county').textContent = county();
        document.title = pageTitle();
        const badge = byId('illustrative');
        badge.hidden = !info.illustrative;
        badge.textContent = t('app.illustrative');
        badge.title = t('app.illustrative.why');
        fill(byId('bar-actions'),
            iconButton('print', t('app.print'), () => void print(), { class: 'icon-button not-on-phone' }),
            iconButton(theme === 'day' ? 'moon' : 'sun', t(theme === 'day' ? 'app.night' : 'app.day'), () => {
                applyTheme(theme === 'day' ? 'night' : 'day');
                remember('theme', theme);
                map.useTheme(theme);
                drawBar();
                drawLegend();
                coverage.drawAnswer();
                if (state.get().panel === 'layers') layers.draw();
                /** @type {HTMLElement} */ (byId('bar-actions').querySelector('#theme')).focus();
            }, { id: 'theme' }),
            el('button', {
                type: 'button', class: 'text-button', id: 'language', lang: language() === 'zh' ? 'en' : 'zh-CN', title: t('app.language.help'), 'aria-label': t('app.language.help'),
                onclick: () => state.set({ language: language() === 'zh' ? 'en' : 'zh' }),
            }, t('app.language')),
            account.root);
        account.draw();
        byId('map').setAttribute('aria-label', t('app.map'));
        fill(byId('panel-close'), iconButton('close', t('app.close'), () => {
            const task = state.get().panel;
            state.set({ panel: '' });
            /** @type {HTMLElement | null} */ (byId('rail').querySelector(`[data-task="${task}"]`))?.focus();
        }));
        byId('panel-grip').setAttribute('aria-label', t('sheet.resize'));
        fill(byId('attribution'), sources());
        fill(byId('zoom'),
            iconButton('plus', t('map.zoomIn'), () => map.zoom(1), { id: 'zoom-in' }),
            iconButton('minus', t('map.zoomOut'), () => map.zoom(-1), { id: 'zoom-out' }),
            iconButton('target', t('map.home'), home, { id: 'zoom-home' }));
    }

    function sources() {
        const newest = info.layers.map((layer) => layer.asOf).filter(Boolean).sort().pop();
        return [info.illustrative ? t('app.illustrative') : county() && data(county()), asOf(newest), info.basemap?.attribution && data(info.basemap.attribution)]
            .filter((part) => part)
            .flatMap((part, i) => (i ? [' · ', part] : [part]));
    }

    function home() {
        map.fit(info.bbox ?? ANYWHERE, state.get().view === null);
    }

    /**
     * @param {string} kind
     * @param {string} layer
     * @param {string} words
     */
    function notice(kind, layer, words) {
        const key = kind + ' ' + layer;
        if (failed.has(key)) return;
        failed.add(key);
        const box = el('div', { class: 'notice' }, icon('warn', 16), el('span', {}, t(words, { layer: titleOf(layer) })),
            iconButton('close', t('app.close'), () => {
                box.remove();
                failed.delete(key);
            }));
        byId('notices').append(box);
    }

    async function print() {
        beforePrint();
        await map.drawn(3000);
        window.print();
    }

    function beforePrint() {
        const result = coverage.result();
        const sentence = document.getElementById('sentence')?.textContent;
        fill(byId('print-head'), el('h1', {}, result && sentence ? sentence : pageTitle()), info.illustrative && el('p', {}, t('app.illustrative.why')));
        beforePaper ??= map.view();
        document.body.classList.add('printing');
        map.useTheme('day');
        drawLegend('day');
        map.drawNow();
        const scale = map.metresPerPixel();
        fill(byId('print-foot'), [
            ...sources(), ' · ', t('print.made', { when: dateTime(new Date()) }),
            scale ? ' · ' + t('print.scale', { n: number(Number((scale / 0.00026458).toPrecision(2))) }) : '',
        ]);
    }

    addEventListener('beforeprint', beforePrint);
    addEventListener('afterprint', () => {
        document.body.classList.remove('printing');
        map.useTheme(theme);
        drawLegend();
        map.resize();
        if (beforePaper) map.setView(beforePaper);
        beforePaper = null;
    });

    // ---- following the state ------------------------------------------------------------------------------------

    state.onChange((now, before) => {
        if (now.language !== before.language) void speak(now);
        if (now.view && now.view !== before.view) {
            const seen = map.view();
            if (!seen || far(seen, now.view)) map.setView(now.view);
        }
        if (String(now.layers) !== String(before.layers)) {
            showLayers();
            if (now.panel === 'layers') layers.draw();
        }
        if (now.panel !== before.panel) showPanel(now.panel);
        if (now.table !== before.table) showTable();
        if (now.shading !== before.shading) {
            coverage.drawAnswer();
            showResult();
        }
        if (now.question !== before.question) coverage.follow(now.question);
    });

    /** @param {State} now */
    async function speak(now) {
        try {
            await useLanguage(now.language);
        } catch (error) {
            byId('notices').append(problemBox(error));
            return;
        }
        remember('language', now.language);
        loaded = null;
        everything();
        coverage.again();
        popup.again();
        /** @type {HTMLElement | null} */ (document.getElementById('language'))?.focus();
    }

    function everything() {
        translate(document);
        drawBar();
        showPanel(state.get().panel);
        coverage.draw();
        layers.draw();
        drawLegend();
        showTable();
    }

    // ---- go -----------------------------------------------------------------------------------------------------

    byId('panel-grip').addEventListener('click', () => {
        document.body.classList.toggle('tall-panel');
        map.resize();
    });
    new ResizeObserver(() => map.resize()).observe(byId('map'));

    everything();
    map.useTheme(theme);
    const view = state.get().view;
    if (view) map.setView(view);
    else home();
    showLayers();
    void account.load();
    const question = state.get().question;
    if (question) coverage.follow(question);
}

/**
 * @param {import('./state.js').MapView} a
 * @param {import('./state.js').MapView} b
 */
function far(a, b) {
    return Math.abs(a.lon - b.lon) > 1e-4 || Math.abs(a.lat - b.lat) > 1e-4 || Math.abs(a.zoom - b.zoom) > 0.01;
}
