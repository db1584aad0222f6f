/**
 * One box over all names and codes: answers as one types, coordinates in any usual form, the latest searches of this
 * device. `/` goes there, the arrows choose, Enter shows the thing on the map.
 *
 * @typedef {import('./api.js').Found} Found
 * @typedef {import('./panels/index.js').Page} Page
 *
 * @typedef {object} Option
 * @property {Found} [hit]
 * @property {{lon: number, lat: number}} [place]
 * @property {string} [again] words that were sought before
 */

import { find, isStop } from './api.js';
import { readPlace } from './coordinates.js';
import { calmly, data, el, fill, icon, iconButton, say } from './dom.js';
import { number, position } from './format.js';
import { pick, t } from './i18n.js';
import { layerSymbol } from './legend.js';
import { asProblem } from './problem.js';
import { recall, remember } from './state.js';

const MOST = 12;
const MOST_KEPT = 6;
const WAIT_MS = 120;

/**
 * @param {HTMLElement} root
 * @param {Page} page
 * @param {{close: () => void}} popup
 */
export function createSearch(root, page, popup) {
    /** @type {Option[]} */
    let options = [];
    let active = -1;
    /** @type {AbortController | null} */
    let running = null;
    /** @type {string} */
    let note = '';
    let old = false;

    const input = el('input', {
        class: 'search-input', type: 'search', role: 'combobox', autocomplete: 'off', spellcheck: false, enterkeyhint: 'search',
        'aria-controls': 'search-list', 'aria-expanded': 'false', 'aria-autocomplete': 'list',
        oninput: () => { old = true; changed(); ask(); },
        onfocus: () => { if (!input.value.trim()) showKept(); else show(); },
        onkeydown: (/** @type {KeyboardEvent} */ event) => onKey(event),
    });
    const clear = iconButton('close', '', () => { input.value = ''; changed(); showKept(); input.focus(); }, { class: 'icon-button search-clear', hidden: true });
    const list = el('div', { class: 'search-list', id: 'search-list', role: 'listbox', hidden: true });
    const words = el('p', { class: 'search-note quiet', role: 'status' });
    const drop = el('div', { class: 'search-drop', hidden: true }, list, words);
    root.append(el('span', { class: 'search-sign' }, icon('search', 16)), input, el('kbd', { class: 'search-key', 'aria-hidden': 'true' }, '/'), clear, drop);

    const ask = calmly(() => void seek(), WAIT_MS);

    document.addEventListener('pointerdown', (event) => {
        if (!root.contains(/** @type {Node} */ (event.target))) hide();
    });
    root.addEventListener('focusout', (event) => {
        if (event.relatedTarget instanceof Node && !root.contains(event.relatedTarget)) hide();
    });
    addEventListener('keydown', (event) => {
        const typing = event.target instanceof Element && event.target.closest('input, textarea, select, [contenteditable]');
        if (event.key !== '/' || typing || event.ctrlKey || event.metaKey || event.altKey) return;
        event.preventDefault();
        input.focus();
        input.select();
    });

    function changed() {
        clear.hidden = input.value === '';
        root.classList.toggle('filled', input.value !== '');
    }

    async function seek() {
        const asked = input.value.trim();
        running?.abort();
        running = null;
        if (!asked) return showKept();
        const place = readPlace(asked);
        if (place) {
            options = [{ place }];
            note = '';
            old = false;
            active = 0;
            return show();
        }
        const mine = new AbortController();
        running = mine;
        const slow = setTimeout(() => { note = t('search.running'); drawNote(); }, 300);
        try {
            const found = await find(asked, MOST, mine.signal);
            options = found.hits.map((hit) => ({ hit }));
            note = options.length ? (found.more ? t('search.more', { n: number(options.length) }) : '') : t('search.none', { q: asked });
            active = options.length ? 0 : -1;
            say(options.length ? t('search.found', { n: options.length }) : note);
        } catch (error) {
            if (isStop(error)) return;
            const problem = asProblem(error);
            options = [];
            active = -1;
            note = problem.status === 404 ? t('search.off') : [problem.title, problem.detail, problem.help].filter(Boolean).join(' ');
        } finally {
            clearTimeout(slow);
        }
        if (running !== mine) return;
        old = false;
        show();
    }

    function kept() {
        try {
            const all = JSON.parse(recall('searches') ?? '[]');
            return Array.isArray(all) ? all.filter((one) => typeof one === 'string') : [];
        } catch {
            return [];
        }
    }

    function showKept() {
        options = kept().map((again) => ({ again }));
        note = options.length ? '' : t('search.hint');
        active = -1;
        old = false;
        show();
    }

    /** @param {string} asked */
    function keep(asked) {
        if (asked) remember('searches', JSON.stringify([asked, ...kept().filter((one) => one !== asked)].slice(0, MOST_KEPT)));
    }

    function show() {
        if (!root.contains(document.activeElement)) return;
        drop.hidden = false;
        draw();
    }

    function hide() {
        drop.hidden = true;
        list.hidden = true;
        input.setAttribute('aria-expanded', 'false');
        input.removeAttribute('aria-activedescendant');
    }

    function drawNote() {
        words.hidden = note === '';
        words.textContent = note;
    }

    function draw() {
        input.placeholder = t('search.placeholder');
        input.setAttribute('aria-label', t('search.label'));
        input.title = t('search.label');
        clear.title = t('search.clear');
        clear.setAttribute('aria-label', t('search.clear'));
        list.setAttribute('aria-label', t('search.answers'));
        if (drop.hidden) return;
        list.hidden = options.length === 0;
        list.classList.toggle('old', old);
        input.setAttribute('aria-expanded', String(options.length > 0));
        fill(list, options.map((option, i) => el('div', {
            role: 'option', id: 'found-' + i, class: 'found', 'aria-selected': String(i === active),
            onpointerdown: (/** @type {Event} */ event) => event.preventDefault(),
            onclick: () => void take(option),
        }, ...content(option))));
        if (active >= 0) {
            input.setAttribute('aria-activedescendant', 'found-' + active);
            list.children[active]?.scrollIntoView({ block: 'nearest' });
        } else input.removeAttribute('aria-activedescendant');
        drawNote();
    }

    /** @param {Option} option */
    function content(option) {
        if (option.place) return [el('span', { class: 'layer-symbol' }, icon('point', 18)), el('span', { class: 'found-words' }, el('span', {}, t('search.goTo')), el('span', { class: 'quiet small' }, position(option.place.lon, option.place.lat)))];
        if (option.again !== undefined) return [el('span', { class: 'layer-symbol' }, icon('history', 16)), el('span', { class: 'found-words' }, data(option.again))];
        const hit = /** @type {Found} */ (option.hit);
        const info = page.info().layers.find((one) => one.id === hit.layer);
        const picture = el('span', { class: 'layer-symbol' });
        if (info) page.map.styleOf(info.id).then((style) => fill(picture, layerSymbol(style, info, page.theme())), () => {});
        const inName = hit.text === hit.name;
        return [picture, el('span', { class: 'found-words' },
            el('span', { class: 'data', lang: 'zh' }, inName ? marked(hit.text, hit.match) : hit.name || hit.id),
            el('span', { class: 'quiet small' }, [info ? pick(info.title) : hit.layerTitle, hit.place].filter(Boolean).join(' · '),
                !inName && hit.text ? [' · ', el('span', { class: 'data', lang: 'zh' }, marked(hit.text, hit.match))] : []))];
    }

    /**
     * @param {string} text
     * @param {[number, number] | null} match
     * @returns {(Node | string)[]}
     */
    function marked(text, match) {
        if (!match || match[1] <= match[0]) return [text];
        return [text.slice(0, match[0]), el('mark', {}, text.slice(match[0], match[1])), text.slice(match[1])];
    }

    /** @param {Option} option */
    async function take(option) {
        if (option.again !== undefined) {
            input.value = option.again;
            changed();
            return seek();
        }
        keep(input.value.trim());
        hide();
        if (option.place) {
            popup.close();
            page.map.flyTo(option.place.lon, option.place.lat, 15);
            page.map.pin([option.place.lon, option.place.lat]);
            page.tell(position(option.place.lon, option.place.lat));
            return;
        }
        const hit = /** @type {Found} */ (option.hit);
        try {
            await page.showFeature(hit.layer, hit.id);
        } catch (error) {
            const problem = asProblem(error);
            page.tell([problem.title, problem.detail].join(' '));
        }
    }

    /** @param {KeyboardEvent} event */
    function onKey(event) {
        if (event.key === 'ArrowDown' || event.key === 'ArrowUp') {
            if (drop.hidden) show();
            if (options.length) active = (active + (event.key === 'ArrowDown' ? 1 : -1) + options.length + (active < 0 && event.key === 'ArrowUp' ? 1 : 0)) % options.length;
            draw();
        } else if (event.key === 'Enter') {
            // Typed faster than the answer came: the answer to what stands there now is meant.
            if (old) void seek().then(() => options[active] && take(options[active]));
            else if (options[active]) void take(options[active]);
        } else if (event.key === 'Escape') {
            if (!drop.hidden) hide();
            else if (input.value) { input.value = ''; changed(); } else page.map.focus();
        } else return;
        event.preventDefault();
        event.stopPropagation();
    }

    return { draw };
}
