/**
 * Opening shelters for an event, and ending it: one action for the whole set, logged, and taken back with one click. For
 * duty officers.
 *
 * @typedef {import('./index.js').Page} Page
 * @typedef {import('../api.js').GeoFeature} GeoFeature
 * @typedef {import('../api.js').ShelterStates} ShelterStates
 */

import { fetchActiveShelters, fetchItems, setShelters, undoShelters } from '../api.js';
import { data, el, fill, icon } from '../dom.js';
import { dateTime, number, people } from '../format.js';
import { t } from '../i18n.js';
import { problemBox } from '../problem.js';

const HAZARDS = ['seismic', 'flood', 'geo', 'fire', 'chemical', 'weather'];

/** More are found by the name of their township or their own. */
const MOST = 500;

/**
 * @param {Page} page
 * @param {() => void} onChange the marks on the map are others
 */
export function createOpening(page, onChange) {
    const root = el('div', { class: 'shelter-open' });
    /** @type {GeoFeature[]} ready ones */
    let ready = [];
    let matched = 0;
    /** @type {ShelterStates['events']} */
    let events = [];
    /** @type {Set<string>} */
    const chosen = new Set();
    const wish = { event: '', drill: false, hazard: '', words: '' };
    let working = false;
    /** @type {unknown} */
    let failure = null;
    /** @type {string[]} */
    let warnings = [];
    let round = 0;

    async function load() {
        const mine = ++round;
        const filter = ["status = 'ready'", wish.hazard && `A_CONTAINS(hazards, ('${wish.hazard}'))`, wish.words && `name LIKE '%${wish.words.replaceAll("'", "''")}%'`].filter(Boolean).join(' AND ');
        try {
            const [items, states] = await Promise.all([fetchItems('shelter', { limit: MOST, filter, sort: { key: 'name', down: false } }), fetchActiveShelters()]);
            if (mine !== round) return;
            ready = items.features;
            matched = items.matched ?? ready.length;
            events = states.events;
            for (const id of [...chosen]) if (!ready.some((one) => one.id === id)) chosen.delete(id);
            failure = null;
        } catch (error) {
            if (mine !== round) return;
            failure = error;
        }
        draw();
        onChange();
    }

    /**
     * @param {import('../api.js').ShelterWish} what
     * @param {string} key of the words that tell it
     */
    async function act(what, key) {
        working = true;
        failure = null;
        warnings = [];
        draw();
        try {
            const done = await setShelters(what);
            warnings = done.warnings;
            chosen.clear();
            if (done.changeSet) page.tell(t(key, { n: number(done.changed.length), event: what.event ?? '' }), t('shelter.open.undo'), () => void takeBack(done.changeSet));
        } catch (error) {
            failure = error;
        }
        working = false;
        await load();
    }

    /** @param {number} changeSet */
    async function takeBack(changeSet) {
        try {
            await undoShelters(changeSet);
            page.tell(t('shelter.open.undone'));
        } catch (error) {
            failure = error;
        }
        await load();
    }

    function draw() {
        // Nothing that somebody is typing is lost by news.
        const before = document.activeElement?.id ?? '';
        fill(root, page.account.canDispatch()
            ? [running(), form()].flat()
            : el('div', { class: 'empty' }, el('p', {}, t('shelter.open.signIn')), el('button', { type: 'button', class: 'button primary', onclick: () => page.account.ask() }, t('app.signIn'))));
        if (before && document.activeElement?.id !== before) document.getElementById(before)?.focus();
    }

    function running() {
        return events.length > 0 && el('section', { id: 'shelter-events' }, el('h3', {}, t('shelter.open.running')),
            el('ul', {}, events.map((event) => el('li', { class: 'shelter-event', 'data-event': event.name },
                el('span', {}, el('strong', {}, data(event.name)), event.drill && el('span', { class: 'badge' }, t('finder.drill')),
                    el('small', { class: 'quiet' }, t('shelter.open.since', { n: number(event.shelters.length), when: dateTime(event.startedAt) }))),
                el('button', { type: 'button', class: 'button', disabled: working, onclick: () => void act({ status: 'ready', shelters: event.shelters }, 'shelter.open.ended') }, t('shelter.open.end'))))));
    }

    function form() {
        const event = el('input', { class: 'input', id: 'shelter-event', maxlength: '60', value: wish.event, required: true, oninput: () => { wish.event = event.value; } });
        const drill = el('input', { type: 'checkbox', id: 'shelter-drill', checked: wish.drill, onchange: () => { wish.drill = drill.checked; } });
        const hazard = el('select', { class: 'input', id: 'shelter-fit', onchange: () => { wish.hazard = hazard.value; void load(); } },
            ['', ...HAZARDS].map((one) => el('option', { value: one, selected: one === wish.hazard }, t(one ? 'finder.hazard.' + one : 'shelter.open.anyHazard'))));
        const words = el('input', { class: 'input', id: 'shelter-words', type: 'search', value: wish.words, oninput: () => { wish.words = words.value.trim(); }, onchange: () => void load() });
        const all = el('input', { type: 'checkbox', id: 'shelter-all', checked: ready.length > 0 && chosen.size === ready.length, onchange: () => { for (const one of ready) pick(one, all.checked); draw(); onChange(); } });
        return el('form', { onsubmit: (/** @type {SubmitEvent} */ submit) => { submit.preventDefault(); void act({ status: 'open', event: wish.event.trim(), drill: wish.drill, shelters: [...chosen] }, 'shelter.open.done'); } },
            el('h3', {}, t('shelter.open.title')),
            el('label', { class: 'field' }, el('span', {}, t('shelter.open.event')), event),
            el('label', { class: 'shelter-check' }, drill, t('shelter.open.drill')),
            el('div', { class: 'field-row' },
                el('label', { class: 'field' }, el('span', {}, t('shelter.open.fit')), hazard),
                el('label', { class: 'field' }, el('span', {}, t('shelter.open.words')), words)),
            ready.length === 0 && el('p', { class: 'quiet' }, t('shelter.open.none')),
            ready.length > 0 && el('label', { class: 'shelter-check' }, all, t('shelter.open.all', { n: number(ready.length) })),
            matched > ready.length && el('p', { class: 'quiet small' }, t('shelter.open.more', { n: number(matched), most: number(MOST) })),
            ready.length > 0 && el('ul', { class: 'shelter-choices', id: 'shelter-choices' }, ready.map(choice)),
            failure !== null && problemBox(failure),
            warnings.length > 0 && el('ul', { class: 'note' }, warnings.map((one) => el('li', {}, one))),
            el('button', { class: 'button primary', id: 'shelter-go', disabled: working || chosen.size === 0 }, icon('check', 16), t('shelter.open.go', { n: number(chosen.size) })));
    }

    /** @param {GeoFeature} one */
    function choice(one) {
        const id = String(one.id);
        const box = el('input', { type: 'checkbox', id: 'shelter-choice-' + id, checked: chosen.has(id), onchange: () => { pick(one, box.checked); draw(); onChange(); } });
        const places = one.properties.capacity ?? one.properties.statedCapacity ?? null;
        return el('li', {}, el('label', { class: 'shelter-check' }, box, el('span', {}, data(String(one.properties.name ?? id)), ' ', el('small', { class: 'quiet' }, places === null ? t('value.unknown') : people(Number(places))))));
    }

    /**
     * @param {GeoFeature} one
     * @param {boolean} is
     */
    function pick(one, is) {
        if (is) chosen.add(String(one.id));
        else chosen.delete(String(one.id));
    }

    return {
        root, load, draw,
        /** Those that will be opened, for the map. */
        marks: () => ready.flatMap(({ id, geometry }) => (chosen.has(String(id)) && geometry?.type === 'Point'
            ? [{ id: String(id), lon: geometry.coordinates[0], lat: geometry.coordinates[1], people: 0 }] : [])),
    };
}
