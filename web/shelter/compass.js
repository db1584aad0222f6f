/** The answer without a network: a direction, a distance and how old it all is. */

import { asOf, call, list } from './card.js';
import { inDanger, searchKept } from './offline.js';
import { data, el } from '../dom.js';
import { dateTime, metres, number } from '../format.js';
import { t } from '../i18n.js';

const SVG = 'http://www.w3.org/2000/svg';
/** After so many hours the counts of free places say nothing any more. */
const HOURS_FOR_PLACES = 6;

/**
 * @param {import('./offline.js').Pack} pack
 * @param {{lon: number, lat: number, hazard: string | null, people: number}} question
 * @param {number} shown
 * @param {() => void} next
 * @returns {Element[]}
 */
export function offlineCards(pack, question, shown, next) {
    const { choices, refused } = searchKept(pack, question);
    const danger = inDanger(pack, question.hazard, question.lon, question.lat);
    const advice = pack.advice[question.hazard ?? 'any'];
    const age = el('p', { class: 'line', id: 'offline-age' }, t('finder.offline.age', { when: dateTime(pack.madeAt) }));
    const warning = danger ? [el('p', { class: 'line' }, t('finder.offline.inDanger', { name: danger }))] : [];
    const choice = choices[shown];
    if (!choice) {
        return [age, ...warning, el('section', { class: 'card bad' }, el('h2', {}, t('finder.nowhere')), list('advice', advice.onTheSpot)), ...call(pack.contact)];
    }
    const { shelter } = choice;
    const old = Date.now() - new Date(pack.madeAt).getTime() > HOURS_FOR_PLACES * 3600 * 1000;
    return [
        age, ...warning,
        el('article', { class: 'card' + (old ? ' stale' : ''), 'data-shelter': shelter.id, 'data-offline': 'true' },
            el('h2', {}, data(shelter.name)),
            el('div', { class: 'compass' }, needle(choice.degrees),
                el('p', { class: 'figure' }, el('b', { id: 'direction' }, t('finder.compass.' + (Math.round(choice.degrees / 45) % 8))),
                    ' ', el('b', { id: 'metres' }, metres(choice.metres)), el('br', {}),
                    el('span', { class: 'quiet' }, t('finder.offline.straight', { minutes: number(Math.max(1, Math.ceil((choice.metres * 1.3) / 75))) })))),
            el('p', {}, shelter.freePlaces === null ? t('finder.freeUnknown') : t('finder.offline.free', { n: number(shelter.freePlaces) })),
            el('p', { class: 'quiet' }, asOf({ asOf: shelter.asOf, stale: old })),
            choice.unknownFit && el('p', { class: 'warn' }, t('finder.unknownFit')),
            el('button', { type: 'button', id: 'next', class: 'next', disabled: choices.length < 2, onclick: next }, t('finder.another')),
            shelter.has.length > 0 && list('tags', shelter.has)),
        list('advice', advice.onTheWay),
        ...(refused.length
            ? [el('details', { class: 'refused' }, el('summary', {}, t('finder.refused', { n: refused.length })),
                el('ul', {}, refused.map((one) => el('li', {}, el('strong', {}, data(one.name)), ' ', t('finder.code.' + one.code)))))]
            : []),
        ...call(pack.contact),
    ];
}

/** @param {number} degrees */
function needle(degrees) {
    const svg = document.createElementNS(SVG, 'svg');
    svg.setAttribute('class', 'needle');
    svg.setAttribute('viewBox', '-50 -50 100 100');
    svg.setAttribute('aria-hidden', 'true');
    const ring = document.createElementNS(SVG, 'circle');
    ring.setAttribute('r', '46');
    const arrow = document.createElementNS(SVG, 'path');
    arrow.setAttribute('d', 'M0-42 16 22 0 10-16 22z');
    arrow.setAttribute('transform', `rotate(${degrees.toFixed(0)})`);
    svg.append(ring, arrow);
    return svg;
}
