/**
 * Lists that follow from rules: hazard sites that threaten many, facilities too close to people, plans by the river, blind
 * spots. Table, map and Excel.
 *
 * @typedef {import('./index.js').Page} Page
 * @typedef {import('../riskmap.js').RiskMap} RiskMap
 */

import { processAsFile, runProcess } from '../api.js';
import { data, el, fill, icon, saveFile } from '../dom.js';
import { number } from '../format.js';
import { t } from '../i18n.js';
import { problemBox } from '../problem.js';

/** So many rows are shown in the panel; the workbook has all. */
const SHOWN = 50;

/**
 * @param {Page} page
 * @param {RiskMap} map
 */
export function riskLists(page, map) {
    const root = el('details', { class: 'slow risk-lists' });
    /** @type {any} */
    let answer = null;
    /** @type {unknown} */
    let failure = null;
    let asking = false;
    let open = '';
    let chosen = '';

    async function ask() {
        asking = true;
        failure = null;
        draw();
        try {
            answer = await runProcess('risk-lists', {});
        } catch (error) {
            failure = error;
        }
        asking = false;
        draw();
    }

    async function excel() {
        try {
            saveFile(await processAsFile('risk-lists', {}, 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet'), t('risk.lists') + '.xlsx');
        } catch (error) {
            failure = error;
            draw();
        }
    }

    /** @param {any} list */
    function table(list) {
        return el('div', { class: 'risk-list' },
            el('p', { class: 'quiet small' }, t('risk.lists.clause', { clause: list.clause, mark: t('risk.mark.' + list.mark) })),
            el('ol', {}, list.rows.slice(0, SHOWN).map((/** @type {any} */ row) => el('li', {},
                el('button', { type: 'button', class: 'village', 'data-row': row.id, 'aria-pressed': String(row.id === chosen), onclick: () => {
                    chosen = row.id;
                    map.showPlaces(list.rows, chosen);
                    page.map.flyTo(row.lon, row.lat);
                    draw();
                } },
                el('span', { class: 'village-name' }, data(row.name)),
                el('span', { class: 'village-people' }, row.values.threatenedPeople === undefined ? '' : t('risk.lists.threatened', { n: number(row.values.threatenedPeople) })),
                el('span', { class: 'village-reason quiet' }, row.near.length ? row.reason : list.columns.filter((/** @type {any} */ one) => one.name !== 'threatenedPeople' && row.values[one.name] !== undefined).map((/** @type {any} */ one) => row.values[one.name]).join(' · ')))))),
            list.rows.length > SHOWN && el('p', { class: 'quiet small' }, t('risk.lists.more', { n: number(list.count) })));
    }

    function draw() {
        const was = root.open;
        fill(root,
            el('summary', {}, t('risk.lists')),
            el('p', { class: 'quiet small' }, t('risk.lists.intro')),
            el('div', { class: 'run-row' },
                el('button', { type: 'button', class: 'button', id: 'risk-lists-run', disabled: asking, onclick: () => void ask() }, icon('list', 16), t('risk.lists.run')),
                answer && el('button', { type: 'button', class: 'link', onclick: () => void excel() }, icon('download', 16), t('risk.file.excel'))),
            failure !== null && problemBox(failure, { retry: () => void ask() }),
            answer && answer.lists.map((/** @type {any} */ list) => el('section', {},
                el('button', { type: 'button', class: 'risk-list-head', 'aria-expanded': String(list.id === open), 'data-list': list.id, onclick: () => {
                    open = open === list.id ? '' : list.id;
                    chosen = '';
                    map.showPlaces(open ? list.rows : [], '');
                    draw();
                } }, el('span', {}, list.title), el('strong', {}, t('risk.lists.count', { n: number(list.count) }))),
                list.id === open && table(list))),
            answer && answer.warnings.map((/** @type {string} */ one) => el('p', { class: 'note' }, one)));
        root.open = was;
    }

    return { root, draw };
}
