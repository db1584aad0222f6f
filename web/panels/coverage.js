/**
 * The rescue circle: asks where help reaches, and says the answer in words, on the map and in tables.
 *
 * @typedef {import('../api.js').Info} Info
 * @typedef {import('../api.js').LayerInfo} LayerInfo
 * @typedef {import('../api.js').Attribute} Attribute
 * @typedef {import('../api.js').GeoFeature} GeoFeature
 * @typedef {import('../api.js').CircleAnswer} CircleAnswer
 * @typedef {import('../api.js').CircleInputs} CircleInputs
 * @typedef {import('../api.js').Uncovered} Uncovered
 * @typedef {import('../state.js').StateStore} StateStore
 * @typedef {import('../state.js').Question} Question
 * @typedef {import('../state.js').Condition} Condition
 * @typedef {import('../map.js').AnquanMap} AnquanMap
 * @typedef {import('../table.js').Table} Table
 * @typedef {import('../whatif.js').WhatIf} WhatIf
 * @typedef {import('../map.js').Hit} Hit
 *
 * @typedef {object} Result
 * @property {Question} question
 * @property {WhatIf} whatIf
 * @property {CircleAnswer | null} before the answer without the changes; null where there are none
 * @property {CircleAnswer} answer with the changes
 * @property {Record<string, string>} names of the stations by id
 * @property {GeoFeature[]} whole the area of the county
 */

import { fetchAttributes, fetchCircleLimits, fetchFeature, fetchItems, fetchScenario, isStop, Problem, processAsFile, runCircle } from '../api.js';
import { bandColour } from '../colours.js';
import { data, el, fill, icon, saveFile, say } from '../dom.js';
import { fromLocal, toLocal } from '../fields.js';
import { area, asOf, fixed, limit, metres, number, people, peopleInColumn, percent, travelTime, wholeMinutes } from '../format.js';
import { has, pick, t } from '../i18n.js';
import { paint, plainSwatch } from '../legend.js';
import { sheetButton } from '../paper.js';
import { asProblem, problemBox } from '../problem.js';
import { FIRST_QUESTION } from '../state.js';
import { changesNothing, fromScenario, fromText, NOTHING, toScenario, toText } from '../whatif.js';
import { conditionRows, picker, toCql2 } from './filter.js';
import { effect, whatIfSection } from './scenario.js';
import { NOW } from './stored.js';
import { createTimeline } from './timeline.js';
import { createRankMap } from '../rankmap.js';
import { token } from '../whatifmap.js';
import { arrivals } from './arrivals.js';
import { slowQuestions } from './critical.js';

const USUAL_MINUTES = [15, 30, 60];
/** Layers whose places can send help, most usual first. */
const SENDERS = ['rescue_station', 'team', 'hospital', 'warehouse', 'helipad', 'shelter'];
const LIST_LENGTH = 30;
/** Tables that are asked for when they are opened. */
const BACKUP_TABLES = ['backup', 'second'];

/** An answer that takes longer than this while something is dragged is given up for the newest place; milliseconds. */
const LONGEST_LIVE = 700;
/** But none is given up that takes no more than so many times as long as the last: a slow service still answers. */
const PATIENCE = 2;
/** Files that the service makes of an answer; a raster holds one answer, the others also before and after. */
const FILES = [
    { id: 'excel', type: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet', ending: '.xlsx', compares: true },
    { id: 'geopackage', type: 'application/geopackage+sqlite3', ending: '.gpkg', compares: true },
    { id: 'geotiff', type: 'image/tiff', ending: '.tif', compares: false },
];

/** From when on the old picture is greyed while something is dragged; milliseconds. */
const GREY_AFTER = 120;

/**
 * @param {HTMLElement} root
 * @param {object} page
 * @param {() => Info} page.info
 * @param {StateStore} page.state
 * @param {AnquanMap} page.map
 * @param {() => string} page.county
 * @param {() => import('../colours.js').Theme} page.theme
 * @param {() => void} page.onResult when the answer, or how it is drawn, has changed
 * @param {() => void} page.onMarks when other kinds of signs are on the map
 * @param {(key: string) => void} page.openTable
 * @param {(village: Uncovered) => void} page.onVillage
 * @param {() => boolean} page.live whether something is closed or slower at this hour
 */
export function coveragePanel(root, page) {
    /** @type {Question} */
    let draft = { ...(page.state.get().question ?? FIRST_QUESTION) };
    /** @type {WhatIf} */
    let whatIf = page.state.get().question ? fromText(page.state.get().whatIf) : NOTHING;
    /** @type {Condition[]} */
    let conditions = [];
    let expert = draft.filter !== '';
    /** @type {Attribute[]} */
    let attributes = [];
    /** @type {Result | null} */
    let result = null;
    /** The question that is being answered or was answered last. */
    /** @type {Question | null} */
    let asked = null;
    /** @type {AbortController | null} */
    let running = null;
    let runningSince = 0;
    /** @type {unknown} */
    let failure = null;
    let stopped = false;
    let minutesWrong = '';
    /** @type {unknown} */
    let excelFailure = null;
    /** Until the service has said its own: what it cannot answer it refuses in words. */
    /** @type {Awaited<ReturnType<typeof fetchCircleLimits>>} */
    let limits = { profiles: ['fire_engine', 'car', 'foot'], mostMinutes: Infinity, mostTimes: Infinity, air: null };
    fetchCircleLimits().then((found) => { limits = found; drawForm(); }, () => {});

    const intro = el('p', { class: 'quiet intro' });
    const form = el('form', { class: 'form', onsubmit: (/** @type {Event} */ event) => { event.preventDefault(); submit(); } });
    const status = el('div', { class: 'status' });
    const whatIfBox = el('section', { class: 'whatif', hidden: true });
    const headBox = el('div', { class: 'answer answer-head' });
    const answerBox = el('div', { class: 'answer' });
    const whoBox = el('section', { class: 'whatif who', hidden: true });
    const slowBox = el('section', { class: 'whatif slow-box', hidden: true });
    root.append(intro, form, status, headBox, whoBox, whatIfBox, answerBox, slowBox);
    const what = whatIfSection(whatIfBox, {
        info: page.info, state: page.state, map: page.map,
        question: () => asked ?? draft,
        whatIf: () => whatIf,
        answers: () => result,
        live,
        commit: (wanted) => {
            // Known before the address says it: else what listens to the address asks the same a second time.
            whatIf = wanted;
            page.state.set({ whatIf: toText(wanted) });
            takeWhatIf(wanted);
        },
        onVillage: page.onVillage,
        body: async (of) => {
            const scenario = await scenarioAfter(of);
            return typeof scenario === 'string' ? fetchScenario(scenario) : scenario ?? {};
        },
        storedChanged: () => dispatchEvent(new Event('anquan-scenarios')),
        legendChanged: () => page.onMarks(),
    });
    const timeline = createTimeline({
        minutes: () => result?.question.minutes ?? null,
        mostTimes: () => (Number.isFinite(limits.mostTimes) ? limits.mostTimes : 12),
        ask: async (minutes, signal) => {
            const of = /** @type {Result} */ (result);
            return runCircle(inputsOf({ ...of.question, minutes }, await scenarioAfter(of.whatIf)), signal);
        },
        at: () => page.state.get().slide,
        move: (at) => page.state.adjust({ slide: at }),
        changed: showOnMap,
        percentOf: (inside) => {
            const total = result && totalPeople(result.answer);
            return percent(total && inside !== null ? inside / total : null);
        },
    });
    const ranks = createRankMap(page.map, () => page.onMarks());
    const who = arrivals(whoBox, {
        map: ranks,
        place: () => page.state.get().who,
        move: (place) => page.state.set({ who: place }),
        goTo: (geometry) => page.map.goTo({ geometry, properties: {} }, 14),
        asked: async () => (result ? { inputs: inputsOf({ ...result.question, air: null }, await scenarioAfter(result.whatIf)) } : null),
        withoutAir: () => Boolean(result?.question.air),
    });
    const slow = slowQuestions(slowBox, {
        map: ranks, info: page.info,
        minutes: () => Math.max(...(result?.question.minutes ?? draft.minutes)),
        inputs: async () => (result ? inputsOf(result.question, await scenarioAfter(result.whatIf)) : inputsOf(draft)),
        air: () => Boolean((result?.question ?? draft).air) && (result?.question ?? draft).direction === 'from',
        asked: (text) => (text ? page.state.set({ together: text }) : page.state.adjust({ together: '' })),
        goTo: (place) => page.map.flyTo(place.lon, place.lat, 13),
        goToLine: (geometry) => page.map.goTo({ geometry, properties: {} }, 13),
        close: ({ roads }) => what.closeRoads(roads),
        senders: () => senders().map((layer) => ({ id: layer.id, title: pick(layer.title) })),
        showTogether: (answer) => {
            if (together === answer) return;
            together = answer;
            page.onResult();
        },
    });
    page.state.onChange((now, before) => {
        if (String(now.who) !== String(before.who)) void who.ask();
        // Back, or a link: the address says another what-if.
        if (now.question && now.whatIf !== toText(whatIf)) takeWhatIf(fromText(now.whatIf));
    });

    addEventListener('keydown', (event) => {
        if (event.key !== 'Enter' || !(event.ctrlKey || event.metaKey) || page.state.get().panel !== 'coverage') return;
        event.preventDefault();
        submit();
    });

    // ---- the question -------------------------------------------------------------------------------------------

    function senders() {
        const points = page.info().layers.filter((layer) => layer.geometry === 'point' && layer.count > 0);
        const known = SENDERS.flatMap((id) => points.find((layer) => layer.id === id) ?? []);
        const others = points.filter((layer) => layer.group === 'resource' && !known.includes(layer));
        const named = points.find((layer) => layer.id === draft.layer);
        return [...new Set([...known, ...others, ...(named ? [named] : [])])];
    }

    async function loadAttributes() {
        const layer = draft.layer;
        try {
            const found = await fetchAttributes(layer);
            if (layer === draft.layer) attributes = found;
        } catch {
            // Without the list of attributes there are no conditions to pick; all stations and CQL2 still work.
            if (layer === draft.layer) attributes = [];
        }
        drawForm();
    }

    /** @param {Partial<Question>} part */
    function change(part) {
        draft = { ...draft, ...part };
        failure = null;
        drawForm();
        drawStatus();
    }

    function drawForm() {
        if (!senders().length) return fill(form, emptyState());
        const active = document.activeElement;
        const focused = active instanceof HTMLElement && form.contains(active) ? active.dataset.focus : undefined;
        const wrong = (/** @type {string} */ what) => mistakesAt(what).map((words) => el('p', { class: 'mistake', role: 'alert' }, words));
        const filterBox = el('div', { class: 'conditions' });
        if (!expert) {
            conditionRows(filterBox, conditions, attributes, () => {
                draft = { ...draft, filter: toCql2(conditions, attributes) };
                drawStatus();
            });
        }
        fill(form,
            field(t('coverage.stations'), picker(t('coverage.stations'), senders().map((layer) => ({ value: layer.id, title: `${pick(layer.title)} (${number(layer.count)})` })), draft.layer, (value) => {
                conditions = [];
                expert = false;
                change({ layer: value, filter: '' });
                void loadAttributes();
            }), wrong('layer')),
            el('div', { class: 'field' },
                filterBox,
                !expert && wrong('filter'),
                expertBox(wrong)),
            el('fieldset', { class: 'field' }, el('legend', {}, t('coverage.minutes')), minutesBox(),
                minutesWrong ? el('p', { class: 'mistake', role: 'alert', id: 'minutes-wrong' }, minutesWrong) : wrong('minutes')),
            el('div', { class: 'field-row' },
                field(t('coverage.profile'), picker(t('coverage.profile'), limits.profiles.map((one) => ({ value: one, title: profileName(one) })), draft.profile, (value) => change({ profile: value })), wrong('profile')),
                field(t('coverage.direction'), picker(t('coverage.direction'), ['from', 'to'].map((one) => ({ value: one, title: t('coverage.direction.' + one) })), draft.direction, (value) => change({ direction: value })), wrong('direction'))),
            draft.direction === 'from' && el('label', { class: 'check' },
                el('input', { type: 'checkbox', checked: draft.turnout, 'data-focus': 'turnout', onchange: (/** @type {Event} */ event) => change({ turnout: /** @type {HTMLInputElement} */ (event.currentTarget).checked }) }),
                el('span', {}, t('coverage.turnout'), el('small', { class: 'quiet' }, t('coverage.turnout.help')))),
            wrong('turnout'),
            airBox(), wrong('helicopters'),
            el('div', { class: 'run-row' },
                el('button', { class: 'button primary run', title: t('coverage.run.key'), id: 'run' }, icon('play', 16), t('coverage.run')),
                result && el('button', { type: 'button', class: 'button quiet-button', onclick: clear }, t('coverage.clear'))));
        if (focused) /** @type {HTMLElement | null} */ (form.querySelector(`[data-focus="${focused}"]`))?.focus();
    }

    /** Helicopters beside the stations: whether, how soon they start, how fast they fly, and when. */
    function airBox() {
        const pads = page.info().layers.find((layer) => layer.id === 'helipad')?.count ?? 0;
        const { air } = draft;
        if (draft.direction !== 'from' || (!air && (!pads || !limits.air))) return null;
        const take = (/** @type {Partial<import('../state.js').Air>} */ part) => {
            draft = { ...draft, air: { ...(draft.air ?? /** @type {import('../state.js').Air} */ (limits.air)), ...part } };
            drawStatus();
        };
        const input = (/** @type {'launchMinutes' | 'speedKmh'} */ key, /** @type {number} */ value) => {
            const control = el('input', { class: 'input', type: 'number', min: '0', id: 'air-' + key, 'data-focus': key, oninput: () => take({ [key]: Number(control.value) || 0 }) });
            control.value = String(value);
            return el('label', { class: 'field' }, el('span', {}, t('air.' + key)), control);
        };
        const time = el('input', { class: 'input', type: 'datetime-local', id: 'air-at', 'data-focus': 'air-at', onchange: () => take({ at: time.value ? fromLocal(time.value) : '' }) });
        time.value = air?.at ? toLocal(air.at) : '';
        return el('div', { class: 'air' },
            el('label', { class: 'check' },
                el('input', { type: 'checkbox', checked: air !== null, id: 'air', 'data-focus': 'air', onchange: () => change({ air: air ? null : limits.air }) }),
                el('span', {}, t('air.title'), el('small', { class: 'quiet' }, t('air.help', { n: number(pads) })))),
            air && el('div', { class: 'field-row' }, input('launchMinutes', air.launchMinutes), input('speedKmh', air.speedKmh)),
            air && el('label', { class: 'field' }, el('span', {}, t('air.at')), time, el('small', { class: 'quiet' }, t('air.at.help'))));
    }

    /** Nothing to ask from yet: what to do first. */
    function emptyState() {
        const [before, after] = t('coverage.empty.how').split('{command}');
        return el('div', { class: 'empty' }, el('strong', {}, t('coverage.empty')),
            el('p', {}, before, el('code', {}, 'bin/run import layer rescue_station stations.csv'), after));
    }

    /** @param {(what: string) => Element[]} wrong */
    function expertBox(wrong) {
        const area = el('textarea', {
            class: 'input code', rows: 2, spellcheck: false, 'aria-label': t('coverage.filter.expert'), 'data-focus': 'cql2',
            'aria-invalid': mistakesAt('filter').length > 0 ? 'true' : null,
            oninput: () => {
                draft = { ...draft, filter: area.value };
                drawStatus();
            },
        });
        area.value = draft.filter;
        const box = el('details', {
            class: 'expert', open: expert,
            ontoggle: () => {
                if (box.open === expert) return;
                expert = box.open;
                if (!expert) draft = { ...draft, filter: toCql2(conditions, attributes) };
                drawForm();
                drawStatus();
            },
        }, el('summary', {}, t('coverage.filter.expert')), area, expert && wrong('filter'), el('p', { class: 'quiet small' }, ...helpWithExample()));
        return box;
    }

    function helpWithExample() {
        const listed = attributes.find((one) => one.values.length);
        const example = listed ? `${listed.name} = '${listed.values[0].value}'` : "name LIKE '%…%'";
        const [before, after] = t('coverage.filter.expert.help').split('{example}');
        return [before, el('code', {}, example), after];
    }

    function minutesBox() {
        const own = draft.minutes.filter((one) => !USUAL_MINUTES.includes(one));
        const all = [...USUAL_MINUTES, ...own].sort((a, b) => a - b);
        const input = el('input', {
            class: 'input minutes-own', inputmode: 'numeric', placeholder: t('coverage.minutes.add'), 'aria-label': t('coverage.minutes.add'), 'data-focus': 'minutes-own',
            'aria-describedby': minutesWrong ? 'minutes-wrong' : null, 'aria-invalid': minutesWrong ? 'true' : null,
            onkeydown: (/** @type {KeyboardEvent} */ event) => {
                if (event.key !== 'Enter' || event.ctrlKey || event.metaKey || input.value.trim() === '') return;
                event.preventDefault();
                addMinutes(input.value);
            },
        });
        return el('div', { class: 'chips' },
            all.map((one) => {
                const is = draft.minutes.includes(one);
                return el('button', {
                    type: 'button', class: 'chip', 'aria-pressed': String(is), 'data-focus': 'minutes-' + one,
                    onclick: () => {
                        minutesWrong = '';
                        change({ minutes: is ? draft.minutes.filter((other) => other !== one) : [...draft.minutes, one].sort((a, b) => a - b) });
                    },
                }, limit(one));
            }),
            el('span', { class: 'minutes-add' }, input,
                el('button', { type: 'button', class: 'icon-button', 'aria-label': t('coverage.minutes.addButton'), title: t('coverage.minutes.addButton'), onclick: () => addMinutes(input.value) }, icon('plus'))));
    }

    /** @param {string} given */
    function addMinutes(given) {
        const value = Number(given.trim());
        minutesWrong = '';
        if (given.trim() === '' || !Number.isInteger(value) || value < 1 || value > limits.mostMinutes) {
            minutesWrong = Number.isFinite(limits.mostMinutes)
                ? t('coverage.minutes.wrong', { min: 1, max: number(limits.mostMinutes), given: given.trim() })
                : t('coverage.minutes.notWhole', { given: given.trim() });
        } else if (draft.minutes.length >= limits.mostTimes && !draft.minutes.includes(value)) {
            minutesWrong = t('coverage.minutes.many', { max: limits.mostTimes });
        }
        if (minutesWrong) drawForm();
        else change({ minutes: [...new Set([...draft.minutes, value])].sort((a, b) => a - b) });
        /** @type {HTMLElement | null} */ (form.querySelector('[data-focus="minutes-own"]'))?.focus();
    }

    /**
     * What the service said of one input.
     *
     * @param {string} what layer, filter, minutes …
     */
    function mistakesAt(what) {
        return failure === null ? [] : asProblem(failure).mistakes.filter((one) => belongsTo(one.where, what)).map((one) => one.what);
    }

    // ---- asking -------------------------------------------------------------------------------------------------

    function submit() {
        if (!draft.minutes.length) {
            minutesWrong = t('coverage.minutes.none');
            drawForm();
            return;
        }
        minutesWrong = '';
        const question = { ...draft, filter: draft.filter.trim() };
        // What is closed at this hour counts in every new question; one can take it away.
        if (!asked && changesNothing(whatIf) && !whatIf.before && page.live()) whatIf = { ...NOTHING, before: NOW };
        void run(question);
        page.state.set({ question, whatIf: toText(whatIf) });
    }

    /** @param {WhatIf} wanted */
    function takeWhatIf(wanted) {
        slow.forget();
        whatIf = wanted;
        what.draw();
        if (asked) void run(asked, true);
    }

    /**
     * Both answers of a what-if. The one before is kept while only the changes move.
     *
     * @param {Question} question
     * @param {WhatIf} of
     * @param {CircleAnswer | null} kept the answer before, where it is known
     * @param {AbortSignal} signal
     * @returns {Promise<{before: CircleAnswer | null, answer: CircleAnswer}>}
     */
    async function askBoth(question, of, kept, signal) {
        const before = kept ?? runCircle(inputsOf(question, of.before || null), signal);
        if (changesNothing(of)) return { before: null, answer: await before };
        const [first, answer] = await Promise.all([before, scenarioAfter(of).then((scenario) => runCircle(inputsOf(question, scenario), signal))]);
        return { before: first, answer };
    }

    /**
     * The answer without the changes, where the last question was the same.
     *
     * @param {Question} question
     * @param {WhatIf} of
     */
    function knownBefore(question, of) {
        if (!result || !sameQuestion(question, result.question) || result.whatIf.before !== of.before) return null;
        return changesNothing(result.whatIf) ? result.answer : result.before;
    }

    /** What is being dragged, and not asked yet. */
    /** @type {WhatIf | null} */
    let waiting = null;
    /** @type {AbortController | null} */
    let liveRunning = null;
    let liveSince = 0;
    /** How long the last one took, or was waited for. */
    let liveTook = 0;
    /** The text of the what-if that the picture shows, where it was made while dragging. */
    let liveShown = '';

    /**
     * While something is dragged: the newest place is asked as soon as the answer before it is there; an answer that
     * takes long is given up.
     *
     * @param {WhatIf} wanted
     */
    function live(wanted) {
        if (!asked) return;
        running?.abort();
        running = null;
        waiting = wanted;
        if (!liveRunning) void liveAsk(asked);
        else if (performance.now() - liveSince > Math.max(LONGEST_LIVE, PATIENCE * liveTook)) {
            liveTook = performance.now() - liveSince;
            liveRunning.abort();
        }
    }

    /** @param {Question} question */
    async function liveAsk(question) {
        while (waiting) {
            const mine = waiting;
            waiting = null;
            const control = new AbortController();
            liveRunning = control;
            liveSince = performance.now();
            const grey = setTimeout(() => fade(true), GREY_AFTER);
            try {
                const both = await askBoth(question, mine, knownBefore(question, mine), control.signal);
                if (liveRunning !== control || question !== asked || !result) return;
                result = { ...result, question, whatIf: mine, ...both };
                liveTook = performance.now() - liveSince;
                liveShown = toText(mine);
                showOnMap();
                drawHead(result);
                what.answered();
                whatIfBox.dataset.answered = String(Math.round(performance.now() - liveSince));
            } catch (error) {
                // A wrong place is said when it is let go; while it moves the next one may be right.
                if (!isStop(error)) console.info('what-if', error);
            } finally {
                clearTimeout(grey);
                if (!waiting) fade(false);
            }
        }
        liveRunning = null;
    }

    function stopLive() {
        waiting = null;
        liveRunning?.abort();
        liveRunning = null;
    }

    /** @param {boolean} old */
    function fade(old) {
        page.map.fadeCircle(old);
        what.fade(old);
    }

    /** Several kinds together: while it is there, the map shows it in the place of the circle. */
    /** @type {CircleAnswer | null} */
    let together = null;

    /** The answer on the map, up to where the time slider stands. */
    function showOnMap() {
        if (!result) return page.map.showCircle(null);
        const { answer, whole, names, question } = result;
        if (together) return page.map.showCircle({ answer: together, whole, names: {}, shading: 'bands' });
        const bands = timeline.bands();
        page.map.showCircle(bands
            ? { answer: { ...answer, bands }, whole, names, shading: 'bands', minutes: question.minutes }
            : { answer, whole, names, shading: page.state.get().shading });
    }

    /**
     * @param {Question} question
     * @param {boolean} [onlyChanges] the same question under other changes: the answer before them is kept
     */
    async function run(question, onlyChanges = false) {
        running?.abort();
        stopLive();
        const mine = new AbortController();
        running = mine;
        asked = question;
        runningSince = performance.now();
        failure = null;
        excelFailure = null;
        stopped = false;
        fade(true);
        drawForm();
        const clock = setInterval(drawStatus, 250);
        drawStatus();
        try {
            const of = whatIf;
            const alreadyThere = onlyChanges && result && liveShown === toText(of) && liveShown === toText(result.whatIf) && sameQuestion(question, result.question);
            const kept = onlyChanges ? knownBefore(question, of) : null;
            const [both, whole] = await Promise.all([alreadyThere && result ? result : askBoth(question, of, kept, mine.signal), countyArea(page.info())]);
            if (running !== mine) return;
            const names = Object.fromEntries([...(both.before?.areas.features ?? []), ...both.answer.areas.features].map((one) => [String(one.properties.facilityId), String(one.properties.name)]));
            result = { question, whatIf: of, before: both.before, answer: both.answer, names, whole };
            liveShown = '';
            together = null;
            running = null;
            timeline.answered();
            say([what.sentence(), sentence(result)].join(' '));
        } catch (error) {
            if (running !== mine) return;
            running = null;
            if (isStop(error)) stopped = true;
            else failure = error;
        } finally {
            clearInterval(clock);
        }
        fade(false);
        drawForm();
        drawStatus();
        drawAnswer();
        page.onResult();
        what.draw();
        if (page.state.get().who) void who.ask();
        if (result && !stopped && failure === null) {
            const { table, together } = page.state.get();
            if (BACKUP_TABLES.includes(table)) void openBackup(table);
            if (together) slow.follow(together);
        }
        if (onlyChanges) return;
        if (failure !== null) form.querySelector('.mistake')?.scrollIntoView({ block: 'nearest' });
        else if (result && !stopped) headBox.scrollIntoView({ block: 'start' });
    }

    function clear() {
        running?.abort();
        running = null;
        asked = null;
        result = null;
        failure = null;
        stopped = false;
        stopLive();
        timeline.stop();
        whatIf = NOTHING;
        what.reset();
        slow.forget();
        page.state.set({ whatIf: '', swipe: null, slide: null, who: null, together: '', question: null, table: page.state.get().table.startsWith('layer:') ? page.state.get().table : '' });
        drawForm();
        drawStatus();
        drawAnswer();
        page.onResult();
        what.draw();
    }

    function drawStatus() {
        const seconds = (performance.now() - runningSince) / 1000;
        const stale = result && !running && !sameQuestion(draft, result.question);
        fill(status,
            running && seconds > 0.1 && el('div', { class: 'running' },
                el('div', { class: 'progress', role: 'progressbar', 'aria-label': t('coverage.running', { n: '' }) }),
                el('div', { class: 'running-row' },
                    el('span', {}, t('coverage.running', { n: number(Math.floor(seconds)) })),
                    el('button', { type: 'button', class: 'button', id: 'stop', onclick: () => running?.abort() }, icon('stop', 16), t('coverage.stop')))),
            !running && stopped && el('p', { class: 'note' }, t(result ? 'coverage.stopped' : 'coverage.stopped.nothing')),
            !running && failure !== null && problemBox(failure, { without: (mistake) => PLACES.some((place) => belongsTo(mistake.where, place)) }),
            stale && failure === null && !stopped && el('p', { class: 'note' }, t('coverage.stale')));
        for (const box of [headBox, answerBox]) box.classList.toggle('old', Boolean(running || stale || (result && failure !== null)));
    }

    // ---- the answer ---------------------------------------------------------------------------------------------

    /** @param {Result} of */
    function sentence(of) {
        return sentenceParts(of).join('');
    }

    /**
     * The sentence in three parts: before the county's name, the name, after it.
     *
     * @param {Result} of
     */
    function sentenceParts(of) {
        const { covered, uncovered } = of.answer;
        const villages = covered.villagesTotal === 0 ? t('coverage.villages.unknown')
            : uncovered.length ? t('coverage.villages', { n: number(uncovered.length) }) : t('coverage.villages.none');
        const time = limit(Math.max(...of.question.minutes));
        const [before, after] = (covered.people === null
            ? t('coverage.sentence.peopleUnknown', { time, area: area(covered.areaSquareMetres), villages })
            : t('coverage.sentence', { time, people: people(covered.people), share: percent(covered.shareOfPeople), villages })).trim().split('{county}');
        return [before, page.county(), page.county() ? after : after.trim().replace(/^[,，]\s*/, '')];
    }

    /** Whoever asks where a figure comes from is led there. */
    function toHow() {
        const how = /** @type {HTMLDetailsElement | null} */ (answerBox.querySelector('.how'));
        if (!how) return;
        how.open = true;
        how.scrollIntoView({ block: 'nearest' });
        how.querySelector('summary')?.focus();
    }

    /** The sentence and the two figures: all that changes in words while something is dragged. */
    /** @param {Result} of */
    function drawHead(of) {
        const { answer } = of;
        fill(headBox,
            el('h3', { class: 'sentence', id: 'sentence' }, sentenceParts(of).map((part, i) => (i === 1 ? data(part) : part))),
            el('div', { class: 'figures' },
                el('button', { type: 'button', class: 'figure', title: t('coverage.covered.where'), onclick: toHow, 'data-figure': 'share' },
                    el('strong', {}, percent(answer.covered.shareOfPeople)),
                    el('span', {}, people(answer.covered.people), ' ', t('coverage.covered'))),
                el('button', { type: 'button', class: answer.uncovered.length ? 'figure bad' : 'figure good', title: t('coverage.openTable'), onclick: () => page.openTable('uncovered'), 'data-figure': 'uncovered' },
                    el('strong', {}, number(answer.uncovered.length)),
                    el('span', {}, t('coverage.outside')))));
    }

    function drawAnswer() {
        whatIfBox.hidden = slowBox.hidden = !result;
        if (!result) {
            fill(headBox);
            return fill(answerBox);
        }
        const of = result;
        const { answer } = of;
        drawHead(of);
        timeline.draw();
        fill(answerBox,
            answer.warnings.length > 0 && el('div', { class: 'warnings' }, icon('warn', 16),
                el('ul', { 'aria-label': t('coverage.warnings') }, answer.warnings.map((words) => el('li', {}, words)))),
            bandTable(of),
            shadingSwitch(),
            timeline.root,
            uncoveredList(answer),
            el('div', { class: 'downloads' },
                (answer.townships ?? []).length > 0 && el('button', { type: 'button', class: 'button quiet-button', id: 'townships', onclick: () => page.openTable('townships') }, icon('table', 16), t('sheet.townships')),
                el('button', { type: 'button', class: 'button quiet-button', id: 'backup', onclick: () => void openBackup('backup') }, icon('table', 16), t('sheet.backup')),
                (answer.lists ?? []).some((list) => list.places.length) && el('button', { type: 'button', class: 'button quiet-button', id: 'listed', onclick: () => page.openTable('listed') }, icon('table', 16), t('sheet.listed')),
                el('button', { type: 'button', class: 'button quiet-button', id: 'geojson', onclick: () => downloadGeoJson(of) }, icon('download', 16), t('coverage.geojson')),
                FILES.map((file) => el('button', { type: 'button', class: 'button quiet-button', id: file.id, onclick: (/** @type {MouseEvent} */ event) => void download(of, file, event) }, icon('download', 16), t('coverage.' + file.id))),
                sheetButton({
                    title: fileName(of),
                    about: async () => ({ process: 'rescue-circle', inputs: await inputsOfFile(of, of.before !== null) }),
                    layers: () => sheetLayers(page.info().layers.map((layer) => layer.id), page.state.get().layers, of.question.layer),
                })),
            excelFailure !== null && problemBox(excelFailure),
            howBox(of));
    }

    /** @param {Result} of */
    function bandTable(of) {
        const bands = sortedBands(of.answer);
        const total = totalPeople(of.answer);
        return el('table', { class: 'bands' },
            el('thead', {}, el('tr', {}, el('th', { scope: 'col' }, t('coverage.bands')), el('th', { scope: 'col', class: 'numeric' }, t('coverage.band.people')), el('th', { scope: 'col', class: 'numeric' }, t('coverage.band.share')), el('th', { scope: 'col', class: 'numeric' }, t('coverage.band.area')))),
            el('tbody', {}, bands.map((band, i) => el('tr', { 'data-minutes': band.properties.minutes },
                el('th', { scope: 'row' }, plainSwatch((context) => paint(context, bandColour(i, bands.length, page.theme()))), t('coverage.within', { time: limit(band.properties.minutes) })),
                el('td', { class: 'numeric' }, peopleInColumn(band.properties.people)),
                el('td', { class: 'numeric' }, percent(total && band.properties.people !== null ? band.properties.people / total : null)),
                el('td', { class: 'numeric' }, area(band.properties.areaSquareMetres))))));
    }

    function shadingSwitch() {
        const now = page.state.get().shading;
        return el('div', { class: 'shading', role: 'group', 'aria-label': t('coverage.shading') },
            el('span', { class: 'quiet' }, t('coverage.shading')),
            el('span', { class: 'segments' }, /** @type {('bands' | 'areas')[]} */ (['bands', 'areas']).map((one) => el('button', {
                type: 'button', class: 'segment', 'aria-pressed': String(one === now), 'data-shading': one,
                onclick: () => {
                    page.state.set({ shading: one });
                    /** @type {HTMLElement | null} */ (answerBox.querySelector(`[data-shading="${one}"]`))?.focus();
                },
            }, t('coverage.shading.' + one)))));
    }

    /** @param {CircleAnswer} answer */
    function uncoveredList(answer) {
        const villages = answer.uncovered;
        if (!villages.length) return el('p', { class: 'quiet' }, t('coverage.uncovered.none'));
        return el('section', { class: 'uncovered' },
            el('header', {}, el('h4', {}, t('coverage.uncovered'), el('span', { class: 'quiet' }, ' ' + number(villages.length))),
                el('button', { type: 'button', class: 'link', onclick: () => page.openTable('uncovered') }, t('coverage.openTable'))),
            el('ul', {}, villages.slice(0, LIST_LENGTH).map((village) => el('li', {},
                el('button', { type: 'button', class: 'village', 'data-village': village.id, onclick: () => page.onVillage(village) },
                    el('span', { class: 'village-name' }, data(village.name)),
                    el('span', { class: 'village-people' }, people(village.people)),
                    el('span', { class: 'village-reason quiet' }, village.reasonText ?? village.reason ?? t('value.unknown')),
                    el('span', { class: 'village-time' }, village.seconds === null ? t('coverage.noWay') : travelTime(village.seconds)))))),
            villages.length > LIST_LENGTH && el('button', { type: 'button', class: 'link', onclick: () => page.openTable('uncovered') }, t('coverage.uncovered.more', { n: number(villages.length - LIST_LENGTH) })));
    }

    /** @param {Result} of */
    function howBox(of) {
        const { answer, question } = of;
        const titleOf = (/** @type {string} */ id) => pick(page.info().layers.find((layer) => layer.id === id)?.title) || id;
        const term = (/** @type {string} */ name, /** @type {(Node | string | false)[]} */ ...words) => el('div', {}, el('dt', {}, name), el('dd', {}, ...words));
        const inputs = answer.inputs ?? {};
        const roads = answer.data?.roads;
        return el('details', { class: 'how' },
            el('summary', {}, t('coverage.how')),
            answer.data?.illustrative && el('p', { class: 'note' }, t('coverage.how.illustrative')),
            el('p', {}, t('coverage.how.method')),
            el('p', {}, t('coverage.how.people.' + (answer.covered.peopleFrom ?? 'villages'))),
            answer.accuracy && el('p', {}, t('coverage.how.accuracy', {
                samples: number(answer.accuracy.samples), share: percent(answer.accuracy.sameShare), seconds: number(answer.accuracy.maxErrorSeconds, 0),
            })),
            answer.accuracy?.villages !== undefined && el('p', {}, t('coverage.how.accuracy.villages', {
                villages: number(answer.accuracy.villages), n: number(answer.accuracy.villagesOnTheOtherSide ?? 0),
            })),
            Boolean(answer.covered.villagesPeopleUnknown) && el('p', {}, t('coverage.how.unknownPeople', { n: number(answer.covered.villagesPeopleUnknown ?? 0) })),
            el('h4', {}, t('coverage.how.data')),
            el('dl', { class: 'facts' },
                (answer.data?.layers ?? []).map((one) => term(titleOf(one.layer), t('coverage.how.layer', { n: number(one.count), version: one.version, asOf: asOf(one.asOf) }))),
                roads && term(t('coverage.how.roads'), ...roadsInWords(roads))),
            el('h4', {}, t('coverage.how.inputs')),
            el('dl', { class: 'facts' },
                term(t('coverage.stations'), titleOf(question.layer)),
                question.filter !== '' && term(t('coverage.filter'), el('code', {}, question.filter)),
                term(t('coverage.profile'), profileName(question.profile)),
                term(t('coverage.direction'), t('coverage.direction.' + question.direction)),
                question.direction === 'from' && term(t('coverage.turnout'), t(question.turnout ? 'value.yes' : 'value.no')),
                question.air && term(t('air.title'), t('air.value', { launch: number(question.air.launchMinutes), speed: number(question.air.speedKmh) }), question.air.at ? ', ' + asOf(question.air.at) : ''),
                inputs.offRoad && term(t('coverage.how.offRoad'), t('coverage.how.offRoadValue', { far: metres(inputs.offRoad.maxMetres), speed: number(inputs.offRoad.speedKmh, 1) })),
                inputs.offRoad && term(t('coverage.how.cell'), metres(inputs.offRoad.cellMetres)),
                term(t('coverage.how.time'), t('unit.milliseconds', { n: number(answer.computedMillis) }))));
    }

    // ---- who covers when the first is out -------------------------------------------------------------------------

    /** Asked when first looked at: it costs half as much again as the circle. */
    /** @type {{answer: CircleAnswer, backup: any} | null} */
    let known = null;

    /** @param {string} key of the table to open */
    async function openBackup(key) {
        if (!result) return;
        const { answer, question, whatIf: of } = result;
        if (known?.answer !== answer) {
            const button = /** @type {HTMLButtonElement | null} */ (answerBox.querySelector('#backup'));
            if (button) button.disabled = true;
            try {
                const { backup } = await runCircle({ ...inputsOf(question, await scenarioAfter(of)), backup: true });
                known = { answer, backup };
            } catch (error) {
                excelFailure = error;
                return drawAnswer();
            } finally {
                if (button) button.disabled = false;
            }
        }
        if (result?.answer !== answer) return;
        if (page.state.get().table === key) page.onResult();
        else page.openTable(key);
    }

    /**
     * @param {Result} of
     * @returns {Table[]}
     */
    function backupTables(of) {
        if (known?.answer !== of.answer || !known.backup) return [];
        const { stations, nearest } = known.backup;
        // All helicopters together are no station of the map.
        const named = (/** @type {string} */ id) => stations.find((/** @type {any} */ one) => one.facilityId === id)?.name ?? id;
        const inTime = (/** @type {any} */ one) => one.secondSeconds !== null && one.secondSeconds <= Math.max(...of.question.minutes) * 60;
        const name = (/** @type {string} */ key, /** @type {string} */ title, /** @type {(of: any) => string} */ show) => ({
            key, title, show: (/** @type {any} */ row) => show(row.of), value: (/** @type {any} */ row) => show(row.of), own: () => true,
        });
        const count = (/** @type {string} */ key, /** @type {string} */ title) => ({
            key, title, numeric: true,
            show: (/** @type {any} */ row) => numberOrUnknown(row.of[key]), value: (/** @type {any} */ row) => row.of[key] ?? null,
        });
        const minutes = (/** @type {string} */ key, /** @type {string} */ title) => ({
            key, title, numeric: true,
            show: (/** @type {any} */ row) => (row.of[key] === null ? t('coverage.noWay') : number(wholeMinutes(row.of[key]))),
            value: (/** @type {any} */ row) => (row.of[key] === null ? null : wholeMinutes(row.of[key])),
        });
        return [{
            key: 'backup',
            title: `${t('sheet.backup')} (${number(stations.length)})`,
            rows: stations.map((/** @type {any} */ one) => ({ id: one.facilityId, of: one })),
            columns: [
                name('name', t('coverage.station'), (one) => one.name),
                count('people', t('backup.people')),
                count('villages', t('coverage.villageCount')),
                count('losesPeople', t('backup.losesPeople')),
                count('losesVillages', t('backup.losesVillages')),
                name('takenOverBy', t('backup.takenOverBy'), (one) => one.takenOverBy.map((/** @type {any} */ by) => t('backup.taken', { name: by.name, people: people(by.people) })).join(t('value.separator')) || t(one.villages ? 'backup.nobody' : 'value.none')),
            ],
            onChoose: (row) => {
                const station = of.answer.areas.features.find((one) => String(one.properties.facilityId) === row.id);
                if (station) page.map.goTo(station, 12);
            },
        }, {
            key: 'second',
            title: `${t('sheet.second')} (${number(nearest.length)})`,
            rows: nearest.map((/** @type {any} */ one) => ({ id: one.id, of: one })),
            columns: [
                name('name', t('coverage.village'), (one) => one.name),
                count('people', t('coverage.people')),
                name('first', t('second.first'), (one) => named(one.firstFacilityId)),
                minutes('firstSeconds', t('second.firstMinutes')),
                name('second', t('second.second'), (one) => (one.secondFacilityId ? named(one.secondFacilityId) : t('value.none'))),
                minutes('secondSeconds', t('second.secondMinutes')),
                { key: 'inTime', title: t('second.inTime'), show: (row) => t(inTime(row.of) ? 'value.yes' : 'value.no'), value: (row) => t(inTime(row.of) ? 'value.yes' : 'value.no') },
            ],
            onChoose: (row) => void fetchFeature('village', row.id).then((feature) => page.map.goTo(feature, 13), () => {}),
        }];
    }

    // ---- files and tables ---------------------------------------------------------------------------------------

    /** @param {Result} of */
    function fileName(of) {
        return `${t('coverage.circle', { county: page.county(), time: limit(Math.max(...of.question.minutes)) })}`.replace(/[\\/:*?"<>|,]/g, ' ').trim();
    }

    /** @param {Result} of */
    function downloadGeoJson(of) {
        const { answer } = of;
        const parts = [
            ...answer.bands.features.map((one) => withPart(one, 'band')),
            ...answer.areas.features.map((one) => withPart(one, 'area')),
            ...answer.uncovered.map(({ lon, lat, ...properties }) => ({ type: 'Feature', id: properties.id, geometry: { type: 'Point', coordinates: [lon, lat] }, properties: { part: 'uncovered', ...properties } })),
        ];
        const { covered, accuracy, inputs, data: used, warnings } = answer;
        const collection = { type: 'FeatureCollection', features: parts, ...(of.before ? { change: effect(of.before, answer) } : {}), covered, accuracy, inputs, data: used, warnings };
        saveFile(new Blob([JSON.stringify(collection)], { type: 'application/geo+json' }), fileName(of) + '.geojson');
    }

    /**
     * @param {Result} of
     * @param {typeof FILES[number]} file
     * @param {MouseEvent} event
     */
    async function download(of, file, event) {
        const button = /** @type {HTMLButtonElement} */ (event.currentTarget);
        button.disabled = true;
        excelFailure = null;
        try {
            saveFile(await processAsFile('rescue-circle', await inputsOfFile(of, file.compares), file.type), fileName(of) + file.ending);
        } catch (error) {
            excelFailure = error;
        }
        button.disabled = false;
        if (excelFailure !== null) drawAnswer();
    }

    /** @returns {Table[]} of the answer that is on the map */
    function tables() {
        if (!result) return [];
        const of = result;
        return [uncoveredTable(of), stationTable(of), townshipTable(of), listedTable(of), ...backupTables(of)].filter((one) => one.rows.length > 0 || one.key === 'uncovered');
    }

    /**
     * @param {Result} of
     * @returns {Table}
     */
    function uncoveredTable(of) {
        return {
            key: 'uncovered',
            title: `${t('sheet.uncovered')} (${number(of.answer.uncovered.length)})`,
            rows: of.answer.uncovered.map((village) => ({ id: village.id, of: village })),
            columns: [
                { key: 'name', title: t('coverage.village'), show: (row) => row.of.name, value: (row) => row.of.name, own: () => true },
                { key: 'people', title: t('coverage.people'), numeric: true, show: (row) => numberOrUnknown(row.of.people), value: (row) => row.of.people ?? null },
                { key: 'minutes', title: t('coverage.minutesCol'), numeric: true, show: (row) => (row.of.seconds === null ? t('coverage.noWay') : number(wholeMinutes(row.of.seconds))), value: (row) => (row.of.seconds === null ? null : wholeMinutes(row.of.seconds)) },
                { key: 'reason', title: t('coverage.reason'), show: (row) => row.of.reasonText ?? row.of.reason ?? t('value.unknown'), value: (row) => row.of.reasonText ?? row.of.reason ?? null },
                { key: 'nearest', title: t('coverage.nearest'), show: (row) => (row.of.nearestFacilityId ? stationName(row.of.nearestFacilityId) : t('value.none')), value: (row) => (row.of.nearestFacilityId ? stationName(row.of.nearestFacilityId) : null), own: (row) => Boolean(row.of.nearestFacilityId) },
            ],
            onChoose: (row) => page.onVillage(row.of),
        };
    }

    /**
     * @param {Result} of
     * @returns {Table}
     */
    function stationTable(of) {
        const total = totalPeople(of.answer);
        return {
            key: 'stations',
            title: `${t('sheet.stations')} (${number(of.answer.areas.features.length)})`,
            rows: of.answer.areas.features.map((one) => ({ id: String(one.properties.facilityId), of: one.properties }))
                .sort((a, b) => (b.of.people ?? -1) - (a.of.people ?? -1)),
            columns: [
                { key: 'name', title: t('coverage.station'), show: (row) => stationName(row.id), value: (row) => stationName(row.id), own: () => true },
                { key: 'people', title: t('coverage.people'), numeric: true, show: (row) => numberOrUnknown(row.of.people), value: (row) => row.of.people ?? null },
                { key: 'share', title: t('coverage.share'), numeric: true, show: (row) => (total && row.of.people !== null ? fixed((row.of.people / total) * 100, 1) : t('value.unknown')), value: (row) => (total && row.of.people !== null ? Math.round((row.of.people / total) * 1000) / 10 : null) },
                { key: 'area', title: t('coverage.area'), numeric: true, show: (row) => fixed(row.of.areaSquareMetres / 1e6, 1), value: (row) => Math.round(row.of.areaSquareMetres / 1e5) / 10 },
            ],
            onChoose: (row) => {
                const station = of.answer.areas.features.find((one) => String(one.properties.facilityId) === row.id);
                if (station) page.map.goTo(station, 14);
            },
        };
    }

    /**
     * @param {Result} of
     * @returns {Table}
     */
    function townshipTable(of) {
        const count = (/** @type {string} */ key, /** @type {string} */ title) => ({
            key, title, numeric: true,
            show: (/** @type {any} */ row) => numberOrUnknown(row.of[key]), value: (/** @type {any} */ row) => row.of[key] ?? null,
        });
        return {
            key: 'townships',
            title: `${t('sheet.townships')} (${number(of.answer.townships?.length ?? 0)})`,
            rows: (of.answer.townships ?? []).map((one) => ({ id: one.id, of: one })),
            columns: [
                { key: 'name', title: t('coverage.township'), show: (row) => row.of.name, value: (row) => row.of.name, own: () => true },
                count('people', t('coverage.people')),
                count('peopleUncovered', t('coverage.peopleOutside')),
                { key: 'share', title: t('coverage.share'), numeric: true, show: (row) => (row.of.shareOfPeople === null ? t('value.unknown') : fixed(row.of.shareOfPeople * 100, 1)), value: (row) => (row.of.shareOfPeople === null ? null : Math.round(row.of.shareOfPeople * 1000) / 10) },
                count('villages', t('coverage.villageCount')),
                count('villagesCovered', t('coverage.villagesInside')),
                { key: 'area', title: t('coverage.area'), numeric: true, show: (row) => fixed(row.of.coveredSquareMetres / 1e6, 1), value: (row) => Math.round(row.of.coveredSquareMetres / 1e5) / 10 },
                { key: 'latest', title: t('coverage.latest'), numeric: true, show: (row) => (row.of.latestSeconds === null ? t('value.unknown') : number(wholeMinutes(row.of.latestSeconds))), value: (row) => (row.of.latestSeconds === null ? null : wholeMinutes(row.of.latestSeconds)) },
            ],
            onChoose: (row) => void fetchFeature('township', row.id).then((feature) => page.map.goTo(feature), () => {}),
        };
    }

    /**
     * Hazard points, care sites and lifelines outside the circle.
     *
     * @param {Result} of
     * @returns {Table}
     */
    function listedTable(of) {
        const rows = (of.answer.lists ?? []).flatMap((list) => list.places.map((place) => ({ id: place.id, of: { ...place, kind: list.title } })));
        return {
            key: 'listed',
            title: `${t('sheet.listed')} (${number(rows.length)})`,
            rows,
            columns: [
                { key: 'kind', title: t('coverage.listed.kind'), show: (row) => row.of.kind, value: (row) => row.of.kind },
                { key: 'name', title: t('coverage.listed.name'), show: (row) => row.of.name, value: (row) => row.of.name, own: () => true },
                { key: 'people', title: t('coverage.people'), numeric: true, show: (row) => numberOrUnknown(row.of.people), value: (row) => row.of.people ?? null },
                { key: 'minutes', title: t('coverage.minutesCol'), numeric: true, show: (row) => (row.of.seconds === null ? t('coverage.noWay') : number(wholeMinutes(row.of.seconds))), value: (row) => (row.of.seconds === null ? null : wholeMinutes(row.of.seconds)) },
                { key: 'reason', title: t('coverage.reason'), show: (row) => row.of.reasonText ?? t('value.unknown'), value: (row) => row.of.reasonText ?? null },
            ],
            onChoose: (row) => page.map.flyTo(row.of.lon, row.of.lat, 13),
        };
    }

    /** @param {string | null | undefined} id */
    function stationName(id) {
        if (!id) return t('value.unknown');
        return result?.names[id] ?? id;
    }

    return {
        draw() {
            intro.textContent = t('coverage.intro');
            drawForm();
            drawStatus();
            drawAnswer();
            what.draw();
            who.draw();
            slow.draw();
            void loadAttributes();
        },

        /**
         * A click on the map while the circle's panel is open.
         *
         * @param {[number, number]} at lon, lat
         * @param {boolean} onFeature whether a sign of a layer lies under it, that has a pop-up of its own
         * @returns {boolean} whether it is dealt with
         */
        onClick(at, onFeature) {
            if (what.onClick(at)) return true;
            if (!result) return false;
            // As the address says it, about a metre: a link asks the very same place.
            page.state.set({ who: [Number(at[0].toFixed(5)), Number(at[1].toFixed(5))] });
            return !onFeature;
        },

        /** What is closed at this hour has changed: an answer that counts it is asked anew. */
        liveChanged() {
            what.reload();
            if (asked && (whatIf.before === NOW || whatIf.after === NOW)) void run(asked);
        },

        /** Shows a stored scenario beside the world without it; asks the usual question where none was asked. */
        /** @param {string} name */
        showScenario(name) {
            page.state.set({ panel: 'coverage' });
            whatIf = { before: '', after: name, changes: [] };
            page.state.set({ question: asked ?? draft, whatIf: toText(whatIf) });
            void run(asked ?? draft);
        },

        /**
         * The address says another question: Back, or a link.
         *
         * @param {Question | null} question
         */
        follow(question) {
            if (!question) {
                if (asked) clear();
                return;
            }
            if (asked && sameQuestion(question, asked)) return;
            whatIf = fromText(page.state.get().whatIf);
            this.take(question);
            void run(question);
        },

        /** @param {Question} question */
        take(question) {
            if (question.filter !== draft.filter || question.layer !== draft.layer) {
                conditions = [];
                expert = question.filter !== '';
            }
            draft = { ...question };
            drawForm();
            void loadAttributes();
        },

        /** Asks again, as after a change of language. */
        again() {
            what.again();
            if (asked) void run(asked);
        },

        drawAnswer,
        showOnMap,
        result: () => result,
        together: () => together,

        /** @returns {import('../legend.js').Explained[]} the signs that are on the map now */
        legend: () => [...what.legend(), ...RANKED.filter((kind) => ranks.drawn().has(kind)).map((kind) => ({ swatch: rankSwatch(kind), sign: true, words: t('legend.' + kind) }))],
        tables,
        stationName,
    };
}

/** @type {import('../rankmap.js').Drawn[]} */
const RANKED = ['links', 'places', 'ways', 'otherWays'];

/** @param {import('../rankmap.js').Drawn} kind as the map draws it */
function rankSwatch(kind) {
    return plainSwatch((context) => {
        if (kind !== 'places') {
            context.strokeStyle = token(kind === 'links' ? '--lost' : kind === 'ways' ? '--act' : '--quiet');
            context.lineWidth = kind === 'links' ? 6 : kind === 'ways' ? 5 : 3;
            if (kind === 'otherWays') context.setLineDash([6, 4]);
            context.beginPath();
            context.moveTo(2, 10);
            context.lineTo(26, 10);
            context.stroke();
        }
        if (kind === 'ways' || kind === 'otherWays') return;
        context.fillStyle = token(kind === 'links' ? '--lost' : '--gained');
        context.beginPath();
        context.arc(14, 10, 9, 0, Math.PI * 2);
        context.fill();
        context.fillStyle = token('--paper');
        context.font = '700 12px sans-serif';
        context.textAlign = 'center';
        context.textBaseline = 'middle';
        context.fillText('1', 14, 10.5);
    });
}

/** @param {string} profile */
function profileName(profile) {
    return has('coverage.profile.' + profile) ? t('coverage.profile.' + profile) : profile;
}

/**
 * @param {string} label
 * @param {Node} control
 * @param {Node[]} wrong
 */
function field(label, control, wrong) {
    return el('label', { class: 'field' }, el('span', {}, label), control, wrong);
}

/** Inputs that have a place of their own in the form, where their mistakes are said. */
const PLACES = ['layer', 'filter', 'minutes', 'profile', 'direction', 'turnout', 'helicopters'];

/**
 * Whether a mistake at `inputs.facilities.filter` or `inputs.minutes[1]` belongs to the field `filter` or `minutes`.
 *
 * @param {string} where
 * @param {string} what
 */
function belongsTo(where, what) {
    const parts = where.split(/[.[\]]+/);
    if (what === 'layer') return parts.includes('layer') || parts[parts.length - 1] === 'facilities';
    return parts.includes(what);
}

/**
 * The scenario with the changes of the map: a stored one by its name, or everything in one.
 *
 * @param {WhatIf} whatIf
 * @returns {Promise<any>}
 */
async function scenarioAfter(whatIf) {
    const from = whatIf.after || whatIf.before;
    if (!whatIf.changes.length) return from;
    if (!from) return toScenario(whatIf.changes);
    const stored = await fetchScenario(from);
    // A closure that may not be seen can be used by its scenario's name, but not be sent back with changes.
    if ((stored.closures ?? []).some((/** @type {any} */ one) => one.hidden)) {
        throw new Problem({ title: t('whatif.hidden'), detail: t('whatif.hidden.detail', { name: from }), help: t('whatif.hidden.help') });
    }
    return toScenario([...fromScenario(stored), ...whatIf.changes]);
}

/**
 * What a file holds: the answer, or with changes before, after and the difference.
 *
 * @param {Result} of
 * @param {boolean} compares
 * @returns {Promise<CircleInputs>}
 */
async function inputsOfFile(of, compares) {
    if (!compares) return inputsOf(of.question, await scenarioAfter(of.whatIf));
    const before = inputsOf(of.question, of.whatIf.before || null);
    return changesNothing(of.whatIf) ? before : { ...before, compare: await scenarioAfter(of.whatIf) };
}

/**
 * The layers that are on, with those that a sheet is not read without; null for the service's own choice.
 *
 * @param {string[]} all
 * @param {string[] | null} on
 * @param {string} stations
 */
function sheetLayers(all, on, stations) {
    if (!on) return null;
    const wanted = new Set([...on, 'district', 'township', stations]);
    return all.filter((id) => wanted.has(id));
}

/**
 * @param {Question} question
 * @param {any} [scenario] a name or inline
 * @returns {CircleInputs}
 */
function inputsOf(question, scenario = null) {
    return {
        facilities: { layer: question.layer, ...(question.filter ? { filter: question.filter } : {}) },
        minutes: question.minutes,
        profile: question.profile,
        direction: question.direction,
        ...(question.turnout ? {} : { turnout: 'none' }),
        ...(question.air && question.direction === 'from' ? { helicopters: { launchMinutes: question.air.launchMinutes, speedKmh: question.air.speedKmh, ...(question.air.at ? { at: question.air.at } : {}) } } : {}),
        ...(scenario ? { scenario } : {}),
    };
}

/**
 * @param {Question} a
 * @param {Question} b
 */
function sameQuestion(a, b) {
    return JSON.stringify(inputsOf(a)) === JSON.stringify(inputsOf(b));
}

/** @param {CircleAnswer} answer */
function sortedBands(answer) {
    return [...answer.bands.features].sort((a, b) => a.properties.minutes - b.properties.minutes);
}

/**
 * All people, inside and outside.
 *
 * @param {CircleAnswer} answer
 * @returns {number | null}
 */
function totalPeople(answer) {
    const { people: inside, shareOfPeople, peopleKnownTotal } = answer.covered;
    if (peopleKnownTotal) return peopleKnownTotal;
    return inside !== null && shareOfPeople ? inside / shareOfPeople : null;
}

/** @param {number | null | undefined} value */
function numberOrUnknown(value) {
    return value === null || value === undefined ? t('value.unknown') : number(value);
}

/**
 * @param {GeoFeature} feature
 * @param {string} part
 */
function withPart(feature, part) {
    return { type: 'Feature', geometry: feature.geometry, properties: { part, ...feature.properties } };
}

/**
 * The county's own area, to hatch what lies outside the circle. Without it nothing is hatched.
 *
 * @param {Info} info
 * @returns {Promise<GeoFeature[]>}
 */
async function countyArea(info) {
    const layer = info.layers.find((one) => one.id === 'district' && one.count > 0);
    if (!layer) return [];
    try {
        return (await fetchItems('district', { limit: 100 })).features;
    } catch {
        return [];
    }
}

/** @param {{junctions: number, edges: number, source: string, asOf: string | null}} roads */
function roadsInWords(roads) {
    const words = t('coverage.how.roadsValue', { junctions: number(roads.junctions), edges: number(roads.edges), asOf: asOf(roads.asOf) });
    const [before, after] = words.split('{source}');
    return [before, data(roads.source), after ?? ''];
}
