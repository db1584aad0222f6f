/**
 * Shelters: is there room, are they fit, who goes where. The question and its choices stand in the address.
 *
 * @typedef {import('./index.js').Page} Page
 * @typedef {import('./index.js').Panel} Panel
 * @typedef {import('../api.js').StoredScenario} StoredScenario
 *
 * @typedef {object} Asked
 * @property {string} question `capacity`, `audit` or `assignment`; `open` for duty officers who open them
 * @property {string} stay empty for each shelter's own class
 * @property {string} time
 * @property {string} stage `now`, `new` or `all`: which gap the map shows; with `all` the assignment uses planned ones
 * @property {number} minutes
 * @property {boolean} buses
 * @property {boolean} whole
 * @property {string} scenario name of a stored one
 */

import { fetchScenarios, isStop, processAsFile, runProcess } from '../api.js';
import { data, el, fill, icon, saveFile, say } from '../dom.js';
import { fixed, number, people, percent, travelTime } from '../format.js';
import { pick, t } from '../i18n.js';
import { problemBox } from '../problem.js';
import { unitInWords } from '../values.js';
import { createShelterMap, SIGNS } from '../sheltermap.js';
import { layersOn } from './layers.js';
import { createOpening } from './shelter-open.js';
import { assignmentTables, auditTables, capacityTables } from './shelter-tables.js';

const QUESTIONS = ['capacity', 'audit', 'assignment', 'open'];
const STAYS = ['', 'emergency', 'short', 'mid', 'long'];
const EXCEL = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet';
const WORST = 8;

/** Layers whose features the marks stand on. */
const MARKED = ['shelter', 'village', 'community', 'township'];

/** @type {Asked} */
const FIRST = { question: 'capacity', stay: 'short', time: 'night', stage: 'now', minutes: 30, buses: true, whole: false, scenario: '' };

/**
 * @param {string} words of the address
 * @returns {Asked}
 */
function read(words) {
    const [question, stay, time, stage, minutes, ways, ...scenario] = words.split(':');
    if (!QUESTIONS.includes(question)) return FIRST;
    return {
        question, stay: STAYS.includes(stay) ? stay : '', time: time === 'day' ? 'day' : 'night', stage: ['new', 'all'].includes(stage) ? stage : 'now',
        minutes: Math.min(600, Math.max(1, Math.round(Number(minutes) || FIRST.minutes))), buses: !ways?.includes('f'), whole: ways?.includes('w') ?? false, scenario: scenario.join(':'),
    };
}

/** @param {Asked} asked */
function written(asked) {
    return [asked.question, asked.stay, asked.time, asked.stage, asked.minutes, (asked.buses ? '' : 'f') + (asked.whole ? 'w' : ''), asked.scenario].join(':');
}

/**
 * @param {HTMLElement} root
 * @param {Page} page
 * @returns {Panel}
 */
export function shelterPanel(root, page) {
    const map = createShelterMap(page.map);
    /** @type {{key: string, answer: any, of: string} | null} */
    let found = null;
    /** @type {AbortController | null} */
    let running = null;
    let runningKey = '';
    /** @type {unknown} */
    let failure = null;
    /** @type {StoredScenario[]} */
    let stored = [];
    let chosen = '';
    let shown = false;
    let switchedOn = false;

    const opening = createOpening(page, () => drawMap());
    const form = el('div', { class: 'shelter-form' });
    const result = el('div', { class: 'shelter-result', 'aria-live': 'polite' });
    root.append(form, result);

    function asked() {
        return read(page.state.get().subject);
    }

    /** @param {Partial<Asked>} part */
    function change(part) {
        const focused = document.activeElement?.id ?? '';
        page.state.set({ subject: written({ ...asked(), ...part }) });
        if (focused) document.getElementById(focused)?.focus();
    }

    function inputs() {
        const { question, stay, time, minutes, buses, whole, stage, scenario } = asked();
        const under = scenario ? { scenario } : {};
        if (question === 'audit') return under;
        const both = { time, ...(stay ? { stay } : {}), ...under };
        return question === 'capacity' ? both : { ...both, maxMinutes: minutes, buses, wholeVillages: whole, planned: stage === 'all' };
    }

    function process() {
        return 'shelter-' + asked().question;
    }

    /** What is missing before anything can be asked. */
    function missing() {
        const count = (/** @type {string} */ layer) => page.info().layers.find((one) => one.id === layer)?.count ?? 0;
        if (!count('shelter')) return 'shelter';
        if (!['audit', 'open'].includes(asked().question) && !['village', 'community', 'township'].some((layer) => count(layer) > 0)) return 'village';
        return '';
    }

    /** Of which data an answer is: the layers that people and places are in. */
    function versions() {
        return page.info().layers.filter((one) => MARKED.includes(one.id)).map((one) => one.id + one.version).join(' ');
    }

    async function run() {
        if (asked().question === 'open') {
            running?.abort();
            running = null;
            draw();
            return missing() ? undefined : opening.load();
        }
        const key = process() + JSON.stringify(inputs());
        if (running && runningKey === key) return draw();
        running?.abort();
        running = null;
        if (missing() || found?.key === key) return draw();
        const mine = new AbortController();
        const of = versions();
        running = mine;
        runningKey = key;
        failure = null;
        draw();
        try {
            const answer = await runProcess(process(), inputs(), mine.signal);
            if (running !== mine) return;
            found = { key, answer, of };
            chosen = '';
        } catch (error) {
            if (running !== mine || isStop(error)) return;
            failure = error;
        }
        running = null;
        draw();
        page.showTable();
    }

    function current() {
        return found && found.key.startsWith(process() + '{') ? found.answer : null;
    }

    function draw() {
        drawForm();
        const answer = current();
        const empty = missing();
        result.classList.toggle('waiting', running !== null);
        if (asked().question === 'open') opening.draw();
        fill(result,
            empty && el('div', { class: 'empty' }, el('p', {}, t('shelter.empty.' + empty)),
                page.has('import') && el('button', { type: 'button', class: 'button primary', onclick: () => page.openPanel('import', empty) }, icon('upload', 16), t('shelter.empty.import'))),
            failure !== null && problemBox(failure, { retry: () => void run() }),
            !empty && !answer && running && el('p', { class: 'quiet' }, t('shelter.working')),
            !empty && asked().question === 'open' && opening.root,
            answer && !empty && [
                found?.of !== versions() && !running && el('p', { class: 'note' }, t('shelter.changed'), ' ', el('button', { type: 'button', class: 'link', id: 'shelter-again', onclick: () => { if (found) found.key = process() + '{ old'; void run(); } }, t('shelter.again'))),
                ...(asked().question === 'capacity' ? capacity(answer) : asked().question === 'audit' ? audit(answer) : assignment(answer)),
                tools(answer), notes(answer)].flat());
        drawMap();
    }

    // ---- the question ------------------------------------------------------------------------------------------------

    function drawForm() {
        const now = asked();
        const choice = (/** @type {string} */ id, /** @type {string} */ label, /** @type {{value: string, title: string}[]} */ values, /** @type {string} */ is, /** @type {(value: string) => void} */ take) => {
            const select = el('select', { class: 'input', id, onchange: () => take(select.value) }, values.map((one) => el('option', { value: one.value, selected: one.value === is }, one.title)));
            return el('label', { class: 'field' }, el('span', {}, label), select);
        };
        const check = (/** @type {string} */ id, /** @type {string} */ label, /** @type {boolean} */ is, /** @type {(is: boolean) => void} */ take) => {
            const box = el('input', { type: 'checkbox', id, checked: is, onchange: () => take(box.checked) });
            return el('label', { class: 'shelter-check' }, box, label);
        };
        const minutes = el('input', { class: 'input', id: 'shelter-minutes', type: 'number', min: '1', max: '600', onchange: () => change({ minutes: Math.min(600, Math.max(1, Math.round(Number(minutes.value) || FIRST.minutes))) }) });
        minutes.value = String(now.minutes);
        fill(form,
            el('div', { class: 'segments shelter-questions', role: 'group', 'aria-label': t('task.shelter') }, QUESTIONS.filter((one) => one !== 'open' || now.question === 'open' || page.account.canDispatch()).map((one) => el('button', {
                type: 'button', class: 'segment', id: 'shelter-' + one, 'aria-pressed': String(one === now.question), onclick: () => change({ question: one }),
            }, t('shelter.question.' + one)))),
            !['audit', 'open'].includes(now.question) && el('div', { class: 'field-row' },
                choice('shelter-stay', t('shelter.stay'), STAYS.map((one) => ({ value: one, title: t('shelter.stay.' + (one || 'own')) })), now.stay, (stay) => change({ stay })),
                choice('shelter-time', t('shelter.time'), ['night', 'day'].map((one) => ({ value: one, title: t('shelter.time.' + one) })), now.time, (time) => change({ time }))),
            now.question === 'assignment' && el('div', {},
                el('label', { class: 'field' }, el('span', {}, t('shelter.minutes')), minutes),
                el('div', { class: 'shelter-checks' },
                    check('shelter-buses', t('shelter.buses'), now.buses, (buses) => change({ buses })),
                    check('shelter-whole', t('shelter.whole'), now.whole, (whole) => change({ whole })),
                    check('shelter-planned', t('shelter.withPlanned'), now.stage === 'all', (all) => change({ stage: all ? 'all' : 'now' })))),
            now.question !== 'open' && stored.length > 0 && choice('shelter-scenario', t('shelter.scenario'), [{ value: '', title: t('shelter.scenario.none') }, ...stored.map((one) => ({ value: one.name, title: one.name === 'now' ? t('shelter.scenario.now') : one.title || one.name }))], now.scenario, (scenario) => change({ scenario })));
    }

    // ---- the answers -------------------------------------------------------------------------------------------------

    /**
     * @param {any} answer
     * @returns {(Node | false)[]}
     */
    function capacity(answer) {
        const { district, townships } = answer;
        const now = asked();
        /** @type {[string, any][]} */
        const stages = [['now', district.now], ['new', district.withNew], ['all', district.withAll]];
        const most = Math.max(district.need, ...stages.map(([, one]) => one.places), 1);
        const gapOf = (/** @type {any} */ unit) => ({ now: unit.now, new: unit.withNew, all: unit.withAll })[now.stage]?.gap ?? 0;
        const worst = [...townships].sort((a, b) => gapOf(b) - gapOf(a)).filter((one) => gapOf(one) > 0).slice(0, WORST);
        return [
            el('p', { class: 'shelter-figure', id: 'shelter-gap' }, el('strong', { class: district.now.gap > 0 ? 'lacks' : 'enough' }, district.now.gap > 0 ? t('shelter.lacks', { people: people(district.now.gap) }) : t('shelter.enough')),
                district.need > district.now.withinReach && el('strong', { class: 'shelter-near lacks' }, t('shelter.lacksNear', { people: people(district.need - district.now.withinReach) })),
                el('span', { class: 'quiet' }, t(answer.threatenedOnly ? 'shelter.need.threatened' : 'shelter.need', { people: people(district.people), need: people(district.need), share: percent(answer.needShare) }))),
            el('ul', { class: 'shelter-stages' }, stages.map(([stage, one]) => el('li', {},
                el('button', { type: 'button', id: 'shelter-stage-' + stage, class: 'shelter-stage', 'aria-pressed': String(stage === now.stage), onclick: () => change({ stage }) },
                    el('span', { class: 'shelter-stage-name' }, t('shelter.stage.' + stage)),
                    el('span', { class: 'shelter-bar', 'aria-hidden': 'true' }, bar('places', one.places / most), bar('mark', district.need / most)),
                    el('span', {}, t('shelter.stage.words', { n: number(one.shelters), places: people(one.places), gap: one.gap > 0 ? t('shelter.lacks', { people: people(one.gap) }) : t('shelter.enough') })),
                    el('small', { class: 'quiet' }, t('shelter.stage.more', { perHead: one.squareMetresPerPerson === null ? t('value.unknown') : fixed(one.squareMetresPerPerson, 2), reach: people(one.withinReach) })))))),
            el('p', { class: 'quiet small' }, t('shelter.mapHint')),
            worst.length > 0 && el('h3', {}, t('shelter.worst')),
            worst.length > 0 && el('ul', {}, worst.map((one) => el('li', { class: 'shelter-line' }, el('span', {}, data(one.name || t('shelter.noTownship'))), el('strong', {}, t('shelter.lacks', { people: people(gapOf(one)) }))))),
            el('details', {}, el('summary', {}, t('shelter.norms')), el('dl', { class: 'facts' }, answer.norms.map((/** @type {any} */ one) => el('div', {}, el('dt', {}, t('shelter.norm.' + one.id)), el('dd', {}, `${number(one.value, 2)} ${unitInWords(one.unit)} · ${one.source} ${one.clause} · ${t('shelter.mark.' + one.mark)}`))))),
        ];
    }

    /**
     * @param {string} kind
     * @param {number} share
     */
    function bar(kind, share) {
        const part = el('i', { class: 'shelter-bar-' + kind });
        part.style.setProperty('--share', `${Math.min(100, 100 * share)}%`);
        return part;
    }

    /** @param {any} answer */
    function audit(answer) {
        const { totals, mendFirst, shelters } = answer;
        const one = shelters.find((/** @type {any} */ shelter) => shelter.id === chosen);
        return [
            el('p', { class: 'shelter-figure', id: 'shelter-sound' }, el('strong', { class: totals.failing ? 'lacks' : 'enough' }, t('shelter.failing', { n: number(totals.failing), all: number(totals.shelters) })),
                el('span', { class: 'quiet' }, t('shelter.audit.counts', { fails: number(totals.fails), unknowns: number(totals.unknowns) }))),
            one && el('section', { class: 'shelter-one', id: 'shelter-one' }, el('h3', {}, data(one.name)),
                el('p', { class: 'small' }, one.stayReach.next ? t(one.stayReach.sure ? 'shelter.reach.next' : 'shelter.reach.first', { sure: one.stayReach.sure ? t('shelter.stay.' + one.stayReach.sure) : '', next: t('shelter.stay.' + one.stayReach.next), missing: one.stayReach.missing.map((/** @type {any} */ m) => pick(m.title)).join(t('value.separator')) }) : t('shelter.reach.all')),
                el('ul', {}, [...one.findings].sort((a, b) => order(a) - order(b)).map((finding) => el('li', { class: 'finding finding-' + finding.result },
                    el('strong', {}, t('shelter.result.' + finding.result)), ' ', pick(finding.title), '　',
                    el('span', {}, finding.missing.length ? t('shelter.missing', { what: finding.missing.join(t('value.separator')) }) : finding.value === null ? t('value.unknown') : (finding.beyond ? '>' : '') + number(finding.value, 1) + (finding.what ? t('shelter.to', { what: finding.what }) : '')),
                    el('small', { class: 'quiet' }, t('shelter.finding', { limit: `${finding.sign} ${number(finding.limit, 1)} ${unitInWords(finding.unit)}`, source: finding.source, clause: finding.clause, mark: t('shelter.mark.' + finding.mark) })))))),
            el('h3', {}, t('shelter.mendFirst')),
            mendFirst.length === 0 && el('p', {}, t('shelter.mend.none')),
            el('ol', { class: 'shelter-mend' }, mendFirst.slice(0, WORST).map((/** @type {any} */ mend) => el('li', {},
                el('button', { type: 'button', class: 'village', onclick: () => choose({ id: mend.shelterId, lon: mend.lon, lat: mend.lat }) },
                    el('span', { class: 'village-name' }, data(mend.shelter)), el('span', { class: 'village-people' }, people(mend.people)),
                    el('span', { class: 'village-reason quiet' }, t('shelter.mend.line', { rule: pick(mend.title), value: mend.value === null ? t('value.unknown') : number(mend.value, 1), limit: `${mend.sign} ${number(mend.limit, 1)} ${unitInWords(mend.unit)}`, mend: pick(mend.mend) })))))),
        ];
    }

    /** @param {any} finding */
    function order(finding) {
        return ['fail', 'unknown', 'pass'].indexOf(finding.result) * 10 - finding.weight;
    }

    /** @param {any} answer */
    function assignment(answer) {
        const { summary, unplaced, overflow } = answer;
        return [
            el('p', { class: 'shelter-figure', id: 'shelter-placed' }, el('strong', { class: summary.unplaced ? 'lacks' : 'enough' }, t('shelter.placed', { placed: people(summary.placed), people: people(summary.people) })),
                summary.unplaced > 0 && el('span', {}, t('shelter.unplaced', { people: people(summary.unplaced) }))),
            el('dl', { class: 'facts' },
                fact('walking', people(summary.walking)), fact('byBus', t('shelter.byBus.words', { people: people(summary.byBus), trips: number(summary.busTrips) })),
                fact('mean', summary.meanSeconds === null ? t('value.unknown') : travelTime(summary.meanSeconds)), fact('longest', summary.longestSeconds === null ? t('value.unknown') : travelTime(summary.longestSeconds)),
                fact('loads', t('shelter.loads.words', { full: number(summary.sheltersFull), idle: number(summary.sheltersIdle) }))),
            el('p', { class: 'small shelter-proof', id: 'shelter-proof' }, icon(summary.optimal ? 'check' : 'warn', 16), ' ', summary.optimalText),
            overflow.length > 0 && el('h3', {}, t('shelter.overflow')),
            overflow.length > 0 && el('ul', {}, overflow.slice(0, WORST).map((/** @type {any} */ one) => el('li', { class: 'shelter-line' }, el('span', {}, data(one.fromName), ' → ', data(one.toName)), el('strong', {}, people(one.people))))),
            unplaced.length > 0 && el('h3', {}, t('shelter.table.unplaced')),
            unplaced.length > 0 && el('ul', {}, unplaced.slice(0, WORST).map((/** @type {any} */ one) => el('li', {}, el('button', { type: 'button', class: 'village', onclick: () => choose(one) },
                el('span', { class: 'village-name' }, data(one.name)), el('span', { class: 'village-people' }, people(one.people)), el('span', { class: 'village-reason quiet' }, one.reasonText))))),
        ];
    }

    /**
     * @param {string} key
     * @param {string} words
     */
    function fact(key, words) {
        return el('div', {}, el('dt', {}, t('shelter.fact.' + key)), el('dd', {}, words));
    }

    /** @param {any} answer */
    function tools(answer) {
        return el('div', { class: 'shelter-tools' },
            el('button', { type: 'button', class: 'button', id: 'shelter-table', onclick: () => page.openTable(tables(answer)[0].key) }, icon('table', 16), t('shelter.openTable')),
            el('button', { type: 'button', class: 'button', id: 'shelter-excel', onclick: () => void excel() }, icon('download', 16), t('shelter.excel')));
    }

    async function excel() {
        try {
            saveFile(await processAsFile(process(), inputs(), EXCEL), t('shelter.file.' + asked().question) + '.xlsx');
            say(t('shelter.saved'));
        } catch (error) {
            failure = error;
            draw();
        }
    }

    /** @param {any} answer */
    function notes(answer) {
        const out = answer.out ?? [];
        return el('details', { class: 'shelter-notes' }, el('summary', {}, t('shelter.notes', { n: number(answer.warnings.length + out.length) })),
            answer.how && el('p', { class: 'small' }, answer.how),
            el('ul', {}, answer.warnings.map((/** @type {string} */ one) => el('li', { class: 'small' }, one)), out.map((/** @type {any} */ one) => el('li', { class: 'small' }, data(one.name), '：', one.reasonText))));
    }

    // ---- map and table -----------------------------------------------------------------------------------------------

    /** @param {any} answer */
    function tables(answer) {
        const question = asked().question;
        return question === 'capacity' ? capacityTables(answer, choose) : question === 'audit' ? auditTables(answer, choose) : assignmentTables(answer, choose);
    }

    /** @param {any} of a row with an id and, where it has one, a place */
    function choose(of) {
        chosen = of.villageId ?? of.id ?? '';
        const answer = current();
        const line = answer?.lines?.features.find((/** @type {any} */ one) => one.id === of.id);
        const at = of.lon !== undefined ? [of.lon, of.lat] : line?.geometry.coordinates[0];
        if (at) page.map.flyTo(at[0], at[1]);
        if (asked().question === 'audit') draw();
        else drawMap();
    }

    function drawMap() {
        if (shown && asked().question === 'open') {
            const marks = opening.marks();
            page.explain(marks.length ? legend() : []);
            map.showLines([]);
            return map.showSpots(marks);
        }
        const answer = shown && !missing() ? current() : null;
        page.explain(answer ? legend() : []);
        if (!answer) return map.clear();
        const { question, stage } = asked();
        const key = stage === 'now' ? 'gap' : stage === 'new' ? 'gapWithNew' : 'gapWithAll';
        map.showLines(question === 'assignment' ? answer.lines.features : [], (line) => [line.properties.villageId, line.properties.shelterId].includes(chosen));
        map.showSpots(
            question === 'capacity' ? answer.villages.filter((/** @type {any} */ one) => one.need > 0).map((/** @type {any} */ one) => ({ ...one, people: one[key] }))
                : question === 'assignment' ? answer.unplaced : answer.shelters.map((/** @type {any} */ one) => ({ ...one, people: one.fail * one.fail * 30, unsure: one.unknown > 0 })), chosen);
    }

    /** The signs of the question, for the legend of the map. */
    function legend() {
        const sign = (/** @type {keyof typeof SIGNS} */ is, /** @type {string} */ key) => ({ swatch: SIGNS[is](), sign: true, words: t('shelter.legend.' + key) });
        if (asked().question === 'open') return [sign('enough', 'open')];
        if (asked().question === 'capacity') return [sign('lacks', 'lacks'), sign('enough', 'enough')];
        if (asked().question === 'audit') return [sign('lacks', 'fails'), sign('unsure', 'unknowns'), sign('enough', 'passes')];
        return [sign('walk', 'walk'), sign('bus', 'bus'), ...(current().unplaced.length ? [sign('lacks', 'unplaced')] : [])];
    }

    /** What is asked about is on the map; where it is switched off afterwards it stays off. */
    function withShelters() {
        if (switchedOn) return;
        switchedOn = true;
        const on = layersOn(page.info(), page.state.get().layers).map((one) => one.id);
        if (!on.includes('shelter')) page.state.adjust({ layers: [...on, 'shelter'] });
    }

    async function scenarios() {
        try {
            stored = await fetchScenarios();
        } catch {
            stored = [];
        }
        if (shown) drawForm();
    }

    return {
        draw() {
            if (shown) void run();
        },
        show() {
            if (!shown) void scenarios();
            shown = true;
            withShelters();
            void run();
        },
        hide() {
            shown = false;
            running?.abort();
            running = null;
            map.clear();
            page.explain([]);
        },
        tables: () => (shown && current() ? tables(current()) : []),
        onClick(hits, at) {
            if (asked().question === 'open') return false;
            const spot = map.spotAt(at);
            if (!spot) return false;
            chosen = spot.id;
            page.markRow(spot.id);
            if (asked().question === 'audit') draw();
            else drawMap();
            // A road that happens to lie under the mark is not what was meant.
            return asked().question === 'audit' || !hits.some((hit) => MARKED.includes(hit.layer));
        },
    };
}
