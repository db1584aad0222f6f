/**
 * What if: closures dragged onto the map, slower roads, stations switched, moved and added; and what that does to the
 * circle, in sentences and lists. A part of the circle's panel.
 *
 * @typedef {import('../api.js').Info} Info
 * @typedef {import('../api.js').GeoFeature} GeoFeature
 * @typedef {import('../api.js').CircleAnswer} CircleAnswer
 * @typedef {import('../api.js').Uncovered} Uncovered
 * @typedef {import('../state.js').Question} Question
 * @typedef {import('../state.js').StateStore} StateStore
 * @typedef {import('../map.js').AnquanMap} AnquanMap
 * @typedef {import('../map.js').Hit} Hit
 * @typedef {import('../whatif.js').WhatIf} WhatIf
 * @typedef {import('../whatif.js').Change} Change
 * @typedef {import('../whatif.js').LonLat} LonLat
 * @typedef {import('../whatifmap.js').StationMark} StationMark
 *
 * @typedef {object} Circle what the circle's panel tells of its answer
 * @property {() => Info} info
 * @property {StateStore} state
 * @property {AnquanMap} map
 * @property {() => Question} question
 * @property {() => WhatIf} whatIf of the answer that is shown or on its way
 * @property {() => {before: CircleAnswer | null, answer: CircleAnswer, whole: GeoFeature[]} | null} answers
 * @property {(whatIf: WhatIf) => void} live asks while something is dragged; only the newest counts
 * @property {(whatIf: WhatIf) => void} commit takes it into the address and asks
 * @property {(village: Uncovered) => void} onVillage
 * @property {(whatIf: WhatIf) => Promise<any>} body of a what-if, inline
 * @property {() => void} storedChanged
 * @property {() => void} legendChanged other kinds of signs are on the map
 *
 * @typedef {object} Closed what a closure closes
 * @property {GeoFeature[]} features
 * @property {number} sections
 * @property {number} metres
 */

import { fetchAttributes, fetchItems, isStop, runProcess } from '../api.js';
import { data, el, fill, icon, iconButton, say } from '../dom.js';
import { area, limit, metres, number, people, travelTime } from '../format.js';
import { pick, t } from '../i18n.js';
import { plainSwatch } from '../legend.js';
import { createSwipe } from '../swipe.js';
import { changesNothing, fromText, isClosure, isStationChange, toScenario, toText } from '../whatif.js';
import { changeTile, createWhatIfMap, token } from '../whatifmap.js';
import { storedScenarios } from './stored.js';

/** Speed factors that the service knows by name. */
const PRESETS = ['night', 'rain', 'heavyRain', 'snow', 'fog'];
/** It rains hard or not so hard: one takes the other's place. */
const RAINS = ['rain', 'heavyRain'];

/** The tools of the palette, each with an icon and a word of its own name. Those that are dragged come first. */
const TOOLS = /** @type {const} */ (['point', 'barrier', 'flood', 'line', 'area', 'station']);
/** @typedef {typeof TOOLS[number]} Tool */

/** A barrier and a flood begin so large on the screen, in pixels; then their size is one on the ground. */
const BARRIER_PIXELS = 70;
const FLOOD_PIXELS = 46;
const LEAST_FLOOD = 30;
const MOST_FLOOD = 5000;

/** A movement shorter than this is a click, in pixels. */
const CLICK = 6;
/** How far an arrow key moves a closure, in pixels; with Shift so many times as far. */
const KEY_STEP = 12;
const KEY_LEAP = 5;

const MOST_STATIONS = 1000;
const MOST_VILLAGES = 12;

/**
 * @param {HTMLElement} root
 * @param {Circle} circle
 */
export function whatIfSection(root, circle) {
    /** @type {Tool | null} */
    let tool = null;
    let chosen = -1;
    /** While something is dragged: what it would be if it were let go. */
    /** @type {WhatIf | null} */
    let draft = null;
    /** What was before, the newest last. */
    /** @type {string[]} */
    const past = [];
    /** @type {Map<string, Closed>} */
    const closed = new Map();
    /** @type {Map<string, AbortController>} */
    const asking = new Map();
    /** @type {{key: string, features: GeoFeature[]}} */
    let stations = { key: '', features: [] };
    /** @type {Record<string, Record<string, string>>} */
    let roadWords = {};

    const effectBox = el('div', { class: 'whatif-effect' });
    const toolBox = el('div', { class: 'whatif-tools' });
    const listBox = el('div', { class: 'whatif-list' });
    const stored = storedScenarios({
        whatIf: () => circle.whatIf(),
        commit: (whatIf) => commit(whatIf, -1),
        body: () => circle.body(circle.whatIf()),
        changed: circle.storedChanged,
    });
    root.append(toolBox, listBox, effectBox, stored.root);
    void stored.load();

    const map = createWhatIfMap(circle.map, {
        onMoving: (i, change) => live(replaced(i, change), change),
        onMoved: (i, change) => commit(replaced(i, change), i),
        onStationMoving: (station, at) => live(withStation(station, at), null),
        onStationMoved: (station, at) => commit(withStation(station, at), -1),
    });
    const swipe = createSwipe(circle.map, map, (percent, done) => { if (done) circle.state.adjust({ swipe: percent }); });

    addEventListener('keydown', (event) => {
        if (event.key !== 'Escape' || (!map.isDrawing() && tool === null)) return;
        map.stopDrawing();
        use(null);
    });

    // ---- changing -----------------------------------------------------------------------------------------------

    function now() {
        return draft ?? circle.whatIf();
    }

    /**
     * @param {number} i
     * @param {Change} change
     * @returns {WhatIf}
     */
    function replaced(i, change) {
        const of = circle.whatIf();
        return { ...of, changes: of.changes.map((one, j) => (j === i ? change : one)) };
    }

    /**
     * @param {Change} change
     * @returns {WhatIf}
     */
    function plus(change) {
        const of = circle.whatIf();
        return { ...of, changes: [...of.changes, change] };
    }

    /**
     * @param {StationMark} station
     * @param {LonLat} at
     */
    function withStation(station, at) {
        const of = circle.whatIf();
        const own = of.changes[station.change];
        if (own?.kind === 'added' || own?.kind === 'moved') return replaced(station.change, { ...own, at });
        const others = of.changes.filter((one) => !((one.kind === 'off' || one.kind === 'on') && one.id === station.id));
        return { ...of, changes: [...others, /** @type {Change} */ ({ kind: 'moved', id: station.id, at })] };
    }

    /**
     * @param {WhatIf} whatIf
     * @param {Change | null} change that is dragged
     */
    function live(whatIf, change) {
        draft = whatIf;
        if (change) void lookUp(change, true);
        circle.live(whatIf);
        drawMap();
    }

    /**
     * @param {WhatIf} whatIf
     * @param {number} choose
     */
    function commit(whatIf, choose) {
        draft = null;
        const before = toText(circle.whatIf());
        if (toText(whatIf) !== before) past.push(before);
        chosen = choose;
        circle.commit(whatIf);
        draw();
    }

    function undo() {
        const before = past.pop();
        if (before === undefined) return;
        draft = null;
        chosen = -1;
        circle.commit(fromText(before));
        draw();
        say(t('whatif.undone'));
    }

    // ---- what a closure closes ------------------------------------------------------------------------------------

    /** @param {Change} change */
    function keyOf(change) {
        return JSON.stringify(toScenario([change])) + circle.question().profile;
    }

    /**
     * @param {Change} change
     * @param {boolean} [moving] only the newest place counts
     */
    async function lookUp(change, moving = false) {
        const key = keyOf(change);
        if (closed.has(key) || asking.has(key)) return;
        if (moving) {
            asking.get('moving')?.abort();
            asking.delete('moving');
        }
        const mine = new AbortController();
        asking.set(moving ? 'moving' : key, mine);
        try {
            const answer = await runProcess('closed-roads', { scenario: toScenario([change]), profile: circle.question().profile }, mine.signal);
            if (closed.size > 200) closed.clear();
            closed.set(key, { features: answer.roads.features, sections: answer.sections, metres: answer.metres });
        } catch (error) {
            // The circle's own answer says what is wrong with a closure; here only the name of the road is missing.
            if (!isStop(error)) closed.set(key, { features: [], sections: 0, metres: 0 });
        } finally {
            if (asking.get(moving ? 'moving' : key) === mine) asking.delete(moving ? 'moving' : key);
        }
        drawMap();
        drawList();
        drawGhost(change);
    }

    /** @param {Closed} of */
    function roadsInWords(of) {
        const titles = of.features.map(roadTitle);
        const names = [...new Set(titles)];
        if (!names.length) return t('whatif.closesNothing');
        const shown = names.slice(0, 2).join(t('value.separator'));
        return names.length > 2 ? t('whatif.roadsMore', { names: shown, n: number(names.length) }) : shown;
    }

    /** @param {GeoFeature} road */
    function roadTitle(road) {
        const { name, roadClass, structure } = road.properties;
        const words = name || roadWords.roadClass?.[roadClass] || t('whatif.road');
        const built = structure && structure !== 'ground' ? roadWords.structure?.[structure] : '';
        return built && !words.includes(built) ? `${words} (${built})` : words;
    }

    async function loadRoadWords() {
        try {
            const attributes = await fetchAttributes('road');
            roadWords = Object.fromEntries(attributes.map((one) => [one.name, Object.fromEntries(one.values.map((value) => [value.value, value.title]))]));
        } catch {
            roadWords = {};
        }
    }

    // ---- stations -----------------------------------------------------------------------------------------------

    /** @type {Promise<void>} */
    let stationsLoading = Promise.resolve();

    function loadStations() {
        const { layer, filter } = circle.question();
        const key = layer + ' ' + filter;
        if (stations.key !== key) {
            stations = { key, features: [] };
            stationsLoading = fetchStations(key, layer, filter);
        }
        return stationsLoading;
    }

    /**
     * @param {string} key
     * @param {string} layer
     * @param {string} filter
     */
    async function fetchStations(key, layer, filter) {
        try {
            const found = (await fetchItems(layer, { limit: MOST_STATIONS, ...(filter ? { filter } : {}) })).features;
            if (stations.key === key) stations = { key, features: found.filter((one) => one.geometry?.type === 'Point') };
        } catch {
            stations = { key: '', features: [] };
        }
        drawMap();
        drawList();
    }

    /** @returns {StationMark[]} */
    function marks() {
        const { changes } = now();
        const counted = new Set(circle.answers()?.before?.areas.features.map((one) => String(one.properties.facilityId)) ?? circle.answers()?.answer.areas.features.map((one) => String(one.properties.facilityId)));
        const touched = changes.some(isStationChange);
        if (tool !== 'station' && !touched) return [];
        /** @type {StationMark[]} */
        const all = [];
        for (const one of stations.features) {
            const id = String(one.id);
            const number = changes.findIndex((change) => 'id' in change && change.id === id);
            const change = changes[number];
            if (!change && tool !== 'station') continue;
            const at = /** @type {LonLat} */ (one.geometry?.coordinates);
            const state = change?.kind === 'off' ? 'off' : change?.kind === 'moved' ? 'moved' : change?.kind === 'on' ? 'on' : counted.size && !counted.has(id) ? 'idle' : 'as-is';
            all.push({ id, name: one.properties.name ?? id, at: change?.kind === 'moved' ? change.at : at, state, from: change?.kind === 'moved' ? at : null, change: number });
        }
        changes.forEach((change, i) => {
            if (change.kind === 'added') all.push({ id: `new-${i + 1}`, name: change.name, at: change.at, state: 'added', from: null, change: i });
        });
        return all;
    }

    /** @param {string} id */
    function stationName(id) {
        return stations.features.find((one) => String(one.id) === id)?.properties.name ?? id;
    }

    /** @param {StationMark} station */
    function toggleStation(station) {
        const of = circle.whatIf();
        const own = of.changes[station.change];
        if (own) return commit({ ...of, changes: of.changes.filter((one) => one !== own) }, -1);
        commit(plus(station.state === 'idle' ? { kind: 'on', id: station.id } : { kind: 'off', id: station.id }), -1);
    }

    /** @param {LonLat} at */
    function addStation(at) {
        const n = circle.whatIf().changes.filter((one) => one.kind === 'added').length + 1;
        commit(plus({ kind: 'added', at, name: t('whatif.newStation', { n }) }), -1);
    }

    // ---- tools --------------------------------------------------------------------------------------------------

    /**
     * @param {Tool} of
     * @param {LonLat} at
     * @returns {Change}
     */
    function changeAt(of, at) {
        if (of === 'flood') {
            const [lon] = map.beside(at, FLOOD_PIXELS, 0);
            const radius = (lon - at[0]) * 111_320 * Math.cos((at[1] * Math.PI) / 180);
            return { kind: 'flood', at, radius: Math.round(Math.min(MOST_FLOOD, Math.max(LEAST_FLOOD, radius)) / 10) * 10 };
        }
        if (of === 'barrier') return { kind: 'line', points: [map.beside(at, -BARRIER_PIXELS / 2, BARRIER_PIXELS / 2), map.beside(at, BARRIER_PIXELS / 2, -BARRIER_PIXELS / 2)] };
        return { kind: 'point', at };
    }

    /** @param {Tool | null} wanted */
    function use(wanted) {
        map.stopDrawing();
        tool = wanted;
        map.cursor(wanted && wanted !== 'station' ? 'crosshair' : '');
        if (wanted === 'line' || wanted === 'area') {
            map.startDrawing(wanted, (points) => {
                tool = null;
                if (points) commit(plus({ kind: wanted, points }), circle.whatIf().changes.length);
                else drawTools();
            });
        }
        if (wanted === 'station') void loadStations();
        drawTools();
        drawMap();
    }

    const ghost = el('div', { class: 'whatif-ghost', hidden: true });
    document.body.append(ghost);

    /** @param {Change} change */
    function drawGhost(change) {
        if (ghost.hidden) return;
        const found = closed.get(keyOf(change));
        if (found) fill(ghost, icon('block', 18), el('span', {}, found.sections ? data(roadsInWords(found)) : t('whatif.closesNothing')));
    }

    /**
     * A tool taken from the palette and dragged onto the map; a click takes it in hand for the next click on the map.
     *
     * @param {Tool} of
     * @param {PointerEvent} event
     */
    function take(of, event) {
        const button = /** @type {HTMLElement} */ (event.currentTarget);
        if (event.button !== 0 || of === 'line' || of === 'area' || of === 'station') return;
        const from = [event.clientX, event.clientY];
        let moved = false;
        /** @type {Change | null} */
        let change = null;
        button.setPointerCapture(event.pointerId);
        const move = (/** @type {PointerEvent} */ at) => {
            if (!moved && Math.hypot(at.clientX - from[0], at.clientY - from[1]) < CLICK) return;
            if (!moved) {
                moved = true;
                ghost.hidden = false;
                fill(ghost, icon('tool-' + of, 18), el('span', {}, t('whatif.tool.' + of)));
            }
            ghost.style.transform = `translate(${at.clientX + 14}px, ${at.clientY + 12}px)`;
            const place = map.placeAt(at.clientX, at.clientY);
            // The size is that of the first place: the map does not zoom under a drag.
            change = place && (change?.kind === 'flood' ? { ...change, at: place } : changeAt(of, place));
            if (change) live(plus(change), change);
            else if (draft) {
                draft = null;
                circle.live(circle.whatIf());
                drawMap();
            }
        };
        const end = (/** @type {boolean} */ let_go) => {
            button.removeEventListener('pointermove', move);
            ghost.hidden = true;
            if (!moved) return;
            // The click that follows a drag is none.
            button.dataset.dragged = 'yes';
            setTimeout(() => delete button.dataset.dragged, 50);
            if (let_go && change) commit(plus(change), circle.whatIf().changes.length);
            else {
                draft = null;
                circle.live(circle.whatIf());
                drawMap();
            }
        };
        button.addEventListener('pointermove', move);
        button.addEventListener('pointerup', () => end(true), { once: true });
        button.addEventListener('pointercancel', () => end(false), { once: true });
    }

    /**
     * Without a mouse: put it into the middle of the map; the arrow keys move it from there.
     *
     * @param {Tool} of
     */
    function putInTheMiddle(of) {
        use(null);
        commit(plus(changeAt(of, map.centre())), circle.whatIf().changes.length);
        /** @type {HTMLElement | null} */ (listBox.querySelector('.change-chosen .change-name'))?.focus();
    }

    // ---- drawing ------------------------------------------------------------------------------------------------

    function draw() {
        drawTools();
        drawList();
        drawEffect();
        drawMap();
        stored.draw();
    }

    function drawTools() {
        const active = document.activeElement instanceof HTMLElement ? document.activeElement.dataset.tool : undefined;
        fill(toolBox,
            el('header', { class: 'whatif-head' },
                el('h3', {}, t('whatif.title')),
                past.length > 0 && el('button', { type: 'button', class: 'link', id: 'whatif-undo', onclick: undo }, icon('undo', 16), t('whatif.undo')),
                now().changes.length > 0 && el('button', { type: 'button', class: 'link', id: 'whatif-clear', onclick: () => commit({ ...circle.whatIf(), changes: [], after: '' }, -1) }, t('whatif.clear'))),
            el('div', { class: 'palette', role: 'toolbar', 'aria-label': t('whatif.tools') }, TOOLS.map((one) => el('button', {
                type: 'button', class: 'tool', 'data-tool': one, 'aria-pressed': String(tool === one), title: t('whatif.tool.' + one + '.help'),
                onpointerdown: (/** @type {PointerEvent} */ event) => take(one, event),
                onclick: (/** @type {MouseEvent} */ event) => {
                    if (/** @type {HTMLElement} */ (event.currentTarget).dataset.dragged) return;
                    const byKeyboard = event.detail === 0;
                    if (byKeyboard && (one === 'point' || one === 'barrier' || one === 'flood')) putInTheMiddle(one);
                    else use(tool === one ? null : one);
                },
            }, icon('tool-' + one, 22), el('span', {}, t('whatif.tool.' + one))))),
            el('p', { class: 'quiet small whatif-hint' }, t(tool ? 'whatif.hint.' + tool : 'whatif.hint'),
                (tool === 'line' || tool === 'area') && el('button', { type: 'button', class: 'link', onclick: () => map.finishDrawing() }, t('whatif.finish'))),
            el('div', { class: 'chips whatif-weather', role: 'group', 'aria-label': t('whatif.weather') }, PRESETS.map((name) => {
                const is = now().changes.some((one) => one.kind === 'preset' && one.name === name);
                return el('button', {
                    type: 'button', class: 'chip', 'aria-pressed': String(is), 'data-tool': 'preset-' + name,
                    onclick: () => {
                        const of = circle.whatIf();
                        const gone = is ? [name] : RAINS.includes(name) ? RAINS : [];
                        const changes = of.changes.filter((one) => !(one.kind === 'preset' && gone.includes(one.name)));
                        commit({ ...of, changes: is ? changes : [...changes, { kind: 'preset', name }] }, -1);
                    },
                }, t('whatif.preset.' + name));
            })),
            hazardBox(),
            namedRow());
        if (active) /** @type {HTMLElement | null} */ (toolBox.querySelector(`[data-tool="${active}"]`))?.focus();
    }

    /** The stored scenarios that this what-if begins from or is compared with. */
    function namedRow() {
        const of = now();
        const chip = (/** @type {'before' | 'after'} */ which) => of[which] && el('span', { class: 'named' }, ...sentenceWith('whatif.named.' + which, stored.title(of[which])),
            iconButton('close', t('whatif.remove'), () => commit({ ...circle.whatIf(), [which]: '' }, -1)));
        return of.before || of.after ? el('div', { class: 'named-row' }, chip('before'), chip('after')) : null;
    }

    let hazardOpen = false;
    let hazard = { layer: '', buffer: 50, filter: '' };

    /** Closing by a hazard layer: everything within so many metres of its features. */
    function hazardBox() {
        const layers = circle.info().layers.filter((one) => one.group === 'hazard' && one.count > 0);
        if (!layers.length) return null;
        if (!layers.some((one) => one.id === hazard.layer)) hazard = { ...hazard, layer: layers[0].id };
        const select = el('select', { class: 'input', 'aria-label': t('whatif.hazard.layer'), onchange: () => { hazard = { ...hazard, layer: select.value }; } },
            layers.map((one) => el('option', { value: one.id, selected: one.id === hazard.layer }, `${pick(one.title)} (${number(one.count)})`)));
        const buffer = el('input', { class: 'input', type: 'number', min: '0', max: '20000', step: '10', 'aria-label': t('whatif.hazard.buffer'), oninput: () => { hazard = { ...hazard, buffer: Number(buffer.value) }; } });
        buffer.value = String(hazard.buffer);
        const filter = el('input', { class: 'input code', 'aria-label': t('coverage.filter.expert'), placeholder: t('whatif.hazard.filter'), oninput: () => { hazard = { ...hazard, filter: filter.value }; } });
        filter.value = hazard.filter;
        const box = el('details', { class: 'whatif-hazard', open: hazardOpen, ontoggle: () => { hazardOpen = box.open; } },
            el('summary', {}, t('whatif.hazard')),
            el('div', { class: 'hazard-form' },
                select,
                el('label', { class: 'hazard-buffer' }, t('whatif.hazard.within'), buffer, t('whatif.hazard.metres')),
                filter,
                el('button', {
                    type: 'button', class: 'button', id: 'hazard-add',
                    onclick: () => commit(plus({ kind: 'hazard', layer: hazard.layer, filter: hazard.filter.trim(), buffer: hazard.buffer >= 0 ? hazard.buffer : 0 }), circle.whatIf().changes.length),
                }, t('whatif.hazard.add'))));
        return box;
    }

    function drawList() {
        const { changes } = now();
        const active = document.activeElement instanceof HTMLElement && listBox.contains(document.activeElement) ? document.activeElement.dataset.focus : undefined;
        fill(listBox, changes.length > 0 && el('ul', { class: 'changes', 'aria-label': t('whatif.list') }, changes.map((change, i) => (change.kind === 'preset' ? null : el('li', { class: i === chosen ? 'change change-chosen' : 'change', 'data-change': change.kind },
            icon(iconOf(change), 18),
            el('button', {
                type: 'button', class: 'change-name', 'data-focus': 'change-' + i, title: t(isMovable(change) ? 'whatif.move.help' : 'whatif.look'),
                onclick: () => {
                    chosen = i;
                    look(change);
                    drawList();
                    drawMap();
                },
                onkeydown: (/** @type {KeyboardEvent} */ event) => moveByKey(event, i, change),
            }, ...nameOf(change)),
            change.kind === 'flood' && radiusInput(change, i),
            iconButton('close', t('whatif.remove'), () => {
                const of = circle.whatIf();
                commit({ ...of, changes: of.changes.filter((_, j) => j !== i) }, -1);
            }, { 'data-focus': 'remove-' + i }))))));
        if (active) /** @type {HTMLElement | null} */ (listBox.querySelector(`[data-focus="${active}"]`))?.focus();
    }

    /** @param {Change} change */
    function isMovable(change) {
        return ['point', 'line', 'flood', 'area', 'moved', 'added'].includes(change.kind);
    }

    /** @param {Change} change */
    function iconOf(change) {
        if (isStationChange(change)) return 'tool-station';
        if (change.kind === 'flood' || change.kind === 'hazard') return 'tool-flood';
        return change.kind === 'line' ? 'tool-line' : change.kind === 'area' ? 'tool-area' : change.kind === 'factor' ? 'warn' : 'block';
    }

    /**
     * @param {Change} change
     * @returns {(Node | string)[]}
     */
    function nameOf(change) {
        switch (change.kind) {
            case 'off': return sentenceWith('whatif.change.off', stationName(change.id));
            case 'on': return sentenceWith('whatif.change.on', stationName(change.id));
            case 'moved': return sentenceWith('whatif.change.moved', stationName(change.id));
            case 'added': return sentenceWith('whatif.change.added', change.name);
            case 'factor': return [t('whatif.change.factor', { why: change.why || t('value.unknown'), n: number(change.value * 100) })];
            case 'other': return [t('whatif.change.other.' + change.part)];
            case 'preset': return [t('whatif.preset.' + change.name)];
            default: {
                const found = closed.get(keyOf(change));
                if (!found) void lookUp(change);
                const head = change.kind === 'hazard'
                    ? t('whatif.change.hazard', { layer: pick(circle.info().layers.find((one) => one.id === change.layer)?.title) || change.layer, far: metres(change.buffer) }) : '';
                const closes = !found ? t('whatif.looking') : found.sections ? null : t('whatif.closesNothing');
                const roads = found && found.sections ? [data(roadsInWords(found)), el('small', { class: 'quiet' }, t('whatif.closedLength', { far: metres(Math.round(found.metres / 10) * 10) }))] : [el('span', { class: 'quiet' }, closes)];
                return head ? [head + ' ', ...roads] : roads;
            }
        }
    }

    /**
     * @param {string} key with {name} in it
     * @param {string} name
     */
    function sentenceWith(key, name) {
        const [before, after] = t(key).split('{name}');
        return [before, data(name), after ?? ''];
    }

    /**
     * @param {Extract<Change, {kind: 'flood'}>} change
     * @param {number} i
     */
    function radiusInput(change, i) {
        const words = el('small', { class: 'quiet' }, t('whatif.radius', { far: metres(change.radius) }));
        // Equal steps of the hand are equal shares of the size.
        const input = el('input', {
            type: 'range', class: 'radius', min: '0', max: '100', 'data-focus': 'radius-' + i, 'aria-label': t('whatif.radius.label'), 'aria-valuetext': metres(change.radius),
            oninput: () => {
                const wider = { ...change, radius: radiusAt(Number(input.value)) };
                words.textContent = t('whatif.radius', { far: metres(wider.radius) });
                live(replaced(i, wider), wider);
            },
            onchange: () => commit(replaced(i, { ...change, radius: radiusAt(Number(input.value)) }), i),
        });
        input.value = String((Math.log(change.radius / LEAST_FLOOD) / Math.log(MOST_FLOOD / LEAST_FLOOD)) * 100);
        return el('span', { class: 'change-radius' }, input, words);
    }

    /** @param {number} share 0 to 100 */
    function radiusAt(share) {
        return Math.round((LEAST_FLOOD * (MOST_FLOOD / LEAST_FLOOD) ** (share / 100)) / 10) * 10;
    }

    /** @param {Change} change */
    function look(change) {
        const scenario = toScenario([change]);
        const geometry = scenario.closures?.[0]?.type ? scenario.closures[0]
            : 'at' in change ? { type: 'Point', coordinates: change.at }
                : 'id' in change ? stations.features.find((one) => String(one.id) === change.id)?.geometry ?? null : null;
        const seen = geometry ?? closed.get(keyOf(change))?.features[0]?.geometry ?? null;
        if (seen) circle.map.goTo({ geometry: seen, properties: {} }, 14);
    }

    /**
     * @param {KeyboardEvent} event
     * @param {number} i
     * @param {Change} change
     */
    function moveByKey(event, i, change) {
        const way = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] }[event.key];
        if (event.key === 'Delete' || event.key === 'Backspace') {
            event.preventDefault();
            const of = circle.whatIf();
            return commit({ ...of, changes: of.changes.filter((_, j) => j !== i) }, -1);
        }
        if (!way || !isMovable(change)) return;
        event.preventDefault();
        const step = KEY_STEP * (event.shiftKey ? KEY_LEAP : 1);
        const to = (/** @type {LonLat} */ at) => map.beside(at, way[0] * step, way[1] * step);
        const moved = 'points' in change ? { ...change, points: change.points.map(to) } : 'at' in change ? { ...change, at: to(change.at) } : change;
        commit(replaced(i, /** @type {Change} */ (moved)), i);
    }

    /** Kinds of signs that are on the map, for the legend. */
    let signs = '';

    /** @param {Effect | null} compared */
    function noteSigns(compared) {
        const closes = now().changes.some((one) => isClosure(one) && closed.get(keyOf(one))?.sections);
        const wanted = [closes && 'closed', compared?.lost.length && 'lost', compared?.gained.length && 'gained'].filter(Boolean).join(' ');
        if (wanted === signs) return;
        signs = wanted;
        circle.legendChanged();
    }

    function drawMap() {
        const of = now();
        const answers = circle.answers();
        const widest = (/** @type {CircleAnswer} */ answer) => answer.bands.features.reduce((a, b) => (a.properties.minutes >= b.properties.minutes ? a : b)).geometry;
        const compared = answers?.before && !changesNothing(of) ? effect(answers.before, answers.answer) : null;
        map.show({
            changes: of.changes,
            closed: of.changes.flatMap((one) => (isClosure(one) ? closed.get(keyOf(one))?.features ?? [] : [])),
            stations: marks(),
            stationsMove: tool === 'station',
            chosen,
            difference: answers?.before && compared ? { before: widest(answers.before), after: widest(answers.answer), lost: compared.lost, gained: compared.gained } : null,
        });
        drawSwipe();
        noteSigns(compared);
    }

    function drawSwipe() {
        const answers = circle.answers();
        const at = circle.state.get().swipe;
        const on = at !== null && answers?.before;
        swipe.show(on ? at : null, on && answers?.before ? { answer: answers.before, whole: answers.whole, names: {}, shading: 'bands' } : null);
    }

    function drawEffect() {
        const answers = circle.answers();
        if (!answers?.before || changesNothing(now())) return fill(effectBox);
        const change = effect(answers.before, answers.answer);
        const hasSwipe = circle.state.get().swipe !== null;
        fill(effectBox,
            el('p', { class: 'effect-sentence', id: 'effect', 'data-people': change.people === null ? '' : String(change.people), 'data-lost': change.lost.length, 'data-gained': change.gained.length }, effectSentence(change)),
            change.bands.length > 1 && el('p', { class: 'quiet small' }, change.bands.map((band) => t('whatif.effect.band', { time: limit(band.minutes), change: signedPeople(band.people) })).join(t('value.separator'))),
            villages(change.lost, 'lost'),
            villages(change.gained, 'gained'),
            el('div', { class: 'effect-tools' },
                el('button', {
                    type: 'button', class: 'button', id: 'swipe-toggle', 'aria-pressed': String(hasSwipe),
                    onclick: () => {
                        circle.state.adjust({ swipe: hasSwipe ? null : 50 });
                        drawEffect();
                        drawSwipe();
                        /** @type {HTMLElement | null} */ (document.getElementById(hasSwipe ? 'swipe-toggle' : 'swipe'))?.focus();
                    },
                }, icon('swipe', 16), t(hasSwipe ? 'swipe.off' : 'swipe.on')),
                el('span', { class: 'effect-signs' },
                    el('span', {}, plainSwatch((context) => tile(context, 'lost')), t('whatif.lostGround')),
                    el('span', {}, plainSwatch((context) => tile(context, 'gained')), t('whatif.gainedGround')))));
    }

    /**
     * @param {CanvasRenderingContext2D} context
     * @param {'lost' | 'gained'} kind
     */
    function tile(context, kind) {
        context.fillStyle = context.createPattern(changeTile(kind), 'repeat') ?? '#888888';
        context.fillRect(2, 3, 24, 14);
    }

    /** @param {Effect} change */
    function effectSentence(change) {
        const of = now();
        const closes = of.changes.some(isClosure);
        const turns = of.changes.some(isStationChange);
        const slows = of.changes.some((one) => one.kind === 'factor' || one.kind === 'preset');
        const cause = of.after || Number(closes) + Number(turns) + Number(slows) !== 1 ? 'mixed' : closes ? 'closed' : turns ? 'stations' : 'slower';
        const lost = change.lost.length;
        const gained = change.gained.length;
        const villagesMoved = lost && gained ? t('whatif.effect.bothWays', { lost: number(lost), gained: number(gained) })
            : lost ? t('whatif.effect.lost', { n: number(lost) }) : gained ? t('whatif.effect.gained', { n: number(gained) }) : '';
        const size = change.people === null ? '' : people(Math.abs(change.people));
        const what = change.people === null ? t('whatif.effect.ground', { area: signedArea(change.areaSquareMetres) })
            : change.people === 0 && !lost && !gained ? t('whatif.effect.same', { area: signedArea(change.areaSquareMetres) })
                : t(change.people < 0 ? 'whatif.effect.fewer' : change.people > 0 ? 'whatif.effect.more' : 'whatif.effect.equal', { people: size, villages: villagesMoved });
        return t('whatif.effect.' + cause, { what });
    }

    /** @param {number} squareMetres */
    function signedArea(squareMetres) {
        const words = area(Math.abs(squareMetres));
        return t(squareMetres < 0 ? 'whatif.areaLess' : 'whatif.areaMore', { area: words });
    }

    /** @param {number | null} value */
    function signedPeople(value) {
        if (value === null) return t('value.unknown');
        return value === 0 ? t('whatif.unchanged') : (value < 0 ? '−' : '+') + people(Math.abs(value));
    }

    /**
     * @param {Uncovered[]} list
     * @param {'lost' | 'gained'} kind
     */
    function villages(list, kind) {
        if (!list.length) return null;
        return el('section', { class: 'effect-villages effect-' + kind },
            el('h4', {}, t('whatif.villages.' + kind), el('span', { class: 'quiet' }, ' ' + number(list.length))),
            el('ul', {}, list.slice(0, MOST_VILLAGES).map((village) => el('li', {},
                el('button', { type: 'button', class: 'village', 'data-effect-village': village.id, onclick: () => { circle.onVillage(village); } },
                    el('span', { class: 'village-name' }, data(village.name)),
                    el('span', { class: 'village-people' }, people(village.people)),
                    kind === 'lost' && el('span', { class: 'village-reason quiet' }, village.reasonText ?? village.reason ?? t('value.unknown')),
                    kind === 'lost' && el('span', { class: 'village-time' }, village.seconds === null ? t('coverage.noWay') : travelTime(village.seconds)))))),
            list.length > MOST_VILLAGES && el('p', { class: 'quiet small' }, t('whatif.villages.more', { n: number(list.length - MOST_VILLAGES) })));
    }

    void loadRoadWords();

    return {
        draw() {
            if (now().changes.some(isStationChange)) void loadStations();
            draw();
        },

        /** A new answer is there: only what depends on it. */
        answered() {
            drawEffect();
            drawMap();
        },

        /** The stored scenarios may have changed. */
        reload: () => void stored.load(),

        again() {
            void loadRoadWords().then(draw);
        },

        /** @param {boolean} old */
        fade(old) {
            swipe.fade(old);
        },

        /**
         * A click on the map.
         *
         * @param {LonLat} at
         * @returns {boolean} whether it was meant for a tool
         */
        onClick(at) {
            if (map.isDrawing()) return true;
            if (tool === 'station') {
                const station = map.stationAt(at);
                if (station) toggleStation(station);
                else addStation(at);
                return true;
            }
            if (tool === 'point' || tool === 'barrier' || tool === 'flood') {
                const change = changeAt(tool, at);
                use(null);
                commit(plus(change), circle.whatIf().changes.length);
                return true;
            }
            return false;
        },

        /** @param {string[]} ids of roads that are closed too */
        closeRoads(ids) {
            commit(plus({ kind: 'roads', ids }), circle.whatIf().changes.length);
        },

        /** @returns {import('../legend.js').Explained[]} the signs that are on the map now */
        legend: () => signs.split(' ').filter(Boolean).map((kind) => ({ swatch: signSwatch(kind), sign: true, words: t('legend.' + kind) })),

        /** What changed between the answers, in one sentence; empty where nothing did. */
        sentence() {
            const answers = circle.answers();
            return answers?.before && !changesNothing(now()) ? effectSentence(effect(answers.before, answers.answer)) : '';
        },

        /** Another question, or none: what was dragged is over. */
        reset() {
            draft = null;
            use(null);
        },
    };
}

/** @param {string} kind as the map draws it: a closed road, a village lost (diamond) or gained (square) */
function signSwatch(kind) {
    return plainSwatch((context) => {
        if (kind === 'closed') {
            for (const [colour, width, dash] of /** @type {const} */ ([['--danger', 6, []], ['--paper', 2.5, [2, 5]]])) {
                context.strokeStyle = token(colour);
                context.lineWidth = width;
                context.setLineDash([...dash]);
                context.beginPath();
                context.moveTo(2, 10);
                context.lineTo(26, 10);
                context.stroke();
            }
            return;
        }
        context.translate(14, 10);
        if (kind === 'lost') context.rotate(Math.PI / 4);
        context.fillStyle = token(kind === 'lost' ? '--lost' : '--gained');
        context.fillRect(-5.5, -5.5, 11, 11);
    });
}

/**
 * @typedef {object} Effect after minus before
 * @property {number | null} people within the widest band
 * @property {number} areaSquareMetres
 * @property {Uncovered[]} lost inside before, outside after
 * @property {Uncovered[]} gained
 * @property {{minutes: number, people: number | null}[]} bands
 */

/**
 * @param {CircleAnswer} before
 * @param {CircleAnswer} after
 * @returns {Effect}
 */
export function effect(before, after) {
    const outBefore = new Set(before.uncovered.map((one) => one.id));
    const outAfter = new Set(after.uncovered.map((one) => one.id));
    const peopleIn = (/** @type {CircleAnswer} */ answer, /** @type {number} */ minutes) => answer.bands.features.find((one) => one.properties.minutes === minutes)?.properties.people ?? null;
    return {
        people: less(after.covered.people, before.covered.people),
        areaSquareMetres: after.covered.areaSquareMetres - before.covered.areaSquareMetres,
        lost: after.uncovered.filter((one) => !outBefore.has(one.id)),
        gained: before.uncovered.filter((one) => !outAfter.has(one.id)),
        bands: before.bands.features.map((one) => Number(one.properties.minutes)).sort((a, b) => a - b)
            .map((minutes) => ({ minutes, people: less(peopleIn(after, minutes), peopleIn(before, minutes)) })),
    };
}

/**
 * @param {number | null} a
 * @param {number | null} b
 */
function less(a, b) {
    return a === null || b === null ? null : a - b;
}
