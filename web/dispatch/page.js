/**
 * The dispatcher's page: who comes first to an incident, by the roads that are open now. Incidents, closures and forces
 * follow what others do within a second (live.js); what is asked stands in the address.
 *
 * @typedef {import('../api.js').Info} Info
 * @typedef {import('./incidents.js').Incident} Incident
 * @typedef {import('./incidents.js').LonLat} LonLat
 * @typedef {import('./forces.js').Answer} Answer
 * @typedef {import('./forces.js').Need} Need
 * @typedef {import('./forces.js').Skill} Skill
 * @typedef {import('./forces.js').Mission} Mission
 */

import { createAccount } from '../account.js';
import { createFeature, fetchAttributes, fetchInfo, fetchItems, fetchScenario, fetchSkills, fetchTagged, forgetSchemas, isStop, patchFeature, runProcess, saveScenario } from '../api.js';
import { byId, calmly, el, fill, icon, iconButton, say } from '../dom.js';
import { clockTime, dateTime, number, position } from '../format.js';
import { language, t, translate, useLanguage } from '../i18n.js';
import { connected, subscribe } from '../live.js';
import { createMap } from '../map.js';
import { problemBox } from '../problem.js';
import { createShelterState } from '../shelterstate.js';
import { recall, remember } from '../state.js';
import { createBoard } from './board.js';
import { createForces } from './forces.js';
import { createIncidents } from './incidents.js';
import { createKeys, keyCap } from './keys.js';

const NOW = 'now';
const MAP_LAYERS = ['district', 'township', 'road', 'hospital', 'warehouse', 'team', 'rescue_station'];
const FORCES = ['rescue_station', 'team', 'hospital', 'warehouse', 'mission'];
/** While the service tells nothing by itself, in milliseconds. */
const LOOK_EVERY = 30_000;
const ROUTES = 5;
const CLOSURES = /** @type {const} */ ({ B: 'Point', L: 'LineString', G: 'Polygon' });

void start();

async function start() {
    applyTheme(recall('dispatch-theme') ?? 'night');
    const given = new URLSearchParams(location.search).get('lang');
    try {
        await useLanguage((given ?? recall('language')) === 'en' ? 'en' : 'zh');
        if (typeof ol === 'undefined') throw new Error('ol');
        duty(await fetchInfo(), await fetchSkills());
    } catch (error) {
        translate(document);
        fill(byId('notices'), problemBox(error, { retry: () => location.reload() }));
    }
}

/** @param {string} wanted */
function applyTheme(wanted) {
    document.documentElement.dataset.theme = wanted === 'day' ? 'day' : 'night';
}

function theme() {
    return document.documentElement.dataset.theme === 'day' ? 'day' : 'night';
}

/**
 * @param {Info} info
 * @param {{skills: Skill[], usualNeeds: Record<string, Need[]>}} known
 */
function duty(info, known) {
    /** @type {Incident[]} */
    let incidents = [];
    /** @type {Mission[]} */
    let missions = [];
    /** @type {{value: string, title: string}[]} */
    let kinds = [];
    /** @type {any} */
    let now = {};
    let chosenId = '';
    /** A place that is asked about without an incident. */
    /** @type {LonLat | null} */
    let probe = null;
    /** @type {Need[]} */
    let needs = [];
    /** @type {Answer | null} */
    let answer = null;
    /** @type {Map<string, number>} */
    let before = new Map();
    /** @type {unknown} */
    let failure = null;
    let shown = 0;
    let looking = false;
    /** What the answer was given to: the question, and the version of the live scenario. */
    let answered = { question: '', version: -1 };
    /** @type {AbortController | null} */
    let running = null;
    /** @type {'' | 'Point' | 'LineString' | 'Polygon'} */
    let tool = '';

    const map = createMap(byId('map'), byId('scale'), {
        onClick: (_, at, when) => clicked(at, when),
        onMove: ({ lon, lat, zoom }) => { byId('map').dataset.view = [lon, lat, zoom].join(','); },
        onPointer: (at) => { byId('position').textContent = at ? position(at[0], at[1]) : ''; },
        onDrawn: () => {},
        onTileFailure: (layer) => console.info('tile', layer),
        onStyleFailure: (layer) => console.info('style', layer),
    });
    const board = createBoard(map);
    const account = createAccount(() => void signedInOrOut());
    const left = createIncidents({
        mayReport, signedIn: () => account.signedIn(), signIn: () => account.ask(), incidents: () => incidents, chosen, place, kinds: () => kinds, now: () => now,
        choose, report, end, open: (index) => changeNow((scenario) => scenario.closures.splice(index, 1)),
    });
    const right = createForces({
        skills: () => known.skills, needs: () => needs, ask: (wanted) => { needs = wanted; before = new Map(); void ask(); },
        answer: () => answer, before: () => before, failure: () => failure, running: () => running !== null, hasPlace: () => place() !== null,
        shown: () => shown, show, missions: () => missions, maySend: () => mayReport() && chosen() !== null, send,
    });
    const keys = createKeys(actions);

    function actions() {
        return [
            { key: 'N', words: t('dispatch.report'), run: left.begin },
            { key: 'J', words: t('dispatch.key.next'), run: () => step(1) },
            { key: 'K', words: t('dispatch.key.previous'), run: () => step(-1) },
            { key: 'E', words: t('dispatch.end'), run: () => { if (chosen() && mayReport()) left.end(); } },
            { key: 'B', words: t('dispatch.close.Point'), run: () => draw('Point') },
            { key: 'L', words: t('dispatch.close.LineString'), run: () => draw('LineString') },
            { key: 'G', words: t('dispatch.close.Polygon'), run: () => draw('Polygon') },
            { key: 'Z', words: t('dispatch.key.undo'), run: () => void undoClosure() },
            { key: 'A', words: t('dispatch.need.add'), run: right.add },
            { key: 'S', words: t('dispatch.key.send'), run: () => { if (answer?.assignments.length && mayReport() && chosen()) void send(); } },
            ...[1, 2, 3, 4, 5].map((n) => ({ key: String(n), words: t('dispatch.key.way', { n }), run: () => { if (answer && n <= answer.assignments.length) show(n - 1); } })),
            { key: 'F', words: t('dispatch.key.fit'), run: () => board.fit(place()) },
            { key: 'T', words: t('dispatch.key.theme'), run: switchTheme },
            { key: 'Esc', words: t('dispatch.cancel'), run: cancel },
            { key: '?', words: t('dispatch.keys'), run: () => keys.show() },
        ];
    }

    // ---- incidents ----------------------------------------------------------------------------------------------

    function mayReport() {
        return account.canDispatch();
    }

    function chosen() {
        return incidents.find((one) => one.id === chosenId) ?? null;
    }

    /** @returns {LonLat | null} */
    function place() {
        return left.isReporting() ? probe : chosen()?.at ?? probe;
    }

    async function loadIncidents() {
        const seen = info.layers.some((layer) => layer.id === 'incident');
        if (!seen) incidents = [];
        else {
            const page = await fetchItems('incident', { limit: 200 });
            incidents = page.features.filter((one) => one.properties.status !== 'closed' && one.geometry?.type === 'Point').map((one) => ({
                id: String(one.id), name: one.properties.name || t('value.unknown'), at: one.geometry?.coordinates, kind: one.properties.kind ?? '', status: one.properties.status ?? '',
                place: one.properties.place ?? '', reportedAt: one.properties.reportedAt ?? null,
            })).sort((a, b) => String(b.reportedAt ?? '').localeCompare(String(a.reportedAt ?? '')));
            if (!kinds.length) await loadKinds();
        }
        await loadMissions();
        drawIncidents();
    }

    async function loadKinds() {
        kinds = (await fetchAttributes('incident')).find((one) => one.name === 'kind')?.values ?? [];
    }

    async function loadMissions() {
        if (!chosenId || !info.layers.some((layer) => layer.id === 'mission')) missions = [];
        else {
            const page = await fetchItems('mission', { limit: 200 });
            missions = page.features.filter((one) => one.properties.incidentId === chosenId && ['assigned', 'underway', 'onSite'].includes(one.properties.status))
                .map((one) => ({ id: String(one.id), name: one.properties.name ?? '', expectedAt: one.properties.expectedAt ?? null, status: one.properties.status }))
                .sort((a, b) => String(a.expectedAt).localeCompare(String(b.expectedAt)));
        }
        right.draw();
    }

    function drawIncidents() {
        left.draw();
        board.showIncidents(incidents, chosenId, chosen() && !left.isReporting() ? null : probe);
    }

    /** @param {string} id */
    function choose(id) {
        chosenId = id;
        probe = null;
        const one = chosen();
        if (one) needs = usual(one.kind);
        before = new Map();
        drawIncidents();
        void loadMissions();
        void ask(true);
    }

    /** @param {string} kind */
    function usual(kind) {
        return (known.usualNeeds[kind] ?? []).map((one) => ({ skill: one.skill, units: one.units, people: one.people || null }));
    }

    /** @param {number} by */
    function step(by) {
        if (!incidents.length) return;
        const at = incidents.findIndex((one) => one.id === chosenId);
        choose(incidents[(at + by + incidents.length) % incidents.length].id);
    }

    /** @param {{kind: string, name: string, place: string, at: LonLat}} what */
    async function report(what) {
        const saved = await createFeature('incident', {
            geometry: { type: 'Point', coordinates: what.at },
            properties: { name: what.name, kind: what.kind, status: 'reported', reportedAt: new Date().toISOString(), ...(what.place ? { place: what.place } : {}) },
        }, t('dispatch.why.report'));
        chosenId = String(saved.feature.id);
        probe = null;
        needs = usual(what.kind);
        before = new Map();
        say(t('dispatch.reported', { name: what.name }));
        info = await fetchInfo();
        setTimeout(() => { void loadIncidents().then(() => ask(true)); }, 0);
    }

    async function end() {
        if (!chosenId) return;
        const { tag } = await fetchTagged('incident', chosenId);
        await patchFeature('incident', chosenId, { properties: { status: 'closed', closedAt: new Date().toISOString() } }, tag, t('dispatch.end'));
        chosenId = '';
        answer = null;
        board.showForces([], 0);
        await loadIncidents();
        right.draw();
    }

    // ---- the question -------------------------------------------------------------------------------------------

    /** @param {boolean} [look] whether the map goes there */
    async function ask(look = false) {
        running?.abort();
        // Also where a newer question takes the place of this one.
        looking ||= look;
        const at = place();
        address();
        if (!at) {
            running = null;
            answer = null;
            return right.draw();
        }
        const mine = running = new AbortController();
        const asking = { question: question(), version: now.version };
        right.draw();
        try {
            const asked = needs.map((one) => ({ skill: one.skill, ...(one.units === null ? {} : { units: one.units }), ...(one.people === null ? {} : { people: one.people }) }));
            const got = await runProcess('nearest-resources', { location: at, ...(asked.length ? { need: asked } : {}), ...(chosen() ? { incident: chosenId } : {}), scenario: NOW, routes: ROUTES, language: language() }, mine.signal);
            if (running !== mine) return;
            answer = got;
            answered = asking;
            failure = null;
            shown = 0;
        } catch (error) {
            if (isStop(error) || running !== mine) return;
            answer = null;
            failure = error;
        }
        running = null;
        right.draw();
        board.showForces(answer?.assignments ?? [], shown);
        say(document.getElementById('outcome')?.textContent ?? '');
        // Never away from under a hand that is about to draw or to point; nor to a click beside every road.
        if (looking && (answer || chosen()) && !tool && !left.isReporting()) board.fit(at);
        looking = false;
    }

    /** What is asked, as it stands now. */
    function question() {
        return JSON.stringify([place(), needs, chosenId]);
    }

    /** The same question again, since something changed: what moved is shown. */
    const askAgain = calmly(() => {
        if (!place()) return;
        // Twice for one change (our own, and the news of it): still beside what was before it. Only beside the same question.
        if (answer && answered.question === question() && answered.version !== now.version) before = new Map([...answer.assignments, ...answer.alternatives].map((one) => [one.layer + '/' + one.id, one.arrivalSeconds]));
        void ask();
    }, 100);

    /** @param {number} rank -1: none */
    function show(rank) {
        shown = rank;
        right.draw();
        board.showForces(answer?.assignments ?? [], shown);
    }

    async function send() {
        const incident = chosen();
        if (!incident || !answer) return;
        const began = Date.now();
        try {
            for (const one of answer.assignments) {
                await createFeature('mission', {
                    geometry: { type: 'Point', coordinates: incident.at },
                    properties: {
                        name: one.name, incidentId: incident.id, unitLayer: one.layer || null, unitId: one.id, status: 'assigned', people: one.people,
                        assignedAt: new Date(began).toISOString(), expectedAt: new Date(began + one.arrivalSeconds * 1000).toISOString(), description: incident.name,
                    },
                }, t('dispatch.why.send', { name: incident.name }));
            }
            say(t('dispatch.sent', { n: answer.assignments.length }));
            failure = null;
        } catch (error) {
            failure = error;
        }
        await loadMissions();
        askAgain();
    }

    // ---- closures -----------------------------------------------------------------------------------------------

    async function loadNow() {
        now = await fetchScenario(NOW);
        board.showClosures(now.closures ?? []);
        drawNow();
        left.draw();
    }

    function drawNow() {
        const all = now.closures?.length ?? 0;
        fill(byId('now-line'), all > 0 && [icon('block', 16), t('dispatch.nowLine', { n: number(all) }), now.changedAt && el('span', { class: 'quiet' }, dateTime(now.changedAt))].filter(Boolean));
    }

    /** @param {(scenario: any) => void} change of the live scenario, made again where somebody else was faster */
    async function changeNow(change) {
        for (let tries = 3; ; tries--) {
            const scenario = await fetchScenario(NOW);
            const { name: _, author: __, changedAt: ___, version, state: ____, ...body } = scenario;
            body.closures ??= [];
            change(body);
            try {
                await saveScenario(NOW, body, version);
                break;
            } catch (error) {
                if (!(error instanceof Error && 'status' in error && error.status === 412) || tries === 0) throw error;
            }
        }
        await loadNow();
        askAgain();
    }

    /** @param {'Point' | 'LineString' | 'Polygon'} kind */
    function draw(kind) {
        if (!mayReport()) return tell(t('dispatch.signInToClose'));
        tool = tool === kind ? '' : kind;
        drawTools();
        board.draw(tool || null, (geometry) => {
            tool = '';
            drawTools();
            void attempt(() => changeNow((scenario) => {
                scenario.closures.push(geometry);
                const one = chosen();
                if (one && !scenario.reason) scenario.reason = one.name;
            }));
        });
        if (tool) tell(t('dispatch.draw.' + tool));
    }

    async function undoClosure() {
        if (!mayReport() || !now.closures?.length) return;
        await attempt(() => changeNow((scenario) => scenario.closures.pop()));
    }

    /** @param {() => Promise<void>} work */
    async function attempt(work) {
        try {
            await work();
        } catch (error) {
            byId('notices').replaceChildren(problemBox(error));
        }
    }

    /** @param {string} words */
    function tell(words) {
        const box = el('div', { class: 'notice told', role: 'status' }, el('span', {}, words), iconButton('close', t('app.close'), () => box.remove()));
        byId('notices').replaceChildren(box);
        setTimeout(() => box.remove(), 6000);
    }

    function cancel() {
        board.draw(null);
        tool = '';
        drawTools();
        if (left.isReporting()) left.cancel();
        else if (!chosenId) probe = null;
        drawIncidents();
    }

    // ---- the page -----------------------------------------------------------------------------------------------

    /**
     * @param {LonLat} at
     * @param {number} when
     */
    function clicked(at, when) {
        if (board.isDrawing(when)) return;
        const hit = left.isReporting() ? '' : board.incidentAt(at);
        if (hit) return choose(hit);
        probe = at;
        if (!left.isReporting()) {
            chosenId = '';
            missions = [];
        }
        before = new Map();
        drawIncidents();
        void ask();
    }

    function address() {
        const at = place();
        const query = new URLSearchParams();
        if (chosenId) query.set('incident', chosenId);
        else if (at) query.set('at', at.map((one) => one.toFixed(5)).join(','));
        if (needs.length) query.set('need', needs.map((one) => [one.skill, one.units ?? '', one.people ?? ''].join(':')).join(','));
        if (language() === 'en') query.set('lang', 'en');
        history.replaceState(null, '', '?' + query);
    }

    function fromAddress() {
        const query = new URLSearchParams(location.search);
        chosenId = query.get('incident') ?? '';
        const at = (query.get('at') ?? '').split(',').map(Number);
        if (at.length === 2 && at.every(Number.isFinite)) probe = [at[0], at[1]];
        needs = (query.get('need') ?? '').split(',').map((one) => one.split(':')).filter(([skill]) => known.skills.some((each) => each.id === skill))
            .map(([skill, units, people]) => ({ skill, units: Number(units) || null, people: Number(people) || null }));
    }

    async function signedInOrOut() {
        forgetSchemas();
        kinds = [];
        info = await fetchInfo();
        if (!account.signedIn()) chosenId = '';
        drawAll();
        await attempt(loadIncidents);
        askAgain();
    }

    function switchTheme() {
        const wanted = theme() === 'day' ? 'night' : 'day';
        applyTheme(wanted);
        remember('dispatch-theme', wanted);
        map.useTheme(wanted);
        drawAll();
    }

    function drawTools() {
        byId('tools').setAttribute('aria-label', t('dispatch.closures'));
        fill(byId('tools'), Object.entries(CLOSURES).map(([key, kind]) => el('button', { type: 'button', class: 'duty-tool', id: 'close-' + kind, 'aria-pressed': String(tool === kind), onclick: () => draw(kind) },
            icon(kind === 'Point' ? 'block' : kind === 'LineString' ? 'line' : 'polygon', 18), t('dispatch.close.' + kind), keyCap(key))));
    }

    function drawLive() {
        byId('live').classList.toggle('on', connected());
        byId('live').textContent = t(connected() ? 'dispatch.live' : 'dispatch.away');
    }

    function drawAll() {
        translate(document);
        byId('county').textContent = info.district ?? '';
        document.title = t('dispatch.pageTitle', { county: info.district ?? '' });
        const badge = byId('illustrative');
        badge.hidden = !info.illustrative;
        badge.textContent = t('app.illustrative');
        badge.title = t('app.illustrative.why');
        byId('map').setAttribute('aria-label', t('dispatch.map'));
        fill(byId('attribution'), info.basemap?.attribution ?? '');
        fill(byId('bar-actions'),
            iconButton('search', t('dispatch.keys') + '（?）', () => keys.show(), { id: 'show-keys' }),
            iconButton(theme() === 'day' ? 'moon' : 'sun', t(theme() === 'day' ? 'app.night' : 'app.day'), switchTheme, { id: 'theme' }),
            el('button', { type: 'button', class: 'text-button', id: 'language', lang: language() === 'zh' ? 'en' : 'zh-CN', 'aria-label': t('app.language.help'), onclick: () => void speak() }, t('app.language')),
            account.root);
        fill(byId('show-keys'), keyCap('?'));
        account.draw();
        map.showLayers(MAP_LAYERS.flatMap((id) => info.layers.filter((layer) => layer.id === id)));
        drawLive();
        drawNow();
        drawTools();
        drawIncidents();
        board.showClosures(now.closures ?? []);
        board.showForces(answer?.assignments ?? [], shown);
        right.draw();
    }

    async function speak() {
        await useLanguage(language() === 'zh' ? 'en' : 'zh');
        remember('language', language());
        kinds = [];
        drawAll();
        sheltersNow.draw();
        await attempt(loadIncidents);
        void ask();
    }

    function tick() {
        byId('clock').textContent = clockTime(new Date());
    }

    map.useTheme(theme());
    fromAddress();
    drawAll();
    map.fit(info.bbox ?? [73, 18, 135, 54], true);
    tick();
    setInterval(tick, 1000);
    setInterval(() => { if (!connected() && !document.hidden) void Promise.all([loadIncidents(), loadNow()]).then(askAgain, () => {}); }, LOOK_EVERY);

    const versions = new Map(info.layers.map((layer) => [layer.id, layer.version]));
    // A drill among the shelters is written across this map too.
    const sheltersNow = createShelterState(map, byId('drill'), () => false, () => {});
    subscribe('layer', (/** @type {{layer: string, version: number}} */ news) => {
        if ((versions.get(news.layer) ?? -1) >= news.version) return;
        versions.set(news.layer, news.version);
        map.reload(news.layer);
        if (news.layer === 'incident' || news.layer === 'mission') void attempt(loadIncidents);
        if (FORCES.includes(news.layer)) askAgain();
    });
    subscribe('scenario', (/** @type {{name: string, version: number}} */ news) => {
        if (news.name !== NOW || news.version === now.version) return;
        void attempt(loadNow).then(askAgain);
    });
    subscribe('back', drawLive);
    subscribe('away', drawLive);

    void attempt(async () => {
        await account.load();
        await loadNow();
        await loadIncidents();
        void ask(true);
    });
}
