/**
 * Who comes to a place: the nearest three, in how long (turnout, way, walk), by which way; or why nobody does. A part of
 * the circle's panel; a click on the map asks it.
 *
 * The times by road are those of the processes `travel-time-matrix` and `route`, under the same scenario as the circle.
 * They count from road to road: the straight walk at either end is added at the walking speed of the circle's answer, and
 * the station's turnout as the circle has it.
 *
 * @typedef {import('../api.js').CircleAnswer} CircleAnswer
 * @typedef {import('../state.js').Question} Question
 * @typedef {import('../rankmap.js').RankMap} RankMap
 *
 * @typedef {object} Asked what the circle's answer was asked with
 * @property {Question} question
 * @property {CircleAnswer} answer
 * @property {any} scenario a name or inline; null: none
 * @property {{id: string, name: string, at: [number, number]}[]} stations that count, where they stand under the scenario
 *
 * @typedef {object} Comer
 * @property {string} id
 * @property {string} name
 * @property {[number, number]} at
 * @property {number} turnoutSeconds
 * @property {number} roadSeconds
 * @property {number} walkSeconds both ends
 * @property {any | null} route
 *
 * @typedef {object} Around
 * @property {RankMap} map
 * @property {() => Promise<Asked | null>} asked
 * @property {() => [number, number] | null} place
 * @property {(place: [number, number] | null) => void} move
 * @property {(geometry: any) => void} goTo
 */

import { isStop, runProcess } from '../api.js';
import { data, el, fill, icon, iconButton, say } from '../dom.js';
import { metres, number, position, travelTime, wholeMinutes } from '../format.js';
import { language, t } from '../i18n.js';
import { problemBox } from '../problem.js';

const NEAREST = 3;
/** Nearer than this to the road one stands on it; metres. */
const AT_THE_ROAD = 15;

/**
 * @param {HTMLElement} root
 * @param {Around} around
 */
export function arrivals(root, around) {
    /** @type {Comer[]} */
    let comers = [];
    let chosen = 0;
    /** @type {{reason: string, code: string, seconds: number | null} | null} */
    let nobody = null;
    /** @type {AbortController | null} */
    let running = null;
    /** @type {unknown} */
    let failure = null;
    let far = 0;

    async function ask() {
        running?.abort();
        const place = around.place();
        if (!place) return clear();
        const mine = new AbortController();
        running = mine;
        failure = null;
        root.classList.add('old');
        around.map.showWays(place, [], 0);
        draw();
        try {
            const asked = await around.asked();
            if (!asked) return clear();
            const found = await find(place, asked, mine.signal);
            if (running !== mine) return;
            ({ comers, nobody, far } = found);
            chosen = 0;
            say(root.querySelector('.arrivals-first')?.textContent ?? nobody?.reason ?? '');
        } catch (error) {
            if (isStop(error) || running !== mine) return;
            failure = error;
            comers = [];
            nobody = null;
        }
        running = null;
        root.classList.remove('old');
        draw();
        drawMap();
    }

    /**
     * @param {[number, number]} place
     * @param {Asked} asked
     * @param {AbortSignal} signal
     */
    async function find(place, asked, signal) {
        const { question, answer, stations, scenario } = asked;
        const from = question.direction === 'from';
        const there = [place];
        const all = { type: 'FeatureCollection', features: stations.map((one) => ({ type: 'Feature', id: one.id, geometry: { type: 'Point', coordinates: one.at }, properties: { id: one.id, name: one.name } })) };
        const common = { profile: question.profile, ...(scenario ? { scenario } : {}) };
        const matrix = await runProcess('travel-time-matrix', { from: from ? all : there, to: from ? there : all, ...common }, signal);
        const ends = from ? matrix.from : matrix.to;
        const end = (from ? matrix.to : matrix.from)[0];
        const walkKmh = Number(answer.inputs.offRoad?.speedKmh);
        const walk = (/** @type {number | null} */ straight) => ((straight ?? 0) / 1000 / walkKmh) * 3600;
        const turnout = new Map(answer.areas.features.map((one) => [String(one.properties.facilityId), Number(one.properties.turnoutSeconds ?? 0)]));
        /** @type {Comer[]} */
        const able = stations.flatMap((one, i) => {
            const seconds = from ? matrix.seconds[i][0] : matrix.seconds[0][i];
            if (seconds === null || seconds === undefined || ends[i].metresToRoad === null) return [];
            return [{ ...one, turnoutSeconds: question.turnout && from ? turnout.get(one.id) ?? 0 : 0, roadSeconds: seconds, walkSeconds: walk(end.metresToRoad) + walk(ends[i].metresToRoad), route: null }];
        }).sort((a, b) => total(a) - total(b)).slice(0, NEAREST);
        const way = (/** @type {[number, number]} */ at) => runProcess('route', { from: from ? at : place, to: from ? place : at, language: language(), ...common }, signal);
        if (!able.length) {
            const nearest = stations.map((one) => one).sort((a, b) => away(a.at, place) - away(b.at, place))[0];
            const said = nearest ? await way(nearest.at) : null;
            return { comers: [], nobody: { reason: said?.reason ?? t('arrivals.noStation'), code: said?.reasonCode ?? '', seconds: null }, far: 0 };
        }
        const routes = await Promise.all(able.map((one) => way(one.at)));
        able.forEach((one, i) => { one.route = routes[i].routes[0] ?? null; });
        return { comers: able, nobody: null, far: end.metresToRoad ?? 0 };
    }

    function clear() {
        running?.abort();
        running = null;
        comers = [];
        nobody = null;
        failure = null;
        root.classList.remove('old');
        around.map.showWays(null, [], 0);
        draw();
    }

    function drawMap() {
        around.map.showWays(around.place(), comers.flatMap((one) => (one.route ? [{ geometry: one.route.geometry, from: one.at }] : [])), chosen);
    }

    function draw() {
        const place = around.place();
        root.hidden = !place;
        if (!place) return fill(root);
        return fill(root,
            el('header', { class: 'whatif-head' },
                el('h3', {}, icon('pin', 18), t('arrivals.title')),
                el('small', { class: 'quiet' }, position(place[0], place[1])),
                iconButton('close', t('app.close'), () => {
                    around.move(null);
                    clear();
                })),
            running && !comers.length && !nobody && el('p', { class: 'quiet' }, t('arrivals.looking')),
            failure !== null && problemBox(failure, { retry: () => void ask() }),
            nobody && el('p', { class: 'effect-sentence arrivals-nobody', 'data-reason': nobody.code }, t('arrivals.nobody', { reason: nobody.reason })),
            comers.length > 0 && el('ol', { class: 'arrivals' }, comers.map((one, i) => el('li', {},
                el('button', {
                    type: 'button', class: i === chosen ? 'arrival arrival-chosen' : 'arrival', 'aria-pressed': String(i === chosen), 'data-station': one.id, 'data-seconds': String(Math.round(total(one))),
                    onclick: () => {
                        chosen = i;
                        if (one.route) around.goTo(one.route.geometry);
                        draw();
                        drawMap();
                        /** @type {HTMLElement | null} */ (root.querySelector('.arrival-chosen'))?.focus();
                    },
                },
                el('span', { class: 'arrival-number' }, String(i + 1)),
                el('span', { class: i === 0 ? 'arrival-name arrivals-first' : 'arrival-name' }, data(one.name), el('small', { class: 'quiet' }, parts(one))),
                el('strong', { class: 'arrival-time' }, travelTime(total(one))))))),
            comers[chosen]?.route && steps(comers[chosen]),
            far > 0 && far >= AT_THE_ROAD && el('p', { class: 'quiet small' }, t('arrivals.walk', { far: metres(Math.round(far)) })));
    }

    /** @param {Comer} one */
    function parts(one) {
        return [
            one.turnoutSeconds > 0 && t('arrivals.turnout', { n: minutes(one.turnoutSeconds) }),
            t('arrivals.drive', { n: minutes(one.roadSeconds) }),
            one.walkSeconds >= 30 && t('arrivals.foot', { n: minutes(one.walkSeconds) }),
            one.route && metres(Math.round(one.route.metres / 100) * 100),
        ].filter(Boolean).join(' + ').replace(/ \+ ([^+]*)$/, one.route ? ' · $1' : ' + $1');
    }

    /** @param {number} seconds */
    function minutes(seconds) {
        return number(seconds < 570 ? Math.round(seconds / 6) / 10 : wholeMinutes(seconds), 1);
    }

    /** @param {Comer} one */
    function steps(one) {
        return el('details', { class: 'way' },
            el('summary', {}, t('arrivals.way')),
            el('ol', { class: 'steps', lang: language() === 'zh' ? 'zh-CN' : 'en' }, one.route.steps.map((/** @type {any} */ step) => el('li', {},
                el('span', { class: 'data' }, step.text), step.metres > 0 && el('small', { class: 'quiet' }, metres(Math.round(step.metres)))))));
    }

    return {
        ask,
        clear,
        draw() {
            draw();
            drawMap();
        },
    };
}

/** @param {Comer} one */
function total(one) {
    return one.turnoutSeconds + one.roadSeconds + one.walkSeconds;
}

/**
 * Enough to find the nearest of some.
 *
 * @param {[number, number]} a
 * @param {[number, number]} b
 */
function away(a, b) {
    return Math.hypot((a[0] - b[0]) * Math.cos((a[1] * Math.PI) / 180), a[1] - b[1]);
}
