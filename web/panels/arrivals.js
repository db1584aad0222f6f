/**
 * Who comes to a place: the nearest three, in how long (turnout, way, walk), by which way; or why nobody does. A part of
 * the circle's panel; a click on the map asks it. The times are those of the process `arrivals`, which are the circle's
 * own; the process `route` draws the way to where the road is left.
 *
 * @typedef {import('../rankmap.js').RankMap} RankMap
 *
 * @typedef {object} Asked what the circle's answer was asked with
 * @property {any} inputs of the circle
 *
 * @typedef {object} Comer
 * @property {string} facilityId
 * @property {string} name
 * @property {number} lon
 * @property {number} lat
 * @property {number} seconds
 * @property {number} turnoutSeconds
 * @property {number | null} roadSeconds null where the last part is no straight walk
 * @property {number | null} walkSeconds
 * @property {number | null} walkMetres
 * @property {[number, number] | null} leave where the road is left
 * @property {any | null} route
 *
 * @typedef {object} Around
 * @property {RankMap} map
 * @property {() => Promise<Asked | null>} asked
 * @property {() => boolean} withoutAir whether the circle has helicopters, which are not counted here
 * @property {() => [number, number] | null} place
 * @property {(place: [number, number] | null) => void} move
 * @property {(geometry: any) => void} goTo
 */

import { isStop, runProcess } from '../api.js';
import { data, el, fill, icon, iconButton, say } from '../dom.js';
import { metres, number, position, travelTime } from '../format.js';
import { language, t } from '../i18n.js';
import { problemBox } from '../problem.js';

const NEAREST = 3;
/** Nearer than this to the road one stands on it; metres. */
const AT_THE_ROAD = 15;
/** A shorter walk is not worth a word; seconds. */
const LEAST_WALK = 30;

/**
 * @param {HTMLElement} root
 * @param {Around} around
 */
export function arrivals(root, around) {
    /** @type {Comer[]} */
    let comers = [];
    let chosen = 0;
    /** @type {{reason: string, code: string} | null} */
    let nobody = null;
    /** @type {AbortController | null} */
    let running = null;
    /** @type {unknown} */
    let failure = null;

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
            ({ comers, nobody } = found);
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
    async function find(place, { inputs }, signal) {
        const answer = await runProcess('arrivals', { ...inputs, place, count: NEAREST }, signal);
        const common = { profile: inputs.profile, language: language(), ...(inputs.scenario ? { scenario: inputs.scenario } : {}) };
        /** @type {Comer[]} */
        const found = answer.arrivals.map((/** @type {any} */ one) => ({ ...one, route: null }));
        await Promise.all(found.map(async (one) => {
            const station = [one.lon, one.lat];
            const end = one.leave ?? place;
            const [from, to] = inputs.direction === 'from' ? [station, end] : [end, station];
            // Without a way to draw the times still stand.
            one.route = (await runProcess('route', { from, to, ...common }, signal)).routes[0] ?? null;
        }));
        return { comers: found, nobody: found.length ? null : { reason: answer.reasonText, code: answer.reasonCode } };
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
        around.map.showWays(around.place(), comers.flatMap((one) => (one.route ? [{ geometry: one.route.geometry, from: /** @type {[number, number]} */ ([one.lon, one.lat]) }] : [])), chosen);
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
                    type: 'button', class: i === chosen ? 'arrival arrival-chosen' : 'arrival', 'aria-pressed': String(i === chosen), 'data-station': one.facilityId, 'data-seconds': String(one.seconds),
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
                el('strong', { class: 'arrival-time' }, travelTime(one.seconds)))))),
            comers[chosen]?.route && steps(comers[chosen]),
            comers.length > 0 && walkWords(comers[chosen]),
            around.withoutAir() && el('p', { class: 'quiet small' }, t('arrivals.withoutAir')));
    }

    /** @param {Comer} one */
    function parts(one) {
        const times = [
            one.turnoutSeconds > 0 && t('arrivals.turnout', { n: minutes(one.turnoutSeconds) }),
            one.roadSeconds !== null ? t('arrivals.drive', { n: minutes(one.roadSeconds) }) : t('arrivals.driveAndFoot', { n: minutes(one.seconds - one.turnoutSeconds) }),
            one.walkSeconds !== null && one.walkSeconds >= LEAST_WALK && t('arrivals.foot', { n: minutes(one.walkSeconds) }),
        ].filter(Boolean).join(' + ');
        return one.route ? `${times} · ${metres(Math.round(one.route.metres / 100) * 100)}` : times;
    }

    /** @param {Comer} one */
    function walkWords(one) {
        if (one.walkMetres === null) return el('p', { class: 'quiet small' }, t('arrivals.around'));
        return one.walkMetres >= AT_THE_ROAD && el('p', { class: 'quiet small' }, t('arrivals.walk', { far: metres(Math.round(one.walkMetres)) }));
    }

    /** @param {number} seconds */
    function minutes(seconds) {
        return number(seconds < 570 ? Math.round(seconds / 6) / 10 : Math.round(seconds / 60), 1);
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
