/**
 * The answers of the shelter questions as tables of the sheet.
 *
 * @typedef {import('../table.js').Table} Table
 * @typedef {import('../table.js').Column} Column
 * @typedef {import('../table.js').Row} Row
 */

import { fixed, number, percent, wholeMinutes } from '../format.js';
import { pick, t } from '../i18n.js';
import { unitInWords } from '../values.js';

/**
 * @param {string} key
 * @param {string} title
 * @param {(of: any) => any} get
 * @returns {Column}
 */
function text(key, title, get) {
    const value = (/** @type {Row} */ row) => get(row.of) ?? null;
    return { key, title, show: (row) => String(value(row) ?? t('value.unknown')), value, own: () => true };
}

/**
 * @param {string} key
 * @param {string} title
 * @param {(of: any) => number | null | undefined} get
 * @param {(value: number) => string} [words]
 * @returns {Column}
 */
function figure(key, title, get, words = (value) => number(value)) {
    const value = (/** @type {Row} */ row) => get(row.of) ?? null;
    return {
        key, title, numeric: true, value,
        show: (row) => { const is = value(row); return is === null ? t('value.unknown') : words(is); },
    };
}

/**
 * @param {string} key
 * @param {string} title
 * @param {Column[]} columns
 * @param {Row[]} rows
 * @param {(of: any) => void} choose
 * @returns {Table}
 */
function table(key, title, columns, rows, choose) {
    return { key, title, columns, rows, onChoose: (row) => choose(row.of) };
}

/**
 * @param {any} answer
 * @param {(of: any) => void} choose
 */
export function capacityTables(answer, choose) {
    const w = (/** @type {string} */ key) => t('shelter.column.' + key);
    return [
        table('shelter-townships', t('shelter.table.townships'), [
            text('name', w('township'), (of) => of.name || t('shelter.noTownship')),
            figure('people', w('people'), (of) => of.people), figure('need', w('need'), (of) => of.need),
            figure('places', w('places'), (of) => of.now.places), figure('perHead', w('perHead'), (of) => of.now.squareMetresPerPerson, (value) => fixed(value, 2)),
            figure('indoor', w('indoor'), (of) => of.now.indoor), figure('outdoor', w('outdoor'), (of) => of.now.outdoor), figure('undivided', w('undivided'), (of) => of.now.undivided),
            figure('gap', w('gap'), (of) => of.now.gap), figure('gapNew', w('gapNew'), (of) => of.withNew.gap), figure('gapAll', w('gapAll'), (of) => of.withAll.gap),
            figure('reach', w('withinReach'), (of) => of.now.withinReach),
        ], answer.townships.map((/** @type {any} */ of) => ({ id: 'township ' + of.name, of })), choose),
        table('shelter-villages', t('shelter.table.villages'), [
            text('name', w('village'), (of) => of.name), text('township', w('township'), (of) => of.township),
            figure('people', w('people'), (of) => of.people), figure('need', w('need'), (of) => of.need), figure('elderly', w('elderly'), (of) => of.elderly),
            figure('gap', w('gapReach'), (of) => of.gap), figure('gapNew', w('gapNew'), (of) => of.gapWithNew), figure('gapAll', w('gapAll'), (of) => of.gapWithAll),
        ], answer.villages.map((/** @type {any} */ of) => ({ id: of.id, of })), choose),
        table('shelter-shelters', t('shelter.table.shelters'), [
            text('name', w('shelter'), (of) => of.name), text('township', w('township'), (of) => of.township),
            text('stay', w('stay'), (of) => (of.stay ? t('shelter.stay.' + of.stay) : null)), text('planned', w('planned'), (of) => (of.planned ? t(of.upgradeOf ? 'shelter.upgrade' : 'shelter.new') : t('shelter.built'))),
            figure('places', w('places'), (of) => of.places), figure('area', w('area'), (of) => of.squareMetres),
        ], answer.shelters.map((/** @type {any} */ of) => ({ id: of.id, of })), choose),
    ];
}

/**
 * @param {any} answer
 * @param {(of: any) => void} choose
 */
export function auditTables(answer, choose) {
    const w = (/** @type {string} */ key) => t('shelter.column.' + key);
    return [
        table('shelter-mend', t('shelter.table.mend'), [
            text('shelter', w('shelter'), (of) => of.shelter), text('rule', w('rule'), (of) => pick(of.title)),
            figure('value', w('measured'), (of) => of.value, (value) => number(value, 1)), text('limit', w('limit'), (of) => `${of.sign} ${number(of.limit, 1)} ${unitInWords(of.unit)}`),
            figure('people', w('places'), (of) => of.people), text('mend', w('mend'), (of) => pick(of.mend)), text('clause', w('clause'), (of) => of.clause),
        ], answer.mendFirst.map((/** @type {any} */ of) => ({ id: of.shelterId + ' ' + of.rule, of: { ...of, id: of.shelterId } })), choose),
        table('shelter-audited', t('shelter.table.audited'), [
            text('name', w('shelter'), (of) => of.name), text('township', w('township'), (of) => of.township),
            figure('fail', w('fails'), (of) => of.fail), figure('unknown', w('unknowns'), (of) => of.unknown), figure('pass', w('passes'), (of) => of.pass),
            text('sure', w('reach'), (of) => (of.stayReach.sure ? t('shelter.stay.' + of.stayReach.sure) : t('shelter.none'))),
            text('next', w('missing'), (of) => of.stayReach.missing.map((/** @type {any} */ one) => pick(one.title)).join(t('value.separator')) || '—'),
            text('grade', w('grade'), (of) => (of.gradeReach.sure ? t('shelter.grade.' + of.gradeReach.sure) : t('shelter.none'))),
        ], answer.shelters.map((/** @type {any} */ of) => ({ id: of.id, of })), choose),
        table('shelter-rules', t('shelter.table.rules'), [
            text('rule', w('rule'), (of) => pick(of.title)), figure('fail', w('fails'), (of) => of.fail), figure('unknown', w('unknowns'), (of) => of.unknown), figure('pass', w('passes'), (of) => of.pass),
            text('limit', w('limit'), (of) => `${of.sign} ${number(of.limit, 1)} ${unitInWords(of.unit)}`), text('source', w('source'), (of) => of.source), text('clause', w('clause'), (of) => of.clause || '—'), text('mark', w('mark'), (of) => t('shelter.mark.' + of.mark)),
        ], answer.rules.map((/** @type {any} */ of) => ({ id: 'rule ' + of.id, of })), () => {}),
    ];
}

/**
 * @param {any} answer
 * @param {(of: any) => void} choose
 */
export function assignmentTables(answer, choose) {
    const w = (/** @type {string} */ key) => t('shelter.column.' + key);
    return [
        table('shelter-transfer', t('shelter.table.transfer'), [
            text('village', w('village'), (of) => of.village), figure('people', w('people'), (of) => of.people), figure('elderly', w('elderly'), (of) => of.elderly),
            text('shelter', w('shelter'), (of) => of.shelter), text('mode', w('mode'), (of) => t('shelter.mode.' + of.mode)),
            figure('minutes', w('minutes'), (of) => wholeMinutes(of.seconds)), text('way', w('way'), (of) => of.way || '—'), text('responsible', w('responsible'), (of) => of.responsible ?? '—'),
        ], answer.assignments.map((/** @type {any} */ of) => ({ id: of.id, of })), choose),
        table('shelter-loads', t('shelter.table.shelters'), [
            text('name', w('shelter'), (of) => of.name), text('state', w('state'), (of) => t('shelter.state.' + of.state)),
            figure('places', w('free'), (of) => of.places), figure('assigned', w('assigned'), (of) => of.assigned), figure('share', w('share'), (of) => of.share, percent), figure('wanted', w('wanted'), (of) => of.wanted),
        ], answer.shelters.map((/** @type {any} */ of) => ({ id: of.id, of })), choose),
        table('shelter-unplaced', t('shelter.table.unplaced'), [
            text('name', w('village'), (of) => of.name), figure('people', w('people'), (of) => of.people), text('reason', w('reason'), (of) => of.reasonText),
        ], answer.unplaced.map((/** @type {any} */ of) => ({ id: of.id, of })), choose),
    ];
}
