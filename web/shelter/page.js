/**
 * The public page: one button, then where to go. The map comes after the answer; without a network the phone's own
 * store answers.
 */

import { answerCards } from './card.js';
import { offlineCards } from './compass.js';
import { keep, kept } from './offline.js';
import { find, isStop, nearestShelter, Problem } from '../api.js';
import { readPlace } from '../coordinates.js';
import { byId, data, el, fill } from '../dom.js';
import { dateTime } from '../format.js';
import { language, t, translate, useLanguage } from '../i18n.js';
import { problemBox } from '../problem.js';

const HAZARDS = ['flood', 'geo', 'seismic', 'fire', 'chemical', 'weather', 'any'];
const MOST_PEOPLE = 99;
const SVG = 'http://www.w3.org/2000/svg';

const state = {
    hazard: remembered('shelter-hazard') ?? seasonal(),
    people: 1,
    shown: 0,
    /** @type {{lon: number, lat: number} | null} */
    place: placeOfAddress(),
    /** @type {(() => Element[]) | null} */
    draw: null,
    /** @type {import('./card.js').Answer | null} */
    answer: null,
};
/** @type {AbortController | null} */
let asking = null;

await useLanguage(remembered('shelter-language') === 'en' || (!remembered('shelter-language') && !navigator.language.startsWith('zh')) ? 'en' : 'zh');
drawAll();
bind();
void stayReady();
if (state.place) void search(state.place);

/** In the rainy months water comes first, else the earth. */
function seasonal() {
    const month = new Date().getMonth() + 1;
    return month >= 5 && month <= 9 ? 'flood' : 'seismic';
}

/** @param {string} key */
function remembered(key) {
    try {
        return localStorage.getItem(key);
    } catch {
        return null;
    }
}

/**
 * @param {string} key
 * @param {string} value
 */
function remember(key, value) {
    try {
        localStorage.setItem(key, value);
    } catch {
        // A phone that keeps nothing: the page asks again.
    }
}

/** A QR code on a sheet carries the village: ?at=105.84,32.43 */
function placeOfAddress() {
    const at = new URLSearchParams(location.search).get('at')?.split(',').map(Number) ?? [];
    return at.length === 2 && at.every(Number.isFinite) && Math.abs(at[0]) <= 180 && Math.abs(at[1]) <= 90 ? { lon: at[0], lat: at[1] } : null;
}

function drawAll() {
    translate(document);
    document.title = t('finder.pageTitle');
    const other = byId('language');
    other.textContent = t('finder.otherLanguage');
    other.lang = language() === 'zh' ? 'en' : 'zh-CN';
    byId('fewer').setAttribute('aria-label', t('finder.fewer'));
    byId('more').setAttribute('aria-label', t('finder.more'));
    byId('map').setAttribute('aria-label', t('finder.map'));
    fill(byId('hazards'), HAZARDS.map(hazardButton));
    drawAnswer();
    tellKept();
}

/** @param {string} hazard */
function hazardButton(hazard) {
    const picture = document.createElementNS(SVG, 'svg');
    picture.setAttribute('aria-hidden', 'true');
    const use = document.createElementNS(SVG, 'use');
    use.setAttribute('href', 'shelter/hazards.svg#' + hazard);
    picture.append(use);
    return el('label', { class: 'hazard' },
        el('input', { type: 'radio', name: 'hazard', value: hazard, checked: hazard === state.hazard, onchange: () => choose(hazard) }),
        picture, t('finder.hazard.' + hazard));
}

/** @param {string} hazard */
function choose(hazard) {
    state.hazard = hazard;
    remember('shelter-hazard', hazard);
    if (state.draw && state.place) void search(state.place);
}

function bind() {
    byId('ask').addEventListener('submit', (event) => {
        event.preventDefault();
        void locate();
    });
    byId('fewer').addEventListener('click', () => setPeople(state.people - 1));
    byId('more').addEventListener('click', () => setPeople(state.people + 1));
    byId('find').addEventListener('click', () => void findPlace());
    byId('place').addEventListener('keydown', (event) => {
        if (event.key !== 'Enter') return;
        event.preventDefault();
        void findPlace();
    });
    byId('on-map').addEventListener('click', () => void openMap(true));
    byId('language').addEventListener('click', () => void otherLanguage());
    addEventListener('online', () => void stayReady());
}

async function otherLanguage() {
    await useLanguage(language() === 'zh' ? 'en' : 'zh');
    remember('shelter-language', language());
    drawAll();
    if (state.draw && state.place) void search(state.place);
    void stayReady();
}

/** @param {number} people */
function setPeople(people) {
    state.people = Math.max(1, Math.min(MOST_PEOPLE, people));
    byId('people').textContent = String(state.people);
    if (state.draw && state.place) void search(state.place);
}

/** @param {string} words */
function line(words) {
    byId('line').textContent = words;
}

/** The place of the phone. */
async function locate() {
    const button = /** @type {HTMLButtonElement} */ (byId('go'));
    button.disabled = true;
    button.textContent = t('finder.locating');
    line('');
    try {
        const at = await position();
        await search(at);
    } catch {
        line(t('finder.noPosition'));
        /** @type {HTMLDetailsElement} */ (byId('elsewhere')).open = true;
        byId('place').focus();
    } finally {
        button.disabled = false;
        button.textContent = t('finder.go');
    }
}

/** @returns {Promise<{lon: number, lat: number}>} */
function position() {
    return new Promise((found, missed) => {
        if (!navigator.geolocation) {
            missed(new Error('no position'));
            return;
        }
        navigator.geolocation.getCurrentPosition(
            (at) => found({ lon: at.coords.longitude, lat: at.coords.latitude }),
            missed, { enableHighAccuracy: true, timeout: 10_000, maximumAge: 60_000 });
    });
}

async function findPlace() {
    const words = /** @type {HTMLInputElement} */ (byId('place')).value.trim();
    const hits = byId('hits');
    fill(hits);
    if (!words) return;
    const typed = readPlace(words);
    if (typed) {
        await search(typed);
        return;
    }
    try {
        const found = (await find(words, 6)).hits;
        if (!found.length) line(t('finder.notFound', { words }));
        else line('');
        fill(hits, found.map((one) => el('li', {}, el('button', { type: 'button', onclick: () => { fill(hits); void search({ lon: one.lon, lat: one.lat }); } },
            data(one.name), one.place && el('span', { class: 'quiet' }, ' ', data(one.place))))));
    } catch (error) {
        line(error instanceof Problem ? error.title : t('finder.noNetwork'));
    }
}

/** @param {{lon: number, lat: number}} at */
async function search(at) {
    asking?.abort();
    asking = new AbortController();
    const { signal } = asking;
    state.place = at;
    state.shown = 0;
    const answer = byId('answer');
    answer.setAttribute('aria-busy', 'true');
    const question = { ...at, hazard: state.hazard === 'any' ? null : state.hazard, people: state.people };
    try {
        const said = await nearestShelter(question, signal);
        state.answer = said;
        state.draw = () => answerCards(said, state.shown, () => turn(said.shelters.length));
        drill(said.drill);
        line('');
    } catch (error) {
        if (isStop(error)) return;
        state.answer = null;
        const pack = kept();
        if (error instanceof Problem && error.status === 400) state.draw = () => [problemBox(error, { plain: true })];
        else if (pack) {
            state.draw = () => offlineCards(pack, question, state.shown, () => turn(3));
            drill(pack.drill);
        } else state.draw = () => [problemBox(new Problem({ title: t('finder.trouble'), help: t('finder.trouble.help') }), { plain: true, retry: () => void search(at) })];
    }
    drawAnswer();
    answer.focus({ preventScroll: true });
    answer.scrollIntoView({ block: 'start', behavior: 'auto' });
    if (state.answer && !savesData()) void openMap(false);
    if (state.answer) void stayReady();
}

function savesData() {
    return /** @type {any} */ (navigator).connection?.saveData === true;
}

/** @param {number} count */
function turn(count) {
    state.shown = (state.shown + 1) % Math.max(1, count);
    drawAnswer();
    if (state.draw && !byId('answer').querySelector('article')) {
        state.shown = 0;
        drawAnswer();
    }
    byId('answer').focus({ preventScroll: true });
    if (state.answer) void openMap(false);
}

function drawAnswer() {
    const answer = byId('answer');
    fill(answer, state.draw ? state.draw() : []);
    answer.setAttribute('aria-busy', 'false');
}

/** @param {boolean} is */
function drill(is) {
    const banner = byId('drill');
    banner.hidden = !is;
    banner.textContent = is ? t('finder.drill.banner') : '';
    document.body.classList.toggle('in-drill', is);
    document.body.dataset.drill = t('finder.drill');
}

/** @param {boolean} choosing whether a tap shall give the place */
async function openMap(choosing) {
    byId('map-part').hidden = false;
    try {
        const { showMap } = await import('./map.js');
        await showMap({
            place: state.place,
            shelter: state.answer ? state.answer.shelters[state.shown] ?? state.answer.leastBad?.shelter ?? null : null,
            onPlace: (at) => void search(at),
            words: { tap: t('finder.map.tap'), you: t('finder.map.you') },
        });
        if (choosing) byId('map').scrollIntoView({ block: 'center' });
    } catch {
        byId('map-part').hidden = true;
        if (choosing) line(t('finder.noMap'));
    }
}

/** Keeps what the hour without a network needs. */
async function stayReady() {
    if ('serviceWorker' in navigator) {
        navigator.serviceWorker.register(new URL('../shelter-worker.js', import.meta.url), { scope: new URL('../shelter', import.meta.url).href })
            .catch(() => undefined);
    }
    try {
        const pack = await keep(state.place);
        drill((state.answer?.drill ?? false) || pack.drill);
    } catch {
        // What was kept before stays.
    }
    tellKept();
}

function tellKept() {
    const pack = kept();
    const place = byId('kept');
    place.textContent = pack ? t('finder.offline.kept', { n: pack.shelters.length, when: dateTime(pack.madeAt) }) : '';
    if (pack) place.dataset.ready = String(pack.shelters.length);
}
