/**
 * Risk zoning: a recipe, its weights with sliders, the zones on the map, why a place has its level, tables, comparison of
 * two runs, lists, files.
 *
 * @typedef {import('./index.js').Page} Page
 * @typedef {import('./index.js').Panel} Panel
 * @typedef {{id: string, title: string, weight: number, source: string, mark: string}} Hazard
 * @typedef {{name: string, origin: 'shipped' | 'file' | 'stored', title: string, note: string | null, cell: number, hazards: Hazard[], broken: string | null}} Recipe
 */

import { isStop, processAsFile, runJob, runProcess } from '../api.js';
import { calmly, data, el, fill, icon, saveFile, say } from '../dom.js';
import { area, dateTime, fixed, number, people, percent } from '../format.js';
import { t } from '../i18n.js';
import { hatchTile } from '../map.js';
import { sheetButton } from '../paper.js';
import { problemBox } from '../problem.js';
import { changeTile, createRiskMap, LEVEL_COLOURS, levelTile } from '../riskmap.js';
import { riskLists } from './risk-lists.js';
import { ownRecipes } from './risk-own.js';
import { reasonBox } from './risk-reason.js';

const FILES = [
    { type: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet', ending: 'xlsx', word: 'risk.file.excel' },
    { type: 'application/geopackage+sqlite3', ending: 'gpkg', word: 'risk.file.geopackage' },
    { type: 'application/geo+json', ending: 'geojson', word: 'risk.file.geojson' },
    { type: 'image/tiff', ending: 'tif', word: 'risk.file.geotiff' },
];

/**
 * @param {HTMLElement} root
 * @param {Page} page
 * @returns {Panel}
 */
export function riskPanel(root, page) {
    const map = createRiskMap(page.map);
    const lists = riskLists(page, map);
    const own = ownRecipes(page, {
        recipe: recipeNow,
        wish: () => ({ cell, method, weights }),
        chosen: async (name) => {
            recipe = name;
            weights = {};
            cell = 0;
            await learn();
        },
    });
    /** @type {{recipes: Recipe[], runs: any[]} | null} */
    let known = null;
    let recipe = 'comprehensive';
    let cell = 0;
    let method = 'fixed';
    /** @type {Record<string, number>} */
    let weights = {};
    /** @type {any} */
    let answer = null;
    /** The run that the answer came from: an answer with other weights keeps it. */
    let run = '';
    /** @type {any} */
    let compared = null;
    /** The run that the answer is compared with. */
    let other = '';
    /** @type {any} */
    let reason = null;
    /** @type {unknown} */
    let failure = null;
    /** @type {AbortController | null} */
    let running = null;
    /** @type {AbortController | null} */
    let weighing = null;
    let share = 0;
    let doing = '';
    let units = 'townships';
    let sort = { key: 'mean', up: false };
    let chosenUnit = '';
    let busyFile = '';
    let subject = '';
    /** One for each run: its form stays open while weights move. */
    /** @type {{run: string, button: HTMLElement} | null} */
    let sheet = null;

    // ---- asking -------------------------------------------------------------------------------------------------

    async function learn() {
        try {
            known = await runProcess('risk-recipes', {});
            failure = null;
        } catch (error) {
            failure = error;
        }
        draw();
    }

    function recipeNow() {
        return known?.recipes.find((one) => one.name === recipe);
    }

    function wish() {
        const own = Object.keys(weights).length ? { weights } : {};
        return { ...own, breaks: { method } };
    }

    async function start() {
        running?.abort();
        weighing?.abort();
        const mine = new AbortController();
        running = mine;
        failure = null;
        share = 0;
        doing = '';
        draw();
        try {
            const found = await runJob('risk-zoning', { recipe, ...(cell ? { cell } : {}), ...wish(), cells: false }, (part, words) => {
                share = part;
                doing = words;
                drawProgress();
            }, mine.signal);
            if (running !== mine) return;
            running = null;
            take(found);
            say(sentence());
            void learn();
        } catch (error) {
            if (running !== mine) return;
            running = null;
            if (!isStop(error)) failure = error;
            draw();
        }
    }

    /** @param {any} found */
    function take(found) {
        answer = found;
        run = found.run ?? run;
        compared = null;
        map.showChanged([]);
        map.showZones(found.zones.features, found.unknown.features);
        explainMap();
        if (reason) void explain(reason.cell.lon, reason.cell.lat);
        remember();
        draw();
    }

    function explainMap() {
        const found = answer ? [...answer.zones.features].map((one) => ({ swatch: levelTile(one.properties.level), words: t('risk.level.of', { level: t('risk.level.' + one.properties.level) }) })) : [];
        if (answer?.unknown.features.length) found.push({ swatch: hatchTile(page.theme()), words: t('risk.level.of', { level: t('risk.unknown') }) });
        const lines = new Set((compared?.changed.features ?? []).map((/** @type {any} */ one) => one.properties.change));
        for (const change of ['higher', 'lower', 'notComparable']) if (lines.has(change)) found.push({ swatch: changeTile(change), words: t('risk.compare.' + change) });
        page.explain(found);
    }

    /** Other weights or limits of the run that is there: answered at once, nothing is kept. */
    async function weigh() {
        if (!run || running) return;
        weighing?.abort();
        const mine = new AbortController();
        weighing = mine;
        try {
            const found = await runProcess('risk-zoning', { run, ...wish(), sensitivity: 0, cells: false }, mine.signal);
            if (weighing !== mine) return;
            failure = null;
            take(found);
        } catch (error) {
            if (weighing !== mine || isStop(error)) return;
            failure = error;
            draw();
        }
    }

    const weighSoon = calmly(() => void weigh(), 60);

    /**
     * @param {number} lon
     * @param {number} lat
     */
    async function explain(lon, lat) {
        try {
            reason = await runProcess('risk-reason', { run, location: [lon, lat], ...wish() });
            map.showCell(reason.cell);
            failure = null;
        } catch (error) {
            reason = null;
            map.showCell(null);
            failure = error;
        }
        draw();
        root.querySelector('.risk-reason')?.scrollIntoView({ block: 'nearest' });
    }

    /** @param {string} with_ a run */
    async function compare(with_) {
        other = with_;
        if (!other) {
            compared = null;
            map.showChanged([]);
            explainMap();
            return draw();
        }
        try {
            compared = await runProcess('risk-compare', { runs: [other, run] });
            map.showChanged(compared.changed.features);
            explainMap();
            failure = null;
        } catch (error) {
            failure = error;
        }
        draw();
    }

    /** @param {typeof FILES[number]} file */
    async function download(file) {
        busyFile = file.type;
        draw();
        try {
            saveFile(await processAsFile('risk-zoning', { run, ...wish() }, file.type), `${answer.title}.${file.ending}`);
        } catch (error) {
            failure = error;
        }
        busyFile = '';
        draw();
    }

    // ---- address ------------------------------------------------------------------------------------------------

    function remember() {
        const own = Object.entries(weights).map(([id, weight]) => `${id}:${weight}`).join(',');
        subject = [recipe, cell || '', method, run, own].join('~');
        page.state.adjust({ subject });
    }

    /** @param {string} given */
    function recall(given) {
        const [name, size, how, id, own] = given.split('~');
        recipe = name || recipe;
        cell = Number(size) || 0;
        method = how === 'jenks' ? 'jenks' : 'fixed';
        weights = {};
        for (const one of (own ?? '').split(',')) {
            const colon = one.indexOf(':');
            if (colon > 0) weights[one.slice(0, colon)] = Number(one.slice(colon + 1)) || 0;
        }
        if (id && id !== run) {
            run = id;
            void weigh();
        }
    }

    // ---- drawing ------------------------------------------------------------------------------------------------

    const bar = el('div', { class: 'slow-bar', role: 'progressbar', 'aria-valuemin': '0', 'aria-valuemax': '100' }, el('span'));
    const barWords = el('span', { class: 'quiet small' });

    function drawProgress() {
        bar.setAttribute('aria-valuenow', String(Math.round(share * 100)));
        bar.style.setProperty('--share', share * 100 + '%');
        barWords.textContent = `${Math.round(share * 100)}% ${doing}`;
    }

    /** What stands first: who lives where it is worst. */
    function sentence() {
        const { peopleByLevel, areaByLevel, people: all } = answer.summary;
        let level = 5;
        while (level > 0 && !areaByLevel[level]) level--;
        if (!level) return t('risk.sentence.unknown', { county: page.county(), title: answer.title });
        return t(level < 4 ? 'risk.sentence.none' : 'risk.sentence', {
            county: page.county(), title: answer.title, level: t('risk.level.' + level), area: area(areaByLevel[level]),
            people: people(peopleByLevel[level]), share: percent(all ? peopleByLevel[level] / all : null),
        });
    }

    /** @param {HTMLCanvasElement} tile */
    function swatch(tile) {
        const box = el('span', { class: 'risk-swatch', 'aria-hidden': 'true' });
        box.style.backgroundImage = `url(${tile.toDataURL()})`;
        return box;
    }

    function form() {
        const now = recipeNow();
        const select = el('select', { class: 'input', id: 'risk-recipe', 'aria-label': t('risk.recipe'), onchange: () => {
            recipe = select.value;
            weights = {};
            cell = 0;
            draw();
        } }, (known?.recipes ?? []).map((one) => el('option', { value: one.name, selected: one.name === recipe, disabled: one.broken !== null }, one.origin === 'shipped' ? one.title : t('risk.own.listed', { title: one.title }))));
        const size = el('input', { class: 'input', type: 'number', min: '10', max: '5000', step: '10', id: 'risk-cell', oninput: () => { cell = Math.round(Number(size.value)) || 0; } });
        size.value = String(cell || now?.cell || 100);
        return [
            el('div', { class: 'field-row' },
                el('label', { class: 'field' }, el('span', {}, t('risk.recipe')), select),
                el('label', { class: 'field' }, el('span', {}, t('risk.cell')), size)),
            now?.note && el('p', { class: 'quiet small' }, data(now.note)),
            el('div', { class: 'run-row risk-breaks' },
                el('span', { class: 'small' }, t('risk.breaks')),
                el('span', { class: 'segments' }, ['fixed', 'jenks'].map((one) => el('button', { type: 'button', class: 'segment', 'aria-pressed': String(one === method), onclick: () => {
                    method = one;
                    draw();
                    void weigh();
                } }, t('risk.breaks.' + one))))),
            now && now.hazards.length > 1 && sliders(now),
            own.root,
        ];
    }

    /** @param {Recipe} now */
    function sliders(now) {
        const shares = new Map((answer?.recipe === now.name ? answer.weights : []).map((/** @type {any} */ one) => [one.id, one]));
        return el('fieldset', { class: 'risk-weights' }, el('legend', {}, t('risk.weights')),
            now.hazards.map((hazard) => {
                const value = weights[hazard.id] ?? hazard.weight;
                const counted = shares.get(hazard.id);
                const output = el('output', { class: 'risk-share' }, counted && !counted.known ? t('risk.unknown') : percent(counted ? counted.share : value));
                const slider = el('input', {
                    type: 'range', min: '0', max: '1', step: '0.05', 'data-hazard': hazard.id, 'aria-label': t('risk.weightOf', { hazard: hazard.title }),
                    oninput: () => {
                        weights = { ...Object.fromEntries(now.hazards.map((one) => [one.id, weights[one.id] ?? one.weight])), [hazard.id]: Number(slider.value) };
                        output.textContent = fixed(Number(slider.value), 2);
                        weighSoon();
                    },
                });
                slider.value = String(value);
                return el('label', { class: 'risk-weight', title: `${hazard.source}（${hazard.mark}）` }, el('span', {}, hazard.title), slider, output);
            }),
            Object.keys(weights).length > 0 && el('button', { type: 'button', class: 'link', onclick: () => {
                weights = {};
                draw();
                void weigh();
            } }, t('risk.weights.reset')));
    }

    function result() {
        const { summary, warnings } = answer;
        const levels = [5, 4, 3, 2, 1];
        return el('section', { class: 'risk-answer' },
            el('p', { class: 'effect-sentence', id: 'risk-sentence', 'data-people': '0' }, sentence()),
            answer.data.illustrative && el('span', { class: 'badge' }, t('app.illustrative')),
            el('table', { class: 'risk-levels' },
                el('caption', { class: 'small quiet' }, t('risk.legend')),
                el('thead', {}, el('tr', {}, el('th', { scope: 'col' }, t('risk.level')), el('th', { scope: 'col' }, t('risk.area')), el('th', { scope: 'col' }, t('risk.people')))),
                el('tbody', {}, levels.map((level) => el('tr', {},
                    el('th', { scope: 'row' }, swatch(levelTile(level)), t('risk.level.' + level)),
                    el('td', {}, area(summary.areaByLevel[level])), el('td', {}, people(summary.peopleByLevel[level])))),
                summary.areaByLevel.unknown > 0 && el('tr', {}, el('th', { scope: 'row' }, swatch(hatchTile(page.theme())), t('risk.unknown')), el('td', {}, area(summary.areaByLevel.unknown)), el('td', {}, people(summary.peopleByLevel.unknown))))),
            el('p', { class: 'quiet small' }, t('risk.limits', { values: answer.breaks.values.map((/** @type {number} */ one) => fixed(one, 2)).join(t('value.separator')), source: answer.breaks.source })),
            warnings.length > 0 && el('details', { class: 'risk-notes' }, el('summary', {}, t('risk.notes', { n: number(warnings.length) })), warnings.map((/** @type {string} */ one) => el('p', { class: 'note' }, one))));
    }

    /** @param {any} row */
    function goToUnit(row) {
        chosenUnit = row.id;
        const layer = units === 'townships' ? 'township' : 'community';
        draw();
        void page.showFeature(layer, row.id).catch(() => page.showFeature('village', row.id).catch(() => {}));
    }

    function unitTable() {
        const rows = [...answer[units]];
        const value = (/** @type {any} */ row) => (sort.key === 'name' ? row.name : sort.key === 'high' ? row.peopleByLevel[5] + row.peopleByLevel[4] : row[sort.key] ?? -1);
        rows.sort((a, b) => (sort.key === 'name' ? String(value(a)).localeCompare(String(value(b)), 'zh') : value(a) - value(b)) * (sort.up ? 1 : -1));
        const head = (/** @type {string} */ key, /** @type {string} */ words) => el('th', { scope: 'col', 'aria-sort': sort.key !== key ? 'none' : sort.up ? 'ascending' : 'descending' },
            el('button', { type: 'button', class: 'sort', onclick: () => {
                sort = { key, up: sort.key === key ? !sort.up : key === 'name' };
                draw();
            } }, words, sort.key === key ? (sort.up ? ' ↑' : ' ↓') : ''));
        return el('details', { class: 'slow risk-units', open: true },
            el('summary', {}, t('risk.table')),
            el('span', { class: 'segments' }, ['townships', 'villages'].map((one) => el('button', { type: 'button', class: 'segment', 'aria-pressed': String(one === units), onclick: () => {
                units = one;
                draw();
            } }, t('risk.' + one)))),
            el('div', { class: 'risk-scroll', tabindex: '0', role: 'region', 'aria-label': t('risk.table') }, el('table', { class: 'risk-table' },
                el('thead', {}, el('tr', {}, head('name', t('risk.name')), head('mean', t('risk.mean')), head('max', t('risk.max')), head('high', t('risk.high')))),
                el('tbody', {}, rows.map((row) => el('tr', { class: row.id === chosenUnit ? 'risk-chosen' : '' },
                    el('th', { scope: 'row' }, el('button', { type: 'button', class: 'link', 'data-unit': row.id, onclick: () => goToUnit(row) }, data(row.name))),
                    el('td', {}, levelDot(row.level), row.mean === null ? t('risk.unknown') : fixed(row.mean, 2)),
                    el('td', {}, row.max === null ? t('risk.unknown') : fixed(row.max, 2)),
                    el('td', {}, people(row.peopleByLevel[5] + row.peopleByLevel[4]))))))));
    }

    /** @param {number | null} level */
    function levelDot(level) {
        const dot = el('span', { class: 'risk-dot', title: level ? t('risk.level.' + level) : t('risk.unknown') });
        dot.style.background = level ? LEVEL_COLOURS[level] ?? '' : 'none';
        return dot;
    }

    function sheetOf() {
        if (sheet?.run !== run) sheet = { run, button: sheetButton({ title: page.county() + answer.title, about: () => ({ process: 'risk-zoning', inputs: { run, ...wish(), cells: false } }) }) };
        return sheet.button;
    }

    function more() {
        const others = (known?.runs ?? []).filter((one) => one.id !== run);
        const select = el('select', { class: 'input', 'aria-label': t('risk.compare.with'), onchange: () => void compare(select.value) },
            el('option', { value: '' }, t('risk.compare.none')), others.map((one) => el('option', { value: one.id, selected: compared !== null && one.id === other }, t('risk.compare.run', { title: one.title, when: dateTime(one.at) }))));
        const moved = (/** @type {any} */ part) => t('risk.compare.part', { area: area(part.areaSquareMetres), people: people(part.people) });
        return [
            answer.sensitivity.length > 0 && el('details', { class: 'slow' }, el('summary', {}, t('risk.sensitivity')),
                el('p', { class: 'quiet small' }, t('risk.sensitivity.intro')),
                el('table', { class: 'risk-table' }, el('tbody', {}, answer.sensitivity.map((/** @type {any} */ one) => el('tr', {},
                    el('th', { scope: 'row' }, t('risk.sensitivity.row', { hazard: answer.weights.find((/** @type {any} */ weight) => weight.id === one.hazard)?.title ?? '', from: percent(one.share), to: percent(one.moved) })),
                    el('td', {}, t('risk.sensitivity.share', { share: percent(one.shareOfArea) }))))))),
            el('details', { class: 'slow', open: compared !== null }, el('summary', {}, t('risk.compare')),
                others.length ? el('label', { class: 'field' }, el('span', {}, t('risk.compare.with')), select) : el('p', { class: 'quiet small' }, t('risk.compare.noOther')),
                compared && el('dl', { class: 'facts', id: 'risk-compared' }, ['higher', 'lower', 'same', 'notComparable'].map((one) => el('div', {}, el('dt', {}, t('risk.compare.' + one)), el('dd', {}, moved(compared[one]))))),
                compared && compared.differences.length > 0 && el('ul', { class: 'small' }, compared.differences.map((/** @type {any} */ one) => el('li', {}, t('risk.compare.differs', { what: one.what }))))),
            el('details', { class: 'slow' }, el('summary', {}, t('risk.files')),
                el('div', { class: 'chips' }, FILES.map((file) => el('button', { type: 'button', class: 'chip', disabled: busyFile !== '', 'data-file': file.ending, onclick: () => void download(file) },
                    busyFile === file.type ? t('risk.file.making') : t(file.word)))), sheetOf()),
        ];
    }

    function draw() {
        const focused = document.activeElement instanceof HTMLElement && root.contains(document.activeElement) ? document.activeElement.dataset.hazard : undefined;
        const opened = [...root.querySelectorAll('details')].filter((one) => one.open).map((one) => one.querySelector('summary')?.textContent ?? '');
        const scroll = root.parentElement?.scrollTop ?? 0;
        bar.setAttribute('aria-label', t('risk.title'));
        fill(root,
            el('p', { class: 'quiet small' }, t('risk.intro')),
            known ? form() : failure === null && el('p', { class: 'quiet' }, t('risk.loading')),
            el('div', { class: 'run-row' },
                !running && el('button', { type: 'button', class: 'button', id: 'risk-run', disabled: !known, onclick: () => void start() }, icon('play', 16), t(answer ? 'risk.again' : 'risk.run')),
                running && el('button', { type: 'button', class: 'button', id: 'risk-stop', onclick: () => running?.abort() }, icon('stop', 16), t('coverage.stop')),
                answer && !running && el('button', { type: 'button', class: 'link', onclick: clear }, t('coverage.clear'))),
            running && bar, running && barWords,
            failure !== null && problemBox(failure, known ? {} : { retry: () => void learn() }),
            answer && el('div', { class: running ? 'old' : '' }, result(),
                reason ? reasonBox(reason) : el('p', { class: 'note risk-hint' }, icon('target', 16), ' ', t('risk.why.hint')),
                unitTable(), more()),
            lists.root);
        lists.draw();
        own.draw();
        for (const one of root.querySelectorAll('details')) if (opened.includes(one.querySelector('summary')?.textContent ?? '')) one.open = true;
        if (focused) /** @type {HTMLElement | null} */ (root.querySelector(`[data-hazard="${focused}"]`))?.focus();
        if (root.parentElement) root.parentElement.scrollTop = scroll;
        drawProgress();
    }

    function clear() {
        running?.abort();
        answer = reason = compared = null;
        run = '';
        map.showZones([], []);
        map.showChanged([]);
        map.showCell(null);
        explainMap();
        remember();
        draw();
    }

    return {
        draw() {
            if (answer) {
                map.showZones(answer.zones.features, answer.unknown.features);
                explainMap();
            }
            draw();
        },
        show(given) {
            if (!known) void learn();
            if (given && given !== subject) recall(given);
            else if (!given && run) remember();
        },
        onClick(_hits, at) {
            if (!answer || !run) return false;
            void explain(at[0], at[1]);
            return true;
        },
    };
}
