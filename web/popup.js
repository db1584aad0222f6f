/**
 * The pop-up that tells all that is known of a thing on the map.
 *
 * @typedef {import('./api.js').GeoFeature} GeoFeature
 * @typedef {import('./api.js').Uncovered} Uncovered
 * @typedef {import('./map.js').Hit} Hit
 * @typedef {import('./map.js').AnquanMap} AnquanMap
 *
 * @typedef {object} Around what the pop-up needs to know of the page
 * @property {(layer: string) => string} titleOf
 * @property {(layer: string) => string} then the time at which a layer is shown; empty for the present
 * @property {() => {edit: boolean, history: boolean}} may what the one who looks may do
 * @property {(panel: string, subject: string) => void} openPanel
 * @property {(id: string) => Uncovered | undefined} uncoveredOf
 * @property {(facility: string) => string} stationName
 * @property {(layer: string, id: string) => void} openTable
 */

import { fetchAttributes, fetchFeature } from './api.js';
import { data, el, fill, iconButton } from './dom.js';
import { asOf, travelTime } from './format.js';
import { t } from './i18n.js';
import { problemBox } from './problem.js';
import { inWords, isOwnWords, isProvenance, ownFirst } from './values.js';

/** Said apart, not in the list: the name is the title, source and time stand below. */
const APART = new Set(['name', 'source', 'observedAt', 'illustrative']);

/**
 * @param {AnquanMap} map
 * @param {Around} around
 */
export function createPopup(map, around) {
    const box = el('section', { class: 'popup', role: 'dialog', hidden: true });
    const overlay = map.overlay(box);
    /** @type {Hit[]} */
    let hits = [];
    let which = 0;
    /** @type {[number, number] | null} */
    let at = null;
    let round = 0;
    /** @type {Element | null} */
    let from = null;

    box.addEventListener('keydown', (event) => {
        if (event.key !== 'Escape') return;
        event.stopPropagation();
        close();
        if (from instanceof HTMLElement) from.focus();
    });

    function close() {
        round++;
        hits = [];
        box.hidden = true;
        document.body.classList.remove('with-popup');
        overlay.place(null);
        map.outline(null);
    }

    async function show() {
        const mine = ++round;
        const hit = hits[which];
        const village = 'uncovered' in hit ? around.uncoveredOf(hit.uncovered) : undefined;
        const layer = 'layer' in hit ? hit.layer : 'village';
        const id = 'layer' in hit ? hit.id : 'uncovered' in hit ? hit.uncovered : '';
        box.hidden = false;
        document.body.classList.add('with-popup');
        fill(box, head(village?.name ?? '', around.titleOf(layer), null), village && villageFacts(village), el('p', { class: 'quiet' }, t('popup.loading')));
        overlay.place(at);
        try {
            const [attributes, feature] = await Promise.all([fetchAttributes(layer), fetchFeature(layer, id, around.then(layer))]);
            if (mine !== round) return;
            map.outline(feature);
            const properties = feature.properties;
            fill(box,
                head(properties.name ?? id, around.titleOf(layer), properties.illustrative === true ? t('app.illustrative') : null),
                village && villageFacts(village),
                el('dl', { class: 'facts' }, ownFirst(attributes).filter((one) => !APART.has(one.name)).map((one) => {
                    const value = properties[one.name];
                    const words = inWords(value, one);
                    const unknown = value === null || value === undefined || value === '';
                    // Few things have them; saying so each time would only lengthen the list.
                    if (unknown && isProvenance(one)) return null;
                    return el('div', {}, el('dt', {}, one.title), el('dd', { class: unknown ? 'quiet' : '' }, isOwnWords(value, one) && !unknown ? data(words) : words));
                })),
                el('p', { class: 'popup-source quiet' }, properties.source ? data(String(properties.source)) : t('value.unknown'), ' · ', asOf(properties.observedAt)),
                el('div', { class: 'popup-actions' },
                    el('button', { type: 'button', class: 'button quiet-button', onclick: () => map.goTo(feature) }, t('popup.zoom')),
                    el('button', { type: 'button', class: 'button quiet-button', onclick: () => around.openTable(layer, id) }, t('popup.toTable')),
                    around.may().history && el('button', { type: 'button', class: 'button quiet-button', 'data-action': 'history', onclick: () => around.openPanel('changes', `${layer}/${id}`) }, t('popup.history')),
                    around.may().edit && !around.then(layer) && el('button', { type: 'button', class: 'button quiet-button', 'data-action': 'edit', onclick: () => around.openPanel('edit', `${layer}/${id}`) }, t('popup.edit'))));
        } catch (error) {
            if (mine !== round) return;
            fill(box, head(village?.name ?? id, around.titleOf(layer), null), village && villageFacts(village), problemBox(error, { retry: () => void show() }));
        }
        overlay.place(at);
    }

    /**
     * @param {string} name
     * @param {string} layer
     * @param {string | null} badge
     */
    function head(name, layer, badge) {
        const turn = (/** @type {number} */ by) => {
            which = (which + by + hits.length) % hits.length;
            void show();
        };
        return el('header', { class: 'popup-head' },
            el('div', { class: 'popup-title' },
                el('h3', {}, data(name)),
                el('p', { class: 'quiet' }, layer, badge && el('span', { class: 'badge' }, badge))),
            hits.length > 1 && el('div', { class: 'popup-turn' },
                iconButton('left', t('popup.previous'), () => turn(-1)),
                el('span', { class: 'quiet' }, t('popup.which', { i: which + 1, n: hits.length })),
                iconButton('right', t('popup.next'), () => turn(1))),
            iconButton('close', t('app.close'), close));
    }

    /** @param {Uncovered} village */
    function villageFacts(village) {
        const fact = (/** @type {string} */ term, /** @type {any} */ words) => el('div', {}, el('dt', {}, term), el('dd', {}, words));
        return el('dl', { class: 'facts facts-danger' },
            fact(t('popup.seconds'), village.seconds === null ? t('coverage.noWay') : travelTime(village.seconds)),
            fact(t('popup.reason'), village.reasonText ?? village.reason ?? t('value.unknown')),
            village.nearestFacilityId && fact(t('popup.nearest'), data(around.stationName(village.nearestFacilityId))));
    }

    return {
        /**
         * @param {Hit[]} found none closes it
         * @param {[number, number]} where lon, lat
         */
        open(found, where) {
            if (!found.length) return close();
            from = document.activeElement;
            hits = found;
            which = 0;
            at = where;
            box.setAttribute('aria-label', t('task.layers'));
            void show();
        },
        close,
        again() {
            if (hits.length) void show();
        },
    };
}
