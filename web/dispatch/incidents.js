/**
 * The left side: incidents that are open, reporting one, and what is closed now.
 *
 * @typedef {import('../api.js').GeoFeature} GeoFeature
 * @typedef {[number, number]} LonLat
 *
 * @typedef {object} Incident
 * @property {string} id
 * @property {string} name
 * @property {LonLat} at
 * @property {string} kind
 * @property {string} status
 * @property {string} place
 * @property {string | null} reportedAt
 *
 * @typedef {object} Duty what the page gives to its parts
 * @property {() => boolean} mayReport
 * @property {() => boolean} signedIn
 * @property {() => void} signIn
 * @property {() => Incident[]} incidents
 * @property {() => Incident | null} chosen
 * @property {() => LonLat | null} place that is asked about
 * @property {() => {value: string, title: string}[]} kinds
 * @property {() => any} now the live scenario
 * @property {(id: string) => void} choose
 * @property {(report: {kind: string, name: string, place: string, at: LonLat}) => Promise<void>} report
 * @property {() => Promise<void>} end the chosen incident
 * @property {(index: number) => Promise<void>} open a closure again
 */

import { byId, data, el, fill, iconButton } from '../dom.js';
import { dateTime, number, position } from '../format.js';
import { t } from '../i18n.js';
import { problemBox } from '../problem.js';
import { keyCap } from './keys.js';

/** @param {Duty} duty */
export function createIncidents(duty) {
    const root = byId('incidents');
    let reporting = false;
    let sending = false;
    const wish = { kind: 'geological', name: '', place: '' };
    /** @type {unknown} */
    let failure = null;

    function draw() {
        const incidents = duty.incidents();
        const chosen = duty.chosen();
        fill(root,
            el('div', { class: 'duty-head' }, el('h2', { id: 'incidents-title' }, t('dispatch.incidents'), incidents.length > 0 && el('span', { class: 'quiet' }, ' ' + number(incidents.length))),
                !reporting && el('button', { type: 'button', class: 'button primary', id: 'report', onclick: begin }, t('dispatch.report'), keyCap('N'))),
            reporting && form(),
            failure !== null && problemBox(failure),
            incidents.length ? el('ul', { class: 'duty-list' }, incidents.map((one) => row(one, one.id === chosen?.id)))
                : el('p', { class: 'empty quiet' }, t(duty.signedIn() ? 'dispatch.noIncidents' : 'dispatch.signInFirst')),
            closures());
    }

    /**
     * @param {Incident} one
     * @param {boolean} isChosen
     */
    function row(one, isChosen) {
        const kind = duty.kinds().find((each) => each.value === one.kind)?.title;
        return el('li', {},
            el('button', { type: 'button', class: 'incident', 'aria-pressed': String(isChosen), 'data-incident': one.id, onclick: () => duty.choose(one.id) },
                data(one.name, 'incident-name'), el('span', {}, kind ?? ''),
                el('span', { class: 'quiet' }, [one.place, one.reportedAt ? dateTime(one.reportedAt) : ''].filter(Boolean).join(' · '))),
            isChosen && duty.mayReport() && el('div', { class: 'incident-actions' }, el('button', { type: 'button', class: 'button quiet-button', id: 'end', onclick: () => void attempt(duty.end) }, t('dispatch.end'), keyCap('E'))));
    }

    function form() {
        const at = duty.place();
        const kind = el('select', { class: 'input', id: 'report-kind', onchange: () => { wish.kind = kind.value; } }, duty.kinds().map((one) => el('option', { value: one.value, selected: one.value === wish.kind }, one.title)));
        const name = el('input', { class: 'input', id: 'report-name', maxlength: '100', placeholder: t('dispatch.report.name.example'), oninput: () => { wish.name = name.value; } });
        name.value = wish.name;
        const place = el('input', { class: 'input', id: 'report-place', maxlength: '200', oninput: () => { wish.place = place.value; } });
        place.value = wish.place;
        return el('form', { class: 'incident-form', id: 'report-form', onsubmit: (/** @type {Event} */ event) => {
            event.preventDefault();
            void send();
        } },
        el('p', { class: at ? '' : 'note' }, at ? t('dispatch.report.at', { where: position(at[0], at[1]) }) : t('dispatch.report.click')),
        el('label', { class: 'field' }, el('span', {}, t('dispatch.report.kind')), kind),
        el('label', { class: 'field' }, el('span', {}, t('dispatch.report.name')), name),
        el('label', { class: 'field' }, el('span', {}, t('dispatch.report.place')), place),
        el('div', { class: 'incident-actions' },
            el('button', { type: 'submit', class: 'button primary', id: 'report-send', disabled: !at || sending }, t('dispatch.report.send')),
            el('button', { type: 'button', class: 'button', onclick: cancel }, t('dispatch.cancel'), keyCap('Esc'))));
    }

    async function send() {
        const at = duty.place();
        if (!at || sending) return;
        sending = true;
        const title = duty.kinds().find((one) => one.value === wish.kind)?.title ?? '';
        await attempt(async () => {
            await duty.report({ kind: wish.kind, name: wish.name.trim() || [wish.place.trim(), title].filter(Boolean).join(' '), place: wish.place.trim(), at });
            reporting = false;
            wish.name = wish.place = '';
        });
        sending = false;
        draw();
    }

    /** @param {() => Promise<void>} work */
    async function attempt(work) {
        failure = null;
        try {
            await work();
        } catch (error) {
            failure = error;
        }
        draw();
    }

    function begin() {
        if (!duty.mayReport()) return duty.signedIn() ? draw() : duty.signIn();
        reporting = true;
        draw();
        document.getElementById('report-kind')?.focus();
    }

    function cancel() {
        reporting = false;
        failure = null;
        draw();
    }

    function closures() {
        const all = duty.now().closures ?? [];
        return el('section', { class: 'duty-list', 'aria-label': t('dispatch.closedNow') },
            el('h3', {}, t('dispatch.closedNow'), el('span', {}, ' ' + number(all.length))),
            all.map((/** @type {any} */ one, /** @type {number} */ i) => el('div', { class: 'closure' },
                el('span', {}, one.why ? data(one.why) : t('dispatch.closure.' + (one.type ?? (one.layer || one.hidden ? 'hazard' : one.bridges ? 'bridges' : 'roads')), { n: i + 1 })),
                duty.mayReport() && iconButton('undo', t('dispatch.openAgain'), () => void attempt(() => duty.open(i))))),
            all.length === 0 && el('p', { class: 'quiet small' }, t('dispatch.nothingClosed')));
    }

    return { draw, begin, cancel, isReporting: () => reporting, end: () => void attempt(duty.end) };
}
