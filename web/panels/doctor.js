/**
 * The data doctor: what is wrong with a layer, check by check, on the map and in words; what is safe to mend is mended by
 * one click and can be taken back.
 *
 * @typedef {import('../api.js').Diagnosis} Diagnosis
 * @typedef {import('../api.js').Finding} Finding
 * @typedef {import('./index.js').Page} Page
 * @typedef {import('./index.js').Panel} Panel
 */

import { examine, examineAsExcel, isStop, mend, undoChange } from '../api.js';
import { data, el, fill, icon, saveFile, say } from '../dom.js';
import { number } from '../format.js';
import { pick, t } from '../i18n.js';
import { createMarks } from '../marks.js';
import { problemBox } from '../problem.js';
import { layersOn } from './layers.js';

/** Findings of a check that are written out at once. */
const FIRST = 20;

/**
 * @param {HTMLElement} root
 * @param {Page} page
 * @returns {Panel}
 */
export function doctorPanel(root, page) {
    const marks = createMarks(page.map);
    let layer = '';
    /** @type {Diagnosis | null} */
    let found = null;
    /** @type {unknown} */
    let failure = null;
    /** @type {AbortController | null} */
    let running = null;
    let share = 0;
    let doing = '';
    /** The check whose findings are written out. */
    let open = '';
    let most = FIRST;
    /** The finding that is looked at. */
    let chosen = '';
    let busy = '';
    /** @type {unknown} */
    let refused = null;
    /** @type {{words: string, changeSet: number, undone: boolean, left: {id: string, reason: string}[]}[]} */
    let done = [];
    /** The language in which the findings were said. */
    let saidIn = '';

    const body = el('div', { class: 'doctor' });
    const meter = el('div', { class: 'doctor-meter' });
    root.append(body);

    function info() {
        return page.info().layers.find((one) => one.id === layer);
    }

    async function look() {
        running?.abort();
        const mine = new AbortController();
        running = mine;
        failure = null;
        refused = null;
        share = 0;
        doing = '';
        draw();
        try {
            const answer = await examine(layer, (info()?.count ?? 0), (part, what) => {
                share = part;
                doing = what;
                drawMeter();
            }, mine.signal);
            if (running !== mine) return;
            running = null;
            found = answer;
            saidIn = document.documentElement.lang;
            if (!found.counts.some((one) => one.check === open)) open = found.counts[0]?.check ?? '';
            most = FIRST;
            chosen = '';
            showMarks();
            say(found.counts.length ? t('doctor.found', { n: number(total(found)) }) : t('doctor.clean'));
        } catch (error) {
            if (running !== mine) return;
            running = null;
            if (!isStop(error)) failure = error;
        }
        draw();
    }

    /** @param {Diagnosis} of */
    function total(of) {
        return of.counts.reduce((sum, one) => sum + one.count, 0);
    }

    function showMarks() {
        if (!found) return marks.hide();
        marks.show(found.findings.filter((one) => one.check === open || !open).flatMap((one) => (one.lon === null || one.lat === null ? [] : [{
            id: one.id, kind: one.severity, at: /** @type {[number, number]} */ ([one.lon, one.lat]),
            geometry: one.geometry ?? null,
        }])));
    }

    // ---- what is on the panel -----------------------------------------------------------------------------------

    function draw() {
        const of = info();
        if (!of) {
            marks.hide();
            return fill(body, el('div', { class: 'empty' }, el('strong', {}, t('doctor.noLayer')),
                el('button', { type: 'button', class: 'button primary', onclick: () => page.openPanel('data') }, t('task.data'))));
        }
        const focused = document.activeElement?.closest('[data-focus]')?.getAttribute('data-focus');
        marks.redraw();
        drawMeter();
        fill(body,
            el('h3', { class: 'edit-layer' }, pick(of.title), el('span', { class: 'quiet' }, ' ' + (found ? t('doctor.examined', { n: number(found.checked), version: found.version }) : t('layers.count', { n: number(of.count) })))),
            running && meter,
            failure !== null && problemBox(failure, { retry: () => void look() }),
            refused !== null && problemBox(refused, { retry: () => void look() }),
            done.map(doneBox),
            found && findings(found));
        if (focused) /** @type {HTMLElement | null} */ (body.querySelector(`[data-focus="${CSS.escape(focused)}"]`))?.focus();
    }

    function drawMeter() {
        fill(meter,
            el('p', { class: 'quiet', role: 'status' }, doing || t('doctor.running')),
            el('progress', { max: 1, value: share, 'aria-label': t('doctor.running') }),
            el('button', { type: 'button', class: 'button', id: 'doctor-stop', onclick: () => { running?.abort(); running = null; draw(); } }, t('app.stop')));
    }

    /** @param {Diagnosis} of */
    function findings(of) {
        const errors = of.counts.filter((one) => one.severity === 'error').reduce((sum, one) => sum + one.count, 0);
        const warnings = of.counts.filter((one) => one.severity === 'warning').reduce((sum, one) => sum + one.count, 0);
        const notices = of.counts.filter((one) => one.severity === 'notice').reduce((sum, one) => sum + one.count, 0);
        return el('div', { class: running ? 'doctor-found old' : 'doctor-found' },
            of.counts.length === 0
                ? el('div', { class: 'empty doctor-clean' }, el('strong', {}, icon('check', 20), t('doctor.clean')), el('p', {}, t('doctor.clean.what', { n: number(of.checked) })))
                : el('ul', { class: 'doctor-sum' }, sum('error', errors), sum('warning', warnings), sum('notice', notices)),
            of.warnings.map((words) => el('p', { class: 'note' }, words)),
            el('div', { class: 'doctor-checks' }, of.counts.map((count) => section(of, count))),
            el('div', { class: 'data-actions' },
                el('button', { type: 'button', class: 'button', id: 'doctor-again', 'data-focus': 'again', disabled: running !== null, onclick: () => void look() }, icon('doctor', 16), t('doctor.again')),
                of.counts.length > 0 && el('button', { type: 'button', class: 'button', id: 'doctor-excel', 'data-focus': 'excel', onclick: () => void excel() }, icon('download', 16), t('doctor.excel'))),
            !page.account.canEdit() && of.counts.some((one) => one.mendable) && el('p', { class: 'quiet small' }, t(page.account.signedIn() ? 'data.mayNot' : 'doctor.signIn'), ' ', !page.account.signedIn() && el('button', { type: 'button', class: 'link', onclick: () => page.account.ask() }, t('app.signIn'))));
    }

    /**
     * @param {Finding['severity']} severity
     * @param {number} n
     */
    function sum(severity, n) {
        return el('li', { class: 'severity-' + severity + (n ? '' : ' none') }, sign(severity), el('strong', {}, number(n)), el('span', {}, t('doctor.severity.' + severity)));
    }

    /** @param {Finding['severity']} severity */
    function sign(severity) {
        return el('span', { class: 'severity-sign is-' + severity, 'aria-hidden': 'true' });
    }

    /**
     * @param {Diagnosis} of
     * @param {Diagnosis['counts'][0]} count
     */
    function section(of, count) {
        const is = count.check === open;
        const mine = is ? of.findings.filter((one) => one.check === count.check) : [];
        const shown = mine.slice(0, most);
        return el('section', { class: 'doctor-check', 'data-check': count.check },
            el('div', { class: 'doctor-head' },
                el('button', {
                    type: 'button', class: 'doctor-title', 'aria-expanded': String(is), 'data-focus': 'check ' + count.check,
                    onclick: () => {
                        open = is ? '' : count.check;
                        most = FIRST;
                        chosen = '';
                        page.map.outline(null);
                        showMarks();
                        draw();
                    },
                }, sign(count.severity), el('span', { class: 'doctor-words' }, count.title, el('small', { class: 'quiet' }, ' ' + t('doctor.severity.' + count.severity))), el('strong', {}, number(count.count)), icon('down', 16)),
                page.account.canEdit() && count.mendable > 0 && el('button', {
                    type: 'button', class: 'button', 'data-action': 'mend-all', 'data-focus': 'all ' + count.check, disabled: busy !== '' || running !== null,
                    onclick: () => void repair({ checks: [count.check] }, 'all ' + count.check),
                }, icon('check', 14), busy === 'all ' + count.check ? t('doctor.mending') : t('doctor.mendAll', { n: number(count.mendable) }))),
            is && el('ul', { class: 'doctor-list' }, shown.map(row)),
            is && shown.length < mine.length && el('button', { type: 'button', class: 'link', onclick: () => { most += 5 * FIRST; draw(); } }, t('doctor.more', { n: number(mine.length - shown.length) })),
            is && count.listed < count.count && shown.length === mine.length && el('p', { class: 'quiet small' }, t('doctor.notListed', { n: number(count.count - count.listed) })));
    }

    /** @param {Finding} finding */
    function row(finding) {
        const is = finding.id === chosen;
        return el('li', { class: is ? 'finding is' : 'finding', 'data-finding': finding.id },
            el('button', { type: 'button', class: 'finding-words', 'aria-expanded': String(is), 'data-focus': finding.id, onclick: () => choose(is ? null : finding) },
                el('strong', {}, data(finding.name)), el('span', {}, finding.text)),
            is && actions(finding));
    }

    /** @param {Finding} finding */
    function actions(finding) {
        const may = page.account.canEdit();
        const safe = finding.mend?.safe ?? false;
        return el('div', { class: 'finding-actions' },
            finding.mend && !safe && el('p', { class: 'quiet small' }, finding.mend.title),
            safe && may && el('button', {
                type: 'button', class: 'button primary', 'data-action': 'mend', 'data-focus': 'mend ' + finding.id, disabled: busy !== '' || running !== null,
                onclick: () => void repair({ findings: [finding.id] }, finding.id),
            }, icon('check', 14), busy === finding.id ? t('doctor.mending') : finding.mend?.title ?? ''),
            safe && !may && el('p', { class: 'quiet small' }, finding.mend?.title),
            finding.feature !== null && el('div', { class: 'data-actions' },
                finding.lon !== null && el('button', { type: 'button', class: 'link', onclick: () => void page.showFeature(layer, finding.feature ?? '').catch(() => {}) }, icon('target', 14), t('popup.zoom')),
                may && page.has('edit') && el('button', { type: 'button', class: 'link', 'data-action': 'edit', onclick: () => page.openPanel('edit', `${layer}/${finding.feature}`) }, icon('edit', 14), t('popup.edit'))),
            finding.others.length > 0 && finding.feature !== null && el('div', { class: 'finding-others small' }, el('span', { class: 'quiet' }, t('doctor.others')),
                finding.others.slice(0, 8).map((id) => el('button', { type: 'button', class: 'link', onclick: () => void page.showFeature(layer, id).catch(() => {}) }, data(id))),
                finding.others.length > 8 && el('span', { class: 'quiet' }, t('doctor.othersMore', { n: number(finding.others.length - 8) }))));
    }

    /** @param {Finding | null} finding */
    function choose(finding) {
        chosen = finding?.id ?? '';
        marks.choose(chosen);
        if (finding) go(finding);
        draw();
    }

    /** @param {Finding} finding */
    function go(finding) {
        const far = finding.bbox && (finding.bbox[2] - finding.bbox[0] > 20 || finding.bbox[3] - finding.bbox[1] > 20);
        if (finding.bbox && !far) marks.goTo(finding.bbox);
        else if (finding.lon !== null && finding.lat !== null && Math.abs(finding.lat) < 85) page.map.flyTo(finding.lon, finding.lat, 11);
    }

    // ---- mending ------------------------------------------------------------------------------------------------

    /**
     * @param {{findings?: string[], checks?: string[]}} what
     * @param {string} name
     */
    async function repair(what, name) {
        if (!found) return;
        busy = name;
        refused = null;
        draw();
        try {
            const result = await mend(layer, { ...what, version: found.version });
            if (result.changeSet !== null) {
                const check = what.checks?.[0] ?? found.findings.find((one) => one.id === what.findings?.[0])?.check;
                const title = found.counts.find((one) => one.check === check)?.title ?? '';
                done.unshift({ words: t('doctor.mended', { check: title, n: number(result.mended), features: number(result.features) }), changeSet: result.changeSet, undone: false, left: result.left });
                page.tell(done[0].words);
            } else if (result.left.length) done.unshift({ words: t('doctor.nothingMended'), changeSet: 0, undone: true, left: result.left });
            busy = '';
            page.map.outline(null);
            await page.changed(layer);
            await look();
        } catch (error) {
            refused = error;
        }
        busy = '';
        draw();
    }

    /** @param {typeof done[0]} one */
    function doneBox(one) {
        return el('div', { class: 'doctor-done', role: 'status' },
            el('div', { class: 'draft' }, el('span', {}, icon(one.changeSet ? 'check' : 'warn', 16), one.words),
                one.changeSet > 0 && (one.undone ? el('span', { class: 'quiet' }, t('edit.undone')) : el('button', { type: 'button', class: 'link', 'data-action': 'undo', 'data-focus': 'undo ' + one.changeSet, disabled: busy !== '', onclick: () => void undo(one) }, icon('undo', 14), t('edit.undo')))),
            one.left.length > 0 && el('ul', { class: 'small' }, one.left.slice(0, 5).map((left) => el('li', {}, left.reason))));
    }

    /** @param {typeof done[0]} one */
    async function undo(one) {
        busy = 'undo';
        refused = null;
        draw();
        try {
            await undoChange(layer, one.changeSet);
            one.undone = true;
            page.tell(t('doctor.undone'));
            busy = '';
            await page.changed(layer);
            await look();
        } catch (error) {
            refused = error;
        }
        busy = '';
        draw();
    }

    async function excel() {
        try {
            saveFile(await examineAsExcel(layer), t('doctor.fileName', { layer: page.titleOf(layer) }) + '.xlsx');
        } catch (error) {
            refused = error;
            draw();
        }
    }

    return {
        draw() {
            // Findings are sentences of the service: another language asks anew.
            if (found && !running && saidIn && saidIn !== document.documentElement.lang && page.state.get().panel === 'doctor') void look();
            else draw();
        },
        show(subject) {
            const wanted = subject.split('/')[0];
            if (wanted === layer && (found || running)) return showMarks();
            layer = wanted;
            found = null;
            failure = null;
            done = [];
            open = '';
            if (!info()) return;
            const on = layersOn(page.info(), page.state.get().layers);
            if (!on.some((one) => one.id === layer)) page.state.adjust({ layers: [...on.map((one) => one.id), layer] });
            void look();
        },
        hide() {
            running?.abort();
            running = null;
            marks.hide();
            page.map.outline(null);
        },
        onClick(_, at) {
            const id = marks.hit(at);
            const finding = id && found ? found.findings.find((one) => one.id === id) : undefined;
            if (!finding) return false;
            chosen = finding.id;
            open = finding.check;
            most = Math.max(most, (found?.findings.filter((one) => one.check === open).indexOf(finding) ?? 0) + 1);
            marks.choose(chosen);
            draw();
            body.querySelector('.finding.is')?.scrollIntoView({ block: 'nearest' });
            return true;
        },
    };
}
