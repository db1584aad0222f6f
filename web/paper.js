/**
 * A map sheet to print: a button that opens a small form (title, paper, file), and gives the file. For any panel whose
 * answer the service can draw.
 *
 * @typedef {object} Wanted
 * @property {string} title what stands above the map, to be changed by the user
 * @property {() => Promise<import('./api.js').SheetWish> | import('./api.js').SheetWish} about what is drawn: `{process, inputs}` or `{job}`, and more parts of the wish
 * @property {() => string[] | null} [layers] ids of the layers to draw below it; null for the usual ones
 */

import { makeSheet } from './api.js';
import { el, fill, icon, saveFile, say } from './dom.js';
import { t } from './i18n.js';
import { problemBox } from './problem.js';
import { picker } from './panels/filter.js';

/** Kept while the page is open: who prints once prints again the same way. */
let usual = { paper: 'A3', orientation: 'landscape', format: 'pdf', drill: false };

let drillNow = false;

/**
 * While a drill goes on, what is printed is for the drill, unless somebody says otherwise.
 *
 * @param {boolean} drill
 */
export function usualDrill(drill) {
    if (drill !== drillNow) usual.drill = drill;
    drillNow = drill;
}

/**
 * The button and, once it is pressed, the form below it. The two stand in one element, as wide as its row when open.
 *
 * @param {Wanted} wanted
 * @returns {HTMLElement}
 */
export function sheetButton(wanted) {
    const root = el('div', { class: 'paper' });
    let open = false;
    let working = false;
    let title = wanted.title;
    /** @type {unknown} */
    let failure = null;
    /** @type {string[]} */
    let notes = [];

    const toggle = () => {
        open = !open;
        draw();
        /** @type {HTMLElement | null} */ (root.querySelector(open ? '#sheet-title' : '#print-sheet'))?.focus();
    };

    function draw() {
        root.classList.toggle('open', open);
        fill(root,
            el('button', { type: 'button', class: 'button quiet-button', id: 'print-sheet', 'aria-expanded': String(open), 'aria-controls': 'sheet-form', onclick: toggle }, icon('print', 16), t('paper.print')),
            open && form());
    }

    /**
     * @param {'paper' | 'orientation' | 'format'} name
     * @param {string[]} values
     */
    function choice(name, values) {
        const words = t('paper.' + name);
        return el('label', { class: 'field' }, el('span', {}, words),
            picker(words, values.map((value) => ({ value, title: t(`paper.${name}.${value}`) })), usual[name], (value) => { usual[name] = value; }));
    }

    function form() {
        return el('form', { class: 'form paper-form', id: 'sheet-form', onsubmit: (/** @type {Event} */ event) => { event.preventDefault(); void make(); } },
            el('label', { class: 'field' }, el('span', {}, t('paper.titleOf')),
                el('input', { id: 'sheet-title', type: 'text', maxlength: '60', value: title, oninput: (/** @type {Event} */ event) => { title = /** @type {HTMLInputElement} */ (event.target).value; } })),
            choice('paper', ['A3', 'A4']),
            choice('orientation', ['landscape', 'portrait']),
            choice('format', ['pdf', 'png']),
            el('label', { class: 'check' },
                el('input', { type: 'checkbox', id: 'sheet-drill', checked: usual.drill, onchange: (/** @type {Event} */ event) => { usual.drill = /** @type {HTMLInputElement} */ (event.target).checked; } }),
                el('span', {}, t('paper.drill'))),
            failure !== null && problemBox(failure),
            notes.length > 0 && el('ul', { class: 'quiet paper-notes' }, notes.map((words) => el('li', {}, words))),
            el('button', { class: 'button primary', id: 'make-sheet', disabled: working }, icon('download', 16), t(working ? 'paper.working' : 'paper.make')));
    }

    async function make() {
        working = true;
        failure = null;
        notes = [];
        draw();
        try {
            const layers = wanted.layers?.() ?? null;
            const sheet = await makeSheet({
                ...await wanted.about(), ...usual,
                ...(title.trim() ? { title: title.trim() } : {}),
                ...(layers ? { layers } : {}),
            });
            saveFile(sheet.content, sheet.name);
            notes = sheet.notes;
            say(t('paper.done', { name: sheet.name }));
        } catch (error) {
            failure = error;
        }
        working = false;
        draw();
        /** @type {HTMLElement | null} */ (root.querySelector('#make-sheet'))?.focus();
    }

    draw();
    return root;
}
