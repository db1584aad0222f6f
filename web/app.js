/**
 * The workspace: puts the parts together and lets them follow the state in the address.
 *
 * @typedef {import('./api.js').Info} Info
 * @typedef {import('./api.js').LayerInfo} LayerInfo
 * @typedef {import('./panels/index.js').Page} Page
 * @typedef {import('./panels/index.js').Panel} Panel
 * @typedef {import('./colours.js').Theme} Theme
 * @typedef {import('./state.js').State} State
 * @typedef {{root: HTMLElement, panel: Panel}} Made
 */

import { fetchFeature, fetchInfo, forgetSchemas } from './api.js';
import { createAccount } from './account.js';
import { byId, calmly, data, el, fill, icon, iconButton } from './dom.js';
import { createDrop } from './drop.js';
import { asOf, dateTime, number, position } from './format.js';
import { language, pick, t, translate, useLanguage } from './i18n.js';
import { createLegend } from './legend.js';
import { subscribe } from './live.js';
import { createMap } from './map.js';
import { createNow } from './now.js';
import { coveragePanel } from './panels/coverage.js';
import { createLayerTable } from './layer-table.js';
import { FILES_GO_TO, PANELS, RAIL } from './panels/index.js';
import { layersOn } from './panels/layers.js';
import { usualDrill } from './paper.js';
import { createPopup } from './popup.js';
import { problemBox } from './problem.js';
import { createSearch } from './search.js';
import { createState, recall, remember } from './state.js';
import { createShelterState } from './shelterstate.js';
import { createSheet } from './table.js';
import { createThen } from './then.js';

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
            if (open()?.onClick?.(hits.flatMap((hit) => ('layer' in hit ? [hit] : [])), at)) return;
            const village = hits.find((hit) => 'uncovered' in hit);
            const id = village && 'uncovered' in village ? village.uncovered : null;
            map.chooseVillage(id);
            sheet.mark(id ?? (hits[0] && 'layer' in hits[0] ? hits[0].id : null));
            // A village outside the circle also lies in its layer: once is enough.
            popup.open(hits.filter((hit) => !(id && 'layer' in hit && hit.layer === 'village' && hit.id === id)), at);
        },
        onMove: (view) => {
            state.adjust({ view });
            if (state.get().panel === 'layers') panels.get('layers')?.panel.draw();
        },
        onPointer: (at) => { byId('position').textContent = at ? position(at[0], at[1]) : ''; },
        onDrawn: () => drawLegend(),
        onTileFailure: (layer) => notice('tile', layer, 'map.layerFailed'),
        onStyleFailure: (layer) => notice('style', layer, 'map.styleFailed'),
    });
    const legend = createLegend(byId('legend'), map);
    const account = createAccount(() => void again());
    const sheet = createSheet(byId('sheet'), {
        onTab: (key) => state.adjust({ table: key }),
        onClose: () => state.set({ table: '' }),
        onResize: calmly(() => map.resize(), 50),
    });
    const popup = createPopup(map, {
        titleOf,
        then: (layer) => then.of(layer),
        may: () => ({ edit: account.canEdit(), history: account.signedIn() }),
        openPanel,
        uncoveredOf: (id) => coverage.result()?.answer.uncovered.find((one) => one.id === id),
        stationName: (id) => coverage.stationName(id),
        openTable: (layer, id) => {
            openTable('layer:' + layer);
            sheet.mark(id);
        },
    });

    const sheltersNow = createShelterState(map, byId('drill'), () => shownLayers().some((one) => one.id === 'shelter'), () => {
        usualDrill(sheltersNow.drill());
        drawLegend();
    });

    /** What a panel has drawn beside the layers. */
    /** @type {import('./legend.js').Explained[]} */
    let legendRows = [];

    /** @type {Page} */
    const page = {
        info: () => info, state, map, account, county, titleOf, openTable, openPanel, showFeature, changed, tell,
        theme: () => theme,
        has: isPanel,
        mark: (layer, ids) => layerTable.select(layer, ids ?? []),
        markRow: (id) => sheet.mark(id),
        showTable: () => showTable(),
        explain: (rows) => {
            legendRows = rows;
            drawLegend();
        },
    };
    const then = createThen(byId('then'), page, () => {
        drawLegend();
        showTable();
    });
    const layerTable = createLayerTable(sheet, page, { then: (layer) => then.of(layer), openPopup: (layer, id, at) => popup.open([{ layer, id }], at), changed: () => showTable() });
    const search = createSearch(byId('search'), page, popup);

    /** The panels that were opened, by their name. */
    /** @type {Map<string, Made>} */
    const panels = new Map();
    const circleRoot = el('div', { class: 'task task-coverage' });
    const coverage = coveragePanel(circleRoot, {
        info: () => info, state, map, county, openTable, theme: () => theme, onResult: showResult, onMarks: () => drawLegend(),
        live: () => now.holds(),
        onVillage: (village) => {
            map.chooseVillage(village.id);
            map.flyTo(village.lon, village.lat);
            sheet.mark(village.id);
            popup.open([{ uncovered: village.id }], [village.lon, village.lat]);
        },
    });
    const now = createNow(byId('now-conditions'), () => coverage.showScenario('now'), () => coverage.liveChanged());
    panels.set('coverage', { root: circleRoot, panel: { draw: () => coverage.draw(), onClick: (hits, at) => coverage.onClick(at, hits.some((hit) => layerOf(hit.layer)?.geometry !== 'polygon')) } });

    /** @param {string} name */
    function isPanel(name) {
        return name === 'coverage' || PANELS.some((one) => one.id === name);
    }

    /**
     * @param {string} name
     * @returns {string} the panel that leads to it, or empty
     */
    function above(name) {
        return PANELS.find((one) => one.id === name)?.under ?? '';
    }

    /**
     * A panel is fetched and made when it is first wanted.
     *
     * @param {string} name
     * @returns {Promise<Made>}
     */
    async function panelOf(name) {
        const entry = PANELS.find((one) => one.id === name);
        const create = await entry?.load();
        const made = panels.get(name);
        if (made) return made;
        if (!entry || !create) throw new Error(name);
        const root = el('div', { class: 'task task-' + name });
        const one = { root, panel: create(root, page) };
        panels.set(name, one);
        return one;
    }

    createDrop(async (files) => {
        if (state.get().panel !== FILES_GO_TO) openPanel(FILES_GO_TO, state.get().subject.split('/')[0]);
        if (account.canEdit()) (await panelOf(FILES_GO_TO)).panel.take?.(files);
    });

    /** The panel that is open. */
    function open() {
        return panels.get(state.get().panel)?.panel;
    }

    /**
     * @param {string} panel
     * @param {string} [subject]
     */
    function openPanel(panel, subject = '') {
        if (panel === 'edit') popup.close();
        state.set({ panel, subject });
    }

    /**
     * @param {string} layer
     * @param {string} id
     */
    async function showFeature(layer, id) {
        if (!shownLayers().some((one) => one.id === layer)) state.set({ layers: [...shownLayers().map((one) => one.id), layer] });
        const feature = await fetchFeature(layer, id, then.of(layer));
        map.goTo(feature, 15);
        const at = map.insideOf(feature);
        if (at) popup.open([{ layer, id }], at);
        sheet.mark(id);
    }

    /**
     * What the service tells of the county anew: counts and versions.
     *
     * @param {string} [layer] whose data changed
     */
    async function changed(layer) {
        try {
            info = await fetchInfo();
        } catch (error) {
            // The change itself is saved; the counts are old until the next one.
            console.info('info', error);
        }
        if (layer) {
            map.reload(layer);
            layerTable.forget(layer);
        }
        drawBar();
        showLayers();
        open()?.draw();
        showTable();
    }

    /** Layers that others changed since they were last fetched. */
    /** @type {Set<string>} */
    const stale = new Set();
    const catchUp = calmly(() => void refreshStale(), 150);

    /** Counts, and the map and table of what others changed; what the user is at is left alone. */
    async function refreshStale() {
        const layers = [...stale];
        stale.clear();
        try {
            info = await fetchInfo();
        } catch (error) {
            console.info('info', error);
            return;
        }
        for (const layer of layers) {
            map.reload(layer);
            layerTable.forget(layer);
        }
        drawBar();
        showLayers();
        drawWhereNobodyTypes();
        showTable();
    }

    /**
     * A field that is drawn anew loses the cursor, and with it the next key; a button that is drawn anew under a finger is
     * not pressed. Then the panel waits until it is left.
     */
    let waitsToDraw = false;
    let pressed = false;

    function drawWhereNobodyTypes() {
        const body = byId('panel-body');
        const at = document.activeElement;
        waitsToDraw = pressed || (at !== null && body.contains(at) && at.matches('input:not([type=checkbox], [type=radio], [type=file]), textarea, select'));
        if (!waitsToDraw && !open()?.unsaved?.()) open()?.draw();
    }

    // After what follows it: the focus goes to the next field, or out; the button is clicked.
    const drawIfItWaits = () => setTimeout(() => { if (waitsToDraw) drawWhereNobodyTypes(); }, 0);
    byId('panel-body').addEventListener('focusout', drawIfItWaits);
    byId('panel-body').addEventListener('pointerdown', () => { pressed = true; });
    for (const end of ['pointerup', 'pointercancel']) {
        addEventListener(end, () => {
            pressed = false;
            drawIfItWaits();
        });
    }

    subscribe('layer', (/** @type {{layer: string, version: number}} */ news) => {
        const known = layerOf(news.layer);
        if (!known || known.version >= news.version) return;
        stale.add(news.layer);
        catchUp();
    });

    /** Somebody else looks now: other layers and attributes may be seen. */
    async function again() {
        forgetSchemas();
        for (const layer of shownLayers()) map.reload(layer.id);
        layerTable.forget();
        popup.close();
        await changed();
    }

    /**
     * @param {string} words
     * @param {string} [action] words of a button
     * @param {() => void} [run] what it does
     */
    function tell(words, action, run) {
        const box = el('div', { class: 'notice told', role: 'status' }, icon('check', 16), el('span', {}, words),
            action && el('button', { type: 'button', class: 'button quiet-button', onclick: () => { box.remove(); run?.(); } }, action), iconButton('close', t('app.close'), () => box.remove()));
        for (const old of byId('notices').querySelectorAll('.told')) old.remove();
        byId('notices').append(box);
        setTimeout(() => box.remove(), 8000);
    }

    function county() {
        return info.district ?? '';
    }

    function pageTitle() {
        return county() ? t('app.title', { county: county() }) : t('app.name');
    }

    /** @param {string} id */
    function layerOf(id) {
        return info.layers.find((layer) => layer.id === id);
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
        sheltersNow.draw();
        drawLegend();
    }

    function drawLegend(inTheme = theme) {
        const result = coverage.result();
        const together = coverage.together();
        const shown = together ?? result?.answer;
        const circle = !result || !shown ? null : {
            minutes: shown.bands.features.map((band) => Number(band.properties.minutes)),
            shading: together ? /** @type {const} */ ('bands') : state.get().shading,
            uncovered: shown.uncovered.length,
            outside: result.whole.length > 0,
            compared: !together && result.before !== null,
            words: together ? t(together.inputs.combine === 'any' ? 'together.legend.any' : 'together.legend.all') : '',
        };
        void legend.show([...shownLayers()].reverse(), circle, inTheme, [...coverage.legend(), ...legendRows, ...sheltersNow.legend()]);
    }

    function showResult() {
        const result = coverage.result();
        coverage.showOnMap();
        if (!result) popup.close();
        // What it says of a village belongs to the answer before.
        else popup.again();
        drawLegend();
        showTable();
    }

    /** @type {string} */
    let shownPanel = '';

    function showPanel() {
        const { panel, subject } = state.get();
        const known = isPanel(panel) ? panel : '';
        if (shownPanel && shownPanel !== known) panels.get(shownPanel)?.panel.hide?.();
        shownPanel = known;
        const box = byId('panel');
        box.hidden = known === '';
        document.body.classList.toggle('with-panel', known !== '');
        document.body.classList.toggle('panel-edit', known === 'edit');
        if (known) {
            byId('panel-title').textContent = t('task.' + known);
            const under = above(known);
            fill(byId('panel-back'), under && iconButton('left', t('app.back', { task: t('task.' + under) }), () => openPanel(under, subject.split('/')[0])));
            const one = panels.get(known);
            if (one) fillPanel(one, subject);
            else void openFirst(known);
        }
        drawRail();
        map.resize();
    }

    /**
     * @param {Made} one
     * @param {string} subject
     */
    function fillPanel(one, subject) {
        byId('panel-body').replaceChildren(one.root);
        one.panel.show?.(subject);
        one.panel.draw();
    }

    /** @param {string} name */
    async function openFirst(name) {
        byId('panel-body').replaceChildren();
        try {
            const one = await panelOf(name);
            // Another one may have been opened meanwhile, or this one with another subject.
            if (shownPanel === name && !one.root.isConnected) fillPanel(one, state.get().subject);
        } catch (error) {
            if (shownPanel === name) fill(byId('panel-body'), problemBox(error, { retry: () => showPanel() }));
        }
    }

    function drawRail() {
        const now = above(state.get().panel) || state.get().panel;
        byId('rail').setAttribute('aria-label', t('app.tasks'));
        fill(byId('rail'), RAIL.map((task) => el('button', {
            type: 'button', class: 'rail-button', 'aria-pressed': String(task === now), 'data-task': task,
            onclick: () => {
                state.set({ panel: task === now ? '' : task, subject: '' });
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
            sheet.show([...coverage.tables(), layerTable.of(layer)], key);
        } else {
            const own = open()?.tables?.() ?? [];
            sheet.show(own.some((one) => one.key === key) ? own : coverage.tables(), key);
        }
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
            el('a', { class: 'link not-on-phone', id: 'to-dispatch', href: 'dispatch' }, icon('locate', 16), t('dispatch.open')),
            iconButton('print', t('app.print'), () => void print(), { class: 'icon-button not-on-phone' }),
            iconButton(theme === 'day' ? 'moon' : 'sun', t(theme === 'day' ? 'app.night' : 'app.day'), () => {
                applyTheme(theme === 'day' ? 'night' : 'day');
                remember('theme', theme);
                map.useTheme(theme);
                drawBar();
                drawLegend();
                coverage.drawAnswer();
                open()?.draw();
                /** @type {HTMLElement} */ (byId('bar-actions').querySelector('#theme')).focus();
            }, { id: 'theme' }),
            el('button', {
                type: 'button', class: 'text-button', id: 'language', lang: language() === 'zh' ? 'en' : 'zh-CN', title: t('app.language.help'), 'aria-label': t('app.language.help'),
                onclick: () => state.set({ language: language() === 'zh' ? 'en' : 'zh' }),
            }, t('app.language')),
            account.root);
        account.draw();
        now.draw();
        search.draw();
        byId('map').setAttribute('aria-label', t('app.map'));
        fill(byId('panel-close'), iconButton('close', t('app.close'), () => {
            const task = state.get().panel;
            state.set({ panel: '', subject: '' });
            const root = above(task) || task;
            /** @type {HTMLElement | null} */ (byId('rail').querySelector(`[data-task="${root}"]`))?.focus();
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
        map.fromPaper();
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
            if (now.panel === 'layers') open()?.draw();
        }
        if (now.panel !== before.panel || now.subject !== before.subject) showPanel();
        if (now.then !== before.then) then.follow();
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
        everything();
        coverage.again();
        popup.again();
        /** @type {HTMLElement | null} */ (document.getElementById('language'))?.focus();
    }

    function everything() {
        translate(document);
        drawBar();
        for (const [name, one] of panels) if (name !== state.get().panel) one.panel.draw();
        showPanel();
        drawLegend();
        sheltersNow.draw();
        then.draw();
        showTable();
    }

    // ---- go -----------------------------------------------------------------------------------------------------

    byId('panel-grip').addEventListener('click', () => {
        document.body.classList.toggle('tall-panel');
        map.resize();
    });
    addEventListener('beforeunload', (event) => {
        if ([...panels.values()].some((one) => one.panel.unsaved?.())) event.preventDefault();
    });
    new ResizeObserver(() => map.resize()).observe(byId('map'));

    everything();
    map.useTheme(theme);
    const view = state.get().view;
    if (view) map.setView(view);
    else home();
    showLayers();
    then.follow();
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
