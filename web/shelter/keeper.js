/**
 * The page of the shelter keeper: two large buttons. Taps of a moment go together as one count; what cannot be sent
 * waits on the phone.
 *
 * @typedef {object} Row
 * @property {string} id
 * @property {string} name
 * @property {string} status
 * @property {string} statusText
 * @property {number | null} occupancy
 * @property {number | null} capacity
 * @property {number | null} freePlaces
 * @property {string | null} asOf
 * @property {boolean} stale
 * @property {boolean} drill
 */

import { add, remove, waiting } from './queue.js';
import { asOf } from './card.js';
import { countPeople, fetchSession, fetchShelterCount, fetchShelterStates, Problem, setShelterState, signIn } from '../api.js';
import { byId, data, el, fill } from '../dom.js';
import { number } from '../format.js';
import { language, t, translate, useLanguage } from '../i18n.js';
import { problemBox } from '../problem.js';

/** Taps this near to each other are one count, milliseconds. */
const TOGETHER = 700;
const AGAIN = 5_000;
const SIZES = [1, 2, 5, 10];

/** @type {Row | null} */
let shelter = null;
let size = 1;
/** Tapped and not yet put in the queue. */
const tapped = { in: 0, out: 0 };
let timer = 0;
let sending = false;
let notTaken = 0;
/** @type {unknown} */
let trouble = null;

await useLanguage('zh');
draw();
byId('language').addEventListener('click', () => void otherLanguage());
setInterval(() => void send(), AGAIN);
addEventListener('online', () => void send());
void start();

async function otherLanguage() {
    await useLanguage(language() === 'zh' ? 'en' : 'zh');
    draw();
    await (shelter ? refresh() : start());
}

function draw() {
    translate(document);
    document.title = t('finder.keeper.title');
    byId('language').textContent = t('finder.otherLanguage');
    byId('language').lang = language() === 'zh' ? 'en' : 'zh-CN';
}

async function start() {
    const page = byId('page');
    try {
        const session = await fetchSession();
        if (!session.signedIn) {
            fill(page, signInForm());
            return;
        }
        const id = new URLSearchParams(location.search).get('id');
        if (id) await open(id);
        else choose();
    } catch (error) {
        fill(page, problemBox(error, { retry: () => void start() }));
    }
}

function signInForm() {
    const wrong = el('div', {});
    const name = el('input', { id: 'user', autocomplete: 'username', required: true });
    const password = el('input', { id: 'password', type: 'password', autocomplete: 'current-password', required: true });
    return el('form', {
        class: 'ask',
        onsubmit: async (/** @type {SubmitEvent} */ event) => {
            event.preventDefault();
            try {
                await signIn(name.value, password.value);
                await start();
            } catch (error) {
                fill(wrong, problemBox(error));
            }
        },
    },
    el('h2', {}, t('finder.keeper.signIn')),
    el('label', { class: 'field' }, t('finder.keeper.user'), name),
    el('label', { class: 'field' }, t('finder.keeper.password'), password),
    wrong, el('button', { type: 'submit', class: 'go' }, t('finder.keeper.enter')));
}

function choose() {
    const list = el('div', { class: 'pick', id: 'pick', 'aria-live': 'polite' });
    const words = el('input', { id: 'words', type: 'search', oninput: () => void show() });
    async function show() {
        try {
            const found = await fetchShelterStates(words.value);
            fill(list, found.shelters.map((one) => el('button', { type: 'button', 'data-id': one.id, class: one.stale ? 'stale' : '', onclick: () => void open(one.id) },
                el('span', {}, data(one.name)), el('span', { class: 'quiet' }, one.stale ? t('finder.keeper.stale', { state: one.statusText }) : one.statusText))),
            !found.shelters.length && el('p', {}, t('finder.keeper.none')));
        } catch (error) {
            fill(list, problemBox(error, { retry: () => void show() }));
        }
    }
    fill(byId('page'), el('h2', {}, t('finder.keeper.choose')), el('label', { class: 'field' }, t('finder.keeper.search'), words), list);
    void show();
}

/** @param {string} id */
async function open(id) {
    shelter = await fetchShelterCount(id);
    history.replaceState(null, '', '?id=' + encodeURIComponent(id));
    drawDoors();
    void send();
}

async function refresh() {
    if (!shelter) return;
    try {
        shelter = await fetchShelterCount(shelter.id);
        trouble = null;
    } catch (error) {
        trouble = error;
    }
    drawDoors();
}

/** What the counter shows: what the service knows, and what is on its way there. */
function shown() {
    let inside = shelter?.occupancy ?? 0;
    for (const one of [...waiting().filter((each) => each.shelter === shelter?.id), tapped]) {
        if ('total' in one && one.total !== undefined) inside = one.total;
        else inside = Math.max(0, inside + (one.in ?? 0) - (one.out ?? 0));
    }
    return inside;
}

function drawDoors() {
    drill(shelter?.drill ?? false);
    if (!shelter) return;
    const one = shelter;
    const open = one.status === 'open' || one.status === 'full';
    const free = one.capacity === null ? null : Math.max(0, one.capacity - shown());
    // Nothing that somebody is typing or standing on is lost by a new figure.
    const before = document.activeElement?.id ?? '';
    const typed = /** @type {HTMLInputElement | null} */ (document.getElementById('total'))?.value ?? '';
    const total = el('input', { id: 'total', type: 'number', min: '0', inputmode: 'numeric', value: typed });
    fill(byId('page'),
        el('div', { class: 'row' }, el('h2', {}, data(one.name)), el('span', { class: 'state', id: 'status' }, one.statusText)),
        el('p', { class: 'inside', role: 'status' }, t('finder.keeper.inside'), el('b', { id: 'inside' }, number(shown())),
            free !== null && el('span', { id: 'left' }, t('finder.keeper.free', { n: number(free) }))),
        el('p', { class: one.stale ? 'warn' : 'quiet', id: 'as-of' }, asOf(one)),
        el('div', { class: 'doors' },
            el('button', { type: 'button', id: 'in', class: 'door in', onclick: () => tap('in') }, '+', el('small', {}, t('finder.keeper.in'), ' ', t('finder.keeper.people', { n: size }))),
            el('button', { type: 'button', id: 'out', class: 'door out', onclick: () => tap('out') }, '−', el('small', {}, t('finder.keeper.out'), ' ', t('finder.keeper.people', { n: size })))),
        el('div', { role: 'group', 'aria-label': t('finder.keeper.howMany') },
            el('p', { class: 'quiet' }, t('finder.keeper.howMany')),
            el('div', { class: 'many' }, SIZES.map((many) => el('button', { type: 'button', 'aria-pressed': String(many === size), id: 'many-' + many, onclick: () => { size = many; drawDoors(); } }, String(many))))),
        queueLine(),
        notTaken > 0 && el('p', { class: 'line' }, t('finder.keeper.notTaken', { n: notTaken })),
        trouble !== null && problemBox(trouble),
        el('div', { class: 'two' },
            !open && el('button', { type: 'button', id: 'open', class: 'second', onclick: () => void state('open') }, t('finder.keeper.open')),
            one.status === 'open' && el('button', { type: 'button', id: 'full', class: 'second', onclick: () => void state('full') }, t('finder.keeper.full')),
            one.status === 'full' && el('button', { type: 'button', id: 'reopen', class: 'second', onclick: () => void state('open') }, t('finder.keeper.reopen')),
            el('button', { type: 'button', id: 'other', class: 'second', onclick: leave }, t('finder.keeper.other'))),
        el('form', { onsubmit: (/** @type {SubmitEvent} */ event) => { event.preventDefault(); anew(total.value); } },
            el('label', { class: 'field' }, t('finder.keeper.anew'), total),
            el('button', { type: 'submit', id: 'set', class: 'second wide' }, t('finder.keeper.set'))));
    if (before) document.getElementById(before)?.focus();
}

/** @param {boolean} is */
function drill(is) {
    const banner = byId('drill');
    banner.hidden = !is;
    banner.textContent = is ? t('finder.drill.banner') : '';
    document.body.classList.toggle('in-drill', is);
    document.body.dataset.drill = t('finder.drill');
}

function queueLine() {
    const many = waiting().length;
    return el('p', { id: 'queue', class: many ? 'line' : 'line good', 'data-waiting': String(many), role: 'status' },
        many ? t('finder.keeper.waiting', { n: many }) : t('finder.keeper.sent'));
}

function leave() {
    flush();
    shelter = null;
    drill(false);
    history.replaceState(null, '', location.pathname);
    choose();
}

/** @param {'in' | 'out'} way */
function tap(way) {
    tapped[way] += size;
    clearTimeout(timer);
    timer = window.setTimeout(flush, TOGETHER);
    byId('inside').textContent = number(shown());
}

function flush() {
    clearTimeout(timer);
    if (shelter && (tapped.in || tapped.out)) {
        add({ shelter: shelter.id, in: tapped.in, out: tapped.out });
        tapped.in = 0;
        tapped.out = 0;
    }
    drawDoors();
    void send();
}

/** @param {string} value */
function anew(value) {
    const total = Number(value);
    if (!shelter || value === '' || !Number.isInteger(total) || total < 0) return;
    flush();
    add({ shelter: shelter.id, total });
    /** @type {HTMLInputElement} */ (byId('total')).value = '';
    drawDoors();
    void send();
}

/** @param {string} status */
async function state(status) {
    if (!shelter) return;
    try {
        await setShelterState(shelter.id, status);
        trouble = null;
    } catch (error) {
        trouble = error;
    }
    await refresh();
}

/** In the order in which they were made; what the service refuses for good is said and dropped. */
async function send() {
    if (sending) return;
    const all = waiting();
    if (!all.length) return;
    sending = true;
    try {
        for (const one of all) {
            const { shelter: id, ...count } = one;
            try {
                const said = await countPeople(id, count);
                remove(one.key);
                if (said.notTaken > 0) notTaken = said.notTaken;
                if (shelter?.id === id) shelter = said;
                trouble = null;
            } catch (error) {
                const final = error instanceof Problem && error.status >= 400 && error.status < 500 && ![401, 403, 408, 429].includes(error.status);
                if (final) remove(one.key);
                if (final || (error instanceof Problem && error.status > 0)) trouble = error;
                if (!final) break;
            }
        }
    } finally {
        sending = false;
    }
    if (shelter) drawDoors();
}
