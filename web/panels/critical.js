/**
 * Two questions about the same stations that take a while and run as jobs: which road sections would cost most people
 * their cover if they were lost, and where mobile teams should stand before a forecast comes true.
 *
 * @typedef {import('../api.js').Info} Info
 * @typedef {import('../api.js').GeoFeature} GeoFeature
 * @typedef {import('../rankmap.js').RankMap} RankMap
 *
 * @typedef {object} Around
 * @property {RankMap} map
 * @property {() => Info} info
 * @property {() => Promise<any>} inputs of the circle's question: stations, profile, direction, turnout, scenario
 * @property {() => boolean} air whether helicopters are part of it
 * @property {() => number} minutes the widest of the question
 * @property {(place: {lon: number, lat: number}) => void} goTo
 * @property {(geometry: any) => void} goToLine
 * @property {(ids: {roads: string[]}) => void} close takes a road into the what-if
 * @property {(answer: any | null) => void} showTogether an answer of its own on the map; null: the circle again
 * @property {(text: string) => void} asked several kinds together were asked, as the address says it; empty: no more
 * @property {() => {id: string, title: string}[]} senders layers whose places can send help
 */

import { isStop, runJob } from '../api.js';
import { data, el, fill, icon, iconButton } from '../dom.js';
import { limit, number, people, percent } from '../format.js';
import { pick, t } from '../i18n.js';
import { problemBox } from '../problem.js';

/** So many of the worst are shown. */
const WORST = 10;

/**
 * @param {HTMLElement} root
 * @param {Around} around
 */
export function slowQuestions(root, around) {
    const links = job('critical', around, {
        process: 'critical-links',
        intro: () => (together.answer() ? t('critical.intro.kinds') : null),
        form: linkForm,
        inputs: async () => {
            return { ...(await need([around.minutes()])), links: linkKinds, top: WORST, ...(withShelters ? { shelters: true } : {}) };
        },
        answer: linkAnswer,
        clear: () => around.map.showLinks([], -1),
    });
    const teams = job('teams', around, {
        process: 'pre-position',
        form: teamForm,
        inputs: async () => {
            const { direction, ...of } = await need([teamMinutes]);
            return {
                ...of, teams: teamCount, ...(of.kinds && of.kinds.some((/** @type {any} */ one) => one.id === teamKind) ? { teamKind } : {}),
                ...(hazard ? { forecast: [{ layer: hazard, bufferMetres: hazardBuffer }] } : {}),
            };
        },
        answer: teamAnswer,
        clear: () => around.map.showPlaces([], -1),
    });
    const together = job('together', around, {
        process: 'rescue-circle',
        form: togetherForm,
        inputs: async () => {
            around.asked(toText());
            const { scenario, helicopters, facilities } = await around.inputs();
            const asked = kinds.map((one, i) => ({ id: 'k' + (i + 1), title: titleOf(one.layer), facilities: { layer: one.layer }, minutes: one.minutes, profile: one.profile }));
            const flown = asked.find((one) => one.facilities.layer === facilities.layer) ?? asked[0];
            return {
                kinds: asked, combine: every ? 'all' : 'any', ...(scenario ? { scenario } : {}),
                ...(helicopters ? { helicopters: { ...helicopters, kind: flown.id } } : {}),
            };
        },
        answer: togetherAnswer,
        changed: () => {
            // The other two ask about the same need.
            links.draw();
            teams.draw();
        },
        clear: () => {
            around.showTogether(null);
            around.asked('');
        },
    });
    root.append(together.root, links.root, teams.root);

    /**
     * What must come in time: the kinds that were asked together, or the circle's own stations; with its helicopters.
     *
     * @param {number[]} minutes of the circle's stations; the kinds have their own
     * @returns {Promise<any>}
     */
    async function need(minutes) {
        const { facilities, profile, direction, turnout, scenario, helicopters } = await around.inputs();
        const both = together.answer()?.inputs;
        if (both) {
            return {
                kinds: both.kinds.map((/** @type {any} */ one) => ({ id: one.id, title: one.title, facilities: one.facilities, minutes: one.minutes, profile: one.profile })),
                combine: both.combine, ...(scenario ? { scenario } : {}), ...(both.helicopters ? { helicopters: both.helicopters } : {}),
            };
        }
        return { facilities, profile, direction, minutes, ...(turnout ? { turnout } : {}), ...(scenario ? { scenario } : {}), ...(helicopters ? { helicopters } : {}) };
    }

    /**
     * What an answer counts, in words; nothing for the circle's stations alone.
     *
     * @param {any} inputs
     */
    function counted(inputs) {
        const named = (inputs.kinds ?? []).map((/** @type {any} */ one) => t('together.each', { kind: one.title, time: limit(one.minutes) })).join(t('value.separator'));
        return [
            named && el('p', { class: 'quiet small counted' }, t(inputs.combine === 'any' ? 'together.counted.any' : 'together.counted.all', { kinds: named })),
            inputs.helicopters && el('p', { class: 'quiet small counted' }, t('together.counted.air')),
        ];
    }

    /** The same before it is asked. */
    function toBeCounted() {
        const both = together.answer()?.inputs;
        return counted(both ?? (around.air() ? { helicopters: true } : {}));
    }

    /**
     * What an answer counted, where it is not what would be counted now.
     *
     * @param {any} inputs
     */
    function otherwise(inputs) {
        const words = (/** @type {any[]} */ of) => of.map((one) => one?.textContent ?? '').join();
        return words(counted(inputs)) === words(toBeCounted()) ? [] : counted(inputs);
    }

    // ---- several kinds of help together -------------------------------------------------------------------------

    let kinds = [{ layer: 'rescue_station', minutes: 30, profile: 'fire_engine' }, { layer: 'hospital', minutes: 60, profile: 'car' }];
    let every = true;

    /** As the address says it: `all~rescue_station.30.fire_engine~hospital.60.car`. */
    function toText() {
        return [every ? 'all' : 'any', ...kinds.map((one) => `${one.layer}.${one.minutes}.${one.profile}`)].join('~');
    }

    /** @param {string} text */
    function fromText(text) {
        const [combined, ...named] = text.split('~');
        const read = named.map((one) => one.split('.')).map(([layer, minutes, profile]) => ({ layer, minutes: Number(minutes), profile: profile ?? 'car' }));
        if (read.length < 2 || read.some((one) => !one.layer || !(one.minutes >= 1))) return;
        every = combined !== 'any';
        kinds = read;
    }

    /** @param {string} layer */
    function titleOf(layer) {
        return around.senders().find((one) => one.id === layer)?.title ?? layer;
    }

    function togetherForm() {
        const row = (/** @type {typeof kinds[number]} */ kind, /** @type {number} */ i) => {
            const select = el('select', { class: 'input', 'aria-label': t('coverage.stations'), onchange: () => {
                kind.layer = select.value;
                kind.profile = select.value === 'rescue_station' || select.value === 'team' ? 'fire_engine' : 'car';
            } }, around.senders().map((one) => el('option', { value: one.id, selected: one.id === kind.layer }, one.title)));
            const minutes = el('input', { class: 'input', type: 'number', min: '1', max: '600', 'aria-label': t('teams.minutes'), oninput: () => { kind.minutes = Math.max(1, Math.round(Number(minutes.value) || 1)); } });
            minutes.value = String(kind.minutes);
            return el('div', { class: 'kind-row' }, select, minutes, el('span', { class: 'quiet small' }, t('together.minutes')),
                kinds.length > 2 && iconButton('close', t('whatif.remove'), () => {
                    kinds = kinds.filter((_, j) => j !== i);
                    together.draw();
                }));
        };
        return el('div', { class: 'team-form' }, kinds.map(row),
            el('div', { class: 'stored-tools' },
                kinds.length < 6 && el('button', { type: 'button', class: 'link', onclick: () => {
                    kinds = [...kinds, { layer: 'team', minutes: 60, profile: 'fire_engine' }];
                    together.draw();
                } }, icon('plus', 16), t('together.add')),
                el('span', { class: 'segments' }, [true, false].map((one) => el('button', { type: 'button', class: 'segment', 'aria-pressed': String(one === every), onclick: () => {
                    every = one;
                    together.draw();
                } }, t(one ? 'together.all' : 'together.any'))))));
    }

    /** @param {any} answer */
    function togetherAnswer(answer) {
        around.showTogether(answer);
        const { covered, uncovered } = answer;
        return [
            el('p', { class: 'effect-sentence', id: 'together-sentence', 'data-people': '0' }, t(every ? 'together.sentence.all' : 'together.sentence.any', { people: people(covered.people), share: percent(covered.shareOfPeople), n: number(uncovered.length) })),
            answer.inputs.helicopters && el('p', { class: 'quiet small counted' }, t('together.air', { kind: (answer.inputs.kinds ?? []).find((/** @type {any} */ one) => one.id === answer.inputs.helicopters.kind)?.title ?? '' })),
            el('dl', { class: 'facts' }, (answer.kinds ?? []).map((/** @type {any} */ one, /** @type {number} */ i) => el('div', {}, el('dt', {}, one.title), el('dd', {}, t('together.kind', { time: limit(kinds[i]?.minutes ?? 0), people: people(one.covered.people), share: percent(one.covered.shareOfPeople) }))))),
            el('ul', {}, uncovered.slice(0, WORST).map((/** @type {any} */ village) => el('li', {},
                el('button', { type: 'button', class: 'village', onclick: () => around.goTo(village) },
                    el('span', { class: 'village-name' }, data(village.name)), el('span', { class: 'village-people' }, people(village.people)),
                    el('span', { class: 'village-reason quiet' }, village.reasonText ?? ''))))),
        ];
    }

    // ---- critical links -----------------------------------------------------------------------------------------

    /** @type {string[]} */
    let linkKinds = ['bridges', 'tunnels'];
    let chosenLink = -1;
    let withShelters = false;
    /** Whether the list and the map show who loses the shelter. */
    let byShelter = false;

    function linkForm() {
        const shelters = around.info().layers.some((one) => one.id === 'shelter' && one.count > 0);
        return el('div', { class: 'team-form' }, toBeCounted(), el('div', { class: 'chips' }, ['bridges', 'tunnels', 'sections'].map((kind) => {
            const is = linkKinds.includes(kind);
            return el('button', { type: 'button', class: 'chip', 'aria-pressed': String(is), 'data-kind': kind, onclick: () => {
                const next = is ? linkKinds.filter((one) => one !== kind) : [...linkKinds, kind];
                if (next.length) linkKinds = next;
                links.draw();
                /** @type {HTMLElement | null} */ (links.root.querySelector(`[data-kind="${kind}"]`))?.focus();
            } }, t('critical.kind.' + kind));
        })), shelters && el('label', { class: 'check' },
            el('input', { type: 'checkbox', checked: withShelters, id: 'critical-shelters', onchange: () => { withShelters = !withShelters; } }),
            el('span', {}, t('critical.shelters'))));
    }

    /** @param {any} answer */
    function linkAnswer(answer) {
        const shelter = byShelter && answer.shelters;
        const shown = shelter ? answer.shelters : answer;
        /** @type {GeoFeature[]} */
        const found = shown.links.features;
        around.map.showLinks(found, chosenLink);
        return [
            answer.shelters && el('span', { class: 'segments', role: 'group', 'aria-label': t('critical.title') }, [false, true].map((one) => el('button', { type: 'button', class: 'segment', 'aria-pressed': String(one === byShelter), 'data-lost': one ? 'shelter' : 'circle', onclick: () => {
                byShelter = one;
                chosenLink = -1;
                links.draw();
                /** @type {HTMLElement | null} */ (links.root.querySelector('[data-lost][aria-pressed=true]'))?.focus();
            } }, t(one ? 'critical.by.shelter' : 'critical.by.circle')))),
            ...(shelter ? [] : otherwise(answer.inputs)),
            el('p', { class: 'quiet small' }, t(shelter ? 'critical.summary.shelter' : answer.inputs.kinds ? 'critical.summary.kinds' : 'critical.summary', { checked: number(answer.checked), missed: number(shown.missed), time: limit(shown.minutes) })),
            found.length === 0 && el('p', {}, t(shelter ? 'critical.none.shelter' : 'critical.none')),
            el('ol', { class: 'arrivals' }, found.map((one, i) => {
                const { name, people: lost, villages, kind, rank } = one.properties;
                // What they all lack is said once.
                const lacking = [...new Set(one.properties.lost.map((/** @type {any} */ village) => village.kind))];
                const sameKind = lacking.length === 1 && lacking[0];
                return el('li', {},
                    el('button', {
                        type: 'button', class: i === chosenLink ? 'arrival arrival-chosen' : 'arrival', 'aria-pressed': String(i === chosenLink), 'data-link': String(rank),
                        onclick: () => {
                            chosenLink = i;
                            around.goToLine(one.geometry);
                            links.draw();
                        },
                    },
                    el('span', { class: 'arrival-number lost' }, String(rank)),
                    el('span', { class: 'arrival-name' }, name ? data(name) : t('whatif.road'), el('small', { class: 'quiet' }, t('critical.kind.one.' + kind), ' · ', t('critical.villages', { n: number(villages) }))),
                    el('strong', { class: 'arrival-time lost' }, people(lost))),
                    i === chosenLink && el('div', { class: 'link-more' },
                        el('p', { class: 'small' }, one.properties.lost.slice(0, 6).flatMap((/** @type {any} */ village, /** @type {number} */ j) => [j ? t('value.separator') : '', data(village.name), village.kind && !sameKind ? t('critical.late', { kind: village.kind }) : '']),
                            one.properties.lost.length > 6 && t('critical.andMore', { n: number(one.properties.lost.length) }),
                            sameKind && t('critical.late', { kind: sameKind })),
                        el('button', { type: 'button', class: 'link', onclick: () => around.close({ roads: one.properties.roads }) }, icon('block', 16), t('critical.try'))));
            })),
        ];
    }

    // ---- where teams should stand -------------------------------------------------------------------------------

    let teamCount = 3;
    let teamMinutes = 30;
    /** Which of several kinds the teams are. */
    let teamKind = 'k1';
    let hazard = '';
    let hazardBuffer = 1000;
    let chosenTeam = -1;

    function teamForm() {
        const layers = around.info().layers.filter((one) => one.group === 'hazard' && one.count > 0);
        const input = (/** @type {string} */ words, /** @type {number} */ value, /** @type {number} */ most, /** @type {(value: number) => void} */ take) => {
            const field = el('input', { class: 'input', type: 'number', min: '1', max: String(most), 'aria-label': words, oninput: () => take(Math.max(1, Math.round(Number(field.value) || 1))) });
            field.value = String(value);
            return el('label', { class: 'field' }, el('span', {}, words), field);
        };
        const select = el('select', { class: 'input', 'aria-label': t('teams.hazard'), onchange: () => { hazard = select.value; } },
            el('option', { value: '' }, t('teams.hazard.none')), layers.map((one) => el('option', { value: one.id, selected: one.id === hazard }, pick(one.title))));
        /** @type {{id: string, title: string}[]} */
        const several = together.answer()?.inputs.kinds ?? [];
        const of = el('select', { class: 'input', 'aria-label': t('teams.kind'), id: 'team-kind', onchange: () => { teamKind = of.value; } },
            several.map((one) => el('option', { value: one.id, selected: one.id === teamKind }, one.title)));
        return el('div', { class: 'team-form' }, toBeCounted(),
            el('div', { class: 'field-row' },
                input(t('teams.count'), teamCount, 20, (value) => { teamCount = value; }),
                several.length
                    ? el('label', { class: 'field' }, el('span', {}, t('teams.kind')), of)
                    : input(t('teams.minutes'), teamMinutes, 600, (value) => { teamMinutes = value; })),
            el('div', { class: 'field-row' },
                el('label', { class: 'field' }, el('span', {}, t('teams.hazard')), select),
                input(t('teams.buffer'), hazardBuffer, 20_000, (value) => { hazardBuffer = value; })));
    }

    /** @param {any} answer */
    function teamAnswer(answer) {
        /** @type {GeoFeature[]} */
        const found = answer.teams.features;
        const places = found.map((one) => ({ lon: one.geometry?.coordinates[0], lat: one.geometry?.coordinates[1] }));
        around.map.showPlaces(places, chosenTeam);
        const share = (/** @type {number} */ part) => percent(answer.totalWeighted > 0 ? part / answer.totalWeighted : null);
        return [
            el('p', { class: 'effect-sentence', 'data-people': String(answer.withTeamsPeople - answer.presentPeople), id: 'teams-sentence' },
                t('teams.sentence', { n: number(found.length), time: limit(answer.minutes), more: people(answer.withTeamsPeople - answer.presentPeople) })),
            ...otherwise(answer.inputs),
            el('p', { class: 'quiet small' }, t('teams.weighted', { before: share(answer.presentWeighted), after: share(answer.withTeamsWeighted) }), ' ', t(answer.optimal ? 'teams.optimal' : 'teams.bound', { bound: share(answer.boundWeighted) })),
            el('ol', { class: 'arrivals' }, found.map((one, i) => el('li', {},
                el('button', {
                    type: 'button', class: i === chosenTeam ? 'arrival arrival-chosen' : 'arrival', 'aria-pressed': String(i === chosenTeam), 'data-team': String(i + 1),
                    onclick: () => {
                        chosenTeam = i;
                        around.goTo(places[i]);
                        teams.draw();
                    },
                },
                el('span', { class: 'arrival-number gained' }, String(i + 1)),
                el('span', { class: 'arrival-name' }, data(String(one.properties.name)), el('small', { class: 'quiet' }, t('critical.villages', { n: number(one.properties.villages) }))),
                el('strong', { class: 'arrival-time gained' }, '+' + people(one.properties.gainPeople)))))),
        ];
    }

    return {
        draw() {
            together.draw();
            links.draw();
            teams.draw();
        },

        /**
         * A link says that several kinds together were asked.
         *
         * @param {string} text
         */
        follow(text) {
            fromText(text);
            together.root.open = true;
            void together.run();
        },

        /** Another question: what stands here no longer belongs to it. */
        forget() {
            chosenLink = chosenTeam = -1;
            together.forget();
            links.forget();
            teams.forget();
        },
    };
}

/**
 * A question that runs as a job, with its form, how far it is, a stop and its answer.
 *
 * @param {string} word of the i18n keys
 * @param {Around} around
 * @param {{process: string, form: () => Element, inputs: () => Promise<any>, answer: (answer: any) => any[], clear: () => void, changed?: () => void, intro?: () => string | null}} of
 */
function job(word, around, of) {
    const root = el('details', { class: 'slow', 'data-slow': word });
    /** @type {any} */
    let answer = null;
    /** @type {AbortController | null} */
    let running = null;
    /** @type {unknown} */
    let failure = null;
    let share = 0;
    let doing = '';

    async function run() {
        running?.abort();
        const mine = new AbortController();
        running = mine;
        failure = null;
        share = 0;
        doing = '';
        draw();
        try {
            const found = await runJob(of.process, await of.inputs(), (part, words) => {
                share = part;
                doing = words;
                drawProgress();
            }, mine.signal);
            if (running !== mine) return;
            answer = found;
        } catch (error) {
            if (running !== mine) return;
            if (!isStop(error)) failure = error;
        }
        running = null;
        draw();
        of.changed?.();
        /** @type {HTMLElement | null} */ (root.querySelector('.slow-run'))?.focus();
    }

    const bar = el('div', { class: 'slow-bar', role: 'progressbar', 'aria-valuemin': '0', 'aria-valuemax': '100' }, el('span'));
    const words = el('span', { class: 'quiet small' });

    function drawProgress() {
        bar.setAttribute('aria-valuenow', String(Math.round(share * 100)));
        bar.style.setProperty('--share', share * 100 + '%');
        words.textContent = `${Math.round(share * 100)}% ${doing}`;
    }

    function draw() {
        const open = root.open;
        bar.setAttribute('aria-label', t(word + '.title'));
        fill(root,
            el('summary', {}, t(word + '.title')),
            el('p', { class: 'quiet small' }, of.intro?.() ?? t(word + '.intro', { time: limit(around.minutes()) })),
            of.form(),
            el('div', { class: 'run-row' },
                !running && el('button', { type: 'button', class: 'button slow-run', onclick: () => void run() }, icon('play', 16), t(word + '.run')),
                running && el('button', { type: 'button', class: 'button slow-stop', onclick: () => running?.abort() }, icon('stop', 16), t('coverage.stop')),
                answer && !running && el('button', { type: 'button', class: 'link', onclick: forget }, t('coverage.clear'))),
            running && bar, running && words,
            failure !== null && problemBox(failure, { retry: () => void run() }),
            answer && el('div', { class: running ? 'slow-answer old' : 'slow-answer' }, of.answer(answer), (answer.warnings ?? []).map((/** @type {string} */ one) => el('p', { class: 'note' }, one))));
        root.open = open;
        drawProgress();
    }

    function forget() {
        running?.abort();
        running = null;
        failure = null;
        if (answer) of.clear();
        answer = null;
        draw();
        of.changed?.();
    }

    return { root, draw, forget, run, answer: () => answer };
}
