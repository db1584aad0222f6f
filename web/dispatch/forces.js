/**
 * The right side: what is needed, and who brings it: the fewest that meet the need soonest, the next ones, what is short,
 * and who cannot come, with the reason. What changed since the last answer stands beside each time.
 *
 * @typedef {object} Force
 * @property {string} id
 * @property {string} layer
 * @property {string} layerTitle
 * @property {string} name
 * @property {number} lon
 * @property {number} lat
 * @property {number} units
 * @property {number | null} people
 * @property {string[]} skills
 * @property {string[]} skillNames
 * @property {string[]} equipment
 * @property {number} turnoutSeconds
 * @property {number} travelSeconds
 * @property {number} arrivalSeconds
 * @property {number} walkMetres
 * @property {boolean | null} outside
 * @property {{seconds: number, metres: number, geometry: any, steps: {text: string, metres: number, seconds: number}[]} | null} route
 *
 * @typedef {{skill: string, units: number, people: number, sentUnits: number, sentPeople: number, leftUnits: number, leftPeople: number}} Needed
 *
 * @typedef {object} Answer
 * @property {Needed[]} needs less what is on its way
 * @property {{onClosedRoad: boolean, road: string, metresFromRoad: number}} place
 * @property {Force[]} assignments
 * @property {{skill: string, skillName: string, reason: string}[]} unmet
 * @property {Force[]} alternatives
 * @property {number} alternativesTotal
 * @property {{id: string, layer: string, name: string, reason: string, reasonCode: string, skillNames: string[]}[]} leftOut
 * @property {number | null} metSeconds
 * @property {boolean} exact
 * @property {{illustrative: boolean}} data
 * @property {string[]} warnings
 *
 * @typedef {{skill: string, units: number | null, people: number | null}} Need
 * @typedef {{id: string, title: {zh: string, en: string}}} Skill
 * @typedef {{id: string, name: string, expectedAt: string | null, status: string}} Mission
 *
 * @typedef {object} Desk what the page gives
 * @property {() => Skill[]} skills
 * @property {() => Need[]} needs
 * @property {(needs: Need[]) => void} ask
 * @property {() => Answer | null} answer
 * @property {() => Map<string, number>} before arrivals of the answer before, by layer and id
 * @property {() => unknown} failure
 * @property {() => boolean} running
 * @property {() => boolean} hasPlace
 * @property {() => number} shown
 * @property {(rank: number) => void} show
 * @property {() => Mission[]} missions of the chosen incident
 * @property {() => boolean} maySend
 * @property {() => Promise<void>} send
 */

import { byId, data, el, fill, icon, iconButton } from '../dom.js';
import { metres, number, people, travelTime } from '../format.js';
import { pick, t } from '../i18n.js';
import { problemBox } from '../problem.js';
import { keyCap } from './keys.js';

/** A time that moved by less is the same; seconds. */
const SAME_SECONDS = 5;
const MOST_OTHERS = 12;

/** @param {number} seconds */
export function digits(seconds) {
    const left = Math.max(0, Math.round(seconds));
    const two = (/** @type {number} */ n) => String(n).padStart(2, '0');
    const hours = Math.floor(left / 3600);
    return (hours ? hours + ':' + two(Math.floor(left / 60) % 60) : String(Math.floor(left / 60))) + ':' + two(left % 60);
}

/** @param {Desk} desk */
export function createForces(desk) {
    const root = byId('forces');

    function draw() {
        const answer = desk.answer();
        const failure = desk.failure();
        fill(root,
            el('div', { class: 'duty-head' }, el('h2', { id: 'forces-title' }, t('dispatch.forces')), desk.running() && el('span', { class: 'quiet', role: 'status' }, t('dispatch.asking'))),
            needs(),
            failure !== null && problemBox(failure),
            !desk.hasPlace() && failure === null && el('p', { class: 'empty quiet' }, t('dispatch.clickFirst')),
            sent(),
            answer && el('div', { id: 'answer', class: 'duty-list' + (desk.running() ? ' old' : '') }, outcome(answer)));
        tick();
    }

    // ---- the need -----------------------------------------------------------------------------------------------

    function needs() {
        const all = desk.needs();
        const changed = () => desk.ask(all);
        const count = (/** @type {Need} */ need, /** @type {'units' | 'people'} */ what) => {
            const input = el('input', { class: 'input', type: 'number', min: '1', max: '9999', inputmode: 'numeric', 'aria-label': t('dispatch.need.' + what), placeholder: '—', onchange: () => {
                need[what] = input.value === '' ? null : Number(input.value);
                changed();
            } });
            input.value = need[what] === null ? '' : String(need[what]);
            return input;
        };
        return el('div', { class: 'needs', role: 'group', 'aria-label': t('dispatch.need') },
            all.length > 0 && el('div', { class: 'need need-head', 'aria-hidden': 'true' }, el('span', {}, t('dispatch.need')), el('span', {}, t('dispatch.need.units')), el('span', {}, t('dispatch.need.people')), el('span', {})),
            all.map((need, i) => {
                const skill = el('select', { class: 'input', 'aria-label': t('dispatch.need.skill'), onchange: () => {
                    need.skill = skill.value;
                    changed();
                } }, desk.skills().filter((one) => one.id === need.skill || !all.some((other) => other.skill === one.id)).map((one) => el('option', { value: one.id, selected: one.id === need.skill }, pick(one.title))));
                return el('div', { class: 'need', 'data-need': need.skill }, skill, count(need, 'units'), count(need, 'people'),
                    iconButton('minus', t('dispatch.need.remove'), () => {
                        all.splice(i, 1);
                        changed();
                    }),
                    onTheWay(need.skill));
            }),
            el('div', { class: 'need-tools' }, el('button', { type: 'button', class: 'button quiet-button', id: 'need-add', onclick: add }, icon('plus', 16), t('dispatch.need.add'), keyCap('A'))));
    }

    /**
     * What is on its way for a need, and what is still to be sent.
     *
     * @param {string} skill
     */
    function onTheWay(skill) {
        const one = desk.answer()?.needs.find((each) => each.skill === skill);
        if (!one || (one.sentUnits === 0 && one.sentPeople === 0)) return false;
        const amount = (/** @type {number} */ units, /** @type {number} */ heads) => [units > 0 && t('dispatch.units', { n: number(units) }), heads > 0 && people(heads)].filter(Boolean).join(t('dispatch.separator'));
        const left = amount(one.leftUnits, one.leftPeople);
        return el('p', { class: 'need-sent' + (left ? '' : ' enough') }, t('dispatch.need.sent', { amount: amount(one.sentUnits, one.sentPeople) }), left ? t('dispatch.need.left', { amount: left }) : t('dispatch.need.enough'));
    }

    function add() {
        const all = desk.needs();
        const free = desk.skills().find((one) => !all.some((need) => need.skill === one.id));
        if (free) desk.ask([...all, { skill: free.id, units: 1, people: null }]);
    }

    // ---- the answer ---------------------------------------------------------------------------------------------

    /** @param {Answer} answer */
    function outcome(answer) {
        const last = answer.assignments.at(-1);
        const asked = desk.needs().length > 0;
        const some = answer.needs.some((one) => one.sentUnits > 0 || one.sentPeople > 0);
        const enough = asked && answer.needs.every((one) => one.leftUnits === 0 && one.leftPeople === 0);
        // The next ones, and whoever came sooner or later before something changed.
        const others = answer.alternatives.map((one, i) => ({ one, i })).filter(({ one, i }) => i < MOST_OTHERS || Math.abs(moved(one)) > SAME_SECONDS);
        // Whom one has sent oneself stands above, on the way.
        const lost = enough ? [] : answer.leftOut.filter((one) => one.reasonCode !== 'mission' && desk.before().has(one.layer + '/' + one.id));
        const sentence = enough ? t('dispatch.enough') : !asked ? t('dispatch.rankedOnly', { n: number(answer.alternativesTotal) })
            : !last ? t('dispatch.nobody')
                : t((answer.unmet.length ? 'dispatch.partly' : 'dispatch.met') + (some ? '.more' : ''), { n: number(answer.assignments.length), time: travelTime(last.arrivalSeconds) });
        return [
            el('p', { class: 'outcome', id: 'outcome', 'data-met': answer.metSeconds === null ? '' : String(answer.metSeconds) }, sentence),
            answer.unmet.length > 0 && el('ul', { class: 'unmet', id: 'unmet' }, answer.unmet.map((one) => el('li', {}, one.reason))),
            lost.length > 0 && el('ul', { class: 'unmet', id: 'lost' }, lost.map((one) => el('li', {}, t('dispatch.lost', { name: one.name, reason: one.reason })))),
            answer.warnings.length > 0 && el('div', { class: 'note' }, answer.warnings.map((one) => el('p', {}, one))),
            el('ul', { class: 'duty-list', id: 'chosen' }, answer.assignments.map((one, i) => row(one, i, true))),
            answer.assignments.length > 0 && desk.maySend() && el('div', { class: 'force-actions' }, el('button', { type: 'button', class: 'button primary', id: 'send', onclick: () => void desk.send() }, t('dispatch.send', { n: number(answer.assignments.length) }), keyCap('S'))),
            answer.alternatives.length > 0 && el('h3', {}, t(asked ? 'dispatch.others' : 'dispatch.all')),
            el('ul', { class: 'duty-list others', id: 'others' }, others.map(({ one, i }) => row(one, answer.assignments.length + i, false))),
            answer.alternativesTotal > others.length && el('p', { class: 'quiet small' }, t('dispatch.more', { n: number(answer.alternativesTotal - others.length) })),
            answer.leftOut.length > 0 && el('details', { class: 'left-out' }, el('summary', {}, t('dispatch.leftOut', { n: number(answer.leftOut.length) })),
                el('ul', {}, answer.leftOut.map((one) => el('li', {}, data(one.name), '：', one.reason)))),
        ];
    }

    /**
     * Seconds by which it comes later than before something changed.
     *
     * @param {Force} one
     */
    function moved(one) {
        const before = desk.before().get(one.layer + '/' + one.id);
        return before === undefined ? 0 : one.arrivalSeconds - before;
    }

    /**
     * @param {Force} one
     * @param {number} rank from 0
     * @param {boolean} chosen
     */
    function row(one, rank, chosen) {
        const open = chosen && rank === desk.shown();
        const change = moved(one);
        const counts = [one.units > 1 && t('dispatch.units', { n: number(one.units) }), one.people === null ? t('dispatch.peopleUnknown') : people(one.people), one.skillNames.join(t('dispatch.separator'))].filter(Boolean).join(' · ');
        const words = [
            el('span', { class: 'force-rank' }, String(rank + 1)),
            data(one.name, 'force-name'),
            el('span', {},
                el('span', { class: 'countdown', 'aria-label': travelTime(one.arrivalSeconds) }, digits(one.arrivalSeconds)),
                Math.abs(change) > SAME_SECONDS && el('div', { class: 'change ' + (change > 0 ? 'later' : 'sooner') }, t(change > 0 ? 'dispatch.later' : 'dispatch.sooner', { time: travelTime(Math.abs(change)) }))),
            el('span', { class: 'force-note' },
                one.outside === true && el('span', { class: 'badge' }, t('dispatch.outside')),
                one.layerTitle + ' · ' + counts, el('br'),
                t('dispatch.parts', { turnout: travelTime(one.turnoutSeconds), travel: travelTime(one.travelSeconds) }),
                one.walkMetres >= 50 && ' · ' + t('dispatch.walk', { metres: metres(one.walkMetres) })),
        ];
        return el('li', { class: 'force' + (open ? ' first' : '') + (chosen ? ' chosen' : ''), 'data-force': one.layer + '/' + one.id, 'data-arrival': String(one.arrivalSeconds) },
            chosen ? el('button', { type: 'button', class: 'force-row', 'aria-expanded': String(open), onclick: () => desk.show(open ? -1 : rank) }, words) : el('div', { class: 'force-row' }, words),
            open && el('div', { class: 'force-more' },
                one.equipment.length > 0 && el('p', {}, t('dispatch.equipment', { what: one.equipment.join(t('dispatch.separator')) })),
                one.route && el('ol', {}, one.route.steps.map((step) => el('li', {}, step.text)))));
    }

    // ---- those on their way -------------------------------------------------------------------------------------

    function sent() {
        const all = desk.missions();
        return all.length > 0 && el('section', { class: 'duty-list', id: 'sent' }, el('h3', {}, t('dispatch.sent', { n: number(all.length) })),
            all.map((one, i) => el('div', { class: 'force' }, el('div', { class: 'force-row' },
                el('span', { class: 'force-rank' }, String(i + 1)), data(one.name, 'force-name'),
                el('span', { class: 'countdown', 'data-until': one.expectedAt ?? '' }, one.expectedAt ? '' : t('value.unknown'))))));
    }

    function tick() {
        for (const one of /** @type {NodeListOf<HTMLElement>} */ (root.querySelectorAll('[data-until]'))) {
            const until = one.dataset.until;
            if (!until) continue;
            const left = (Date.parse(until) - Date.now()) / 1000;
            one.classList.toggle('late', left < 0);
            one.textContent = left < 0 ? t('dispatch.due') : digits(left);
        }
    }

    setInterval(tick, 1000);

    return { draw, add };
}
