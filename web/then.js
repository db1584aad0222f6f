/**
 * A layer as it was at a time: the map shows that instead of the present, and a banner says so until one goes back.
 *
 * @typedef {import('./api.js').GeoFeature} GeoFeature
 * @typedef {import('./panels/index.js').Page} Page
 */

import { fetchItems, isStop } from './api.js';
import { el, fill, icon, say } from './dom.js';
import { dateTime, number } from './format.js';
import { t } from './i18n.js';
import { asProblem } from './problem.js';

/** So many features of the past are drawn; the service gives no more at once. */
const MOST = 10_000;

/**
 * @param {HTMLElement} root
 * @param {Page} page
 * @param {() => void} onChange
 */
export function createThen(root, page, onChange) {
    /** @type {{count: number, drawn: number} | null} */
    let found = null;
    /** @type {unknown} */
    let failure = null;
    /** @type {AbortController | null} */
    let running = null;

    /** @returns {{layer: string, time: string}} both empty for the present */
    function asked() {
        const [layer = '', time = ''] = page.state.get().then.split('@');
        return layer && !Number.isNaN(new Date(time).getTime()) ? { layer, time } : { layer: '', time: '' };
    }

    async function follow() {
        running?.abort();
        running = null;
        found = null;
        failure = null;
        const { layer, time } = asked();
        draw();
        onChange();
        if (!layer) return page.map.showThen(null, []);
        const mine = new AbortController();
        running = mine;
        try {
            const all = await fetchItems(layer, { limit: MOST, then: time }, mine.signal);
            found = { count: all.matched ?? all.features.length, drawn: all.features.length };
            const info = page.info().layers.find((one) => one.id === layer);
            page.map.showThen(info ?? null, all.features);
            say(words());
        } catch (error) {
            if (isStop(error)) return;
            failure = error;
        }
        draw();
        onChange();
    }

    function words() {
        const { layer, time } = asked();
        return t('then.banner', { layer: page.titleOf(layer), when: dateTime(time) });
    }

    function draw() {
        const { layer } = asked();
        root.hidden = layer === '';
        document.body.classList.toggle('with-then', layer !== '');
        if (!layer) return fill(root);
        fill(root, icon('history', 16),
            el('span', { role: 'status' }, el('strong', {}, words()), ' ',
                failure !== null ? asProblem(failure).title + ' ' + asProblem(failure).detail
                    : found ? t('layers.count', { n: number(found.count) }) + (found.drawn < found.count ? ' · ' + t('then.part', { n: number(found.drawn) }) : '')
                    : t('popup.loading')),
            el('button', { type: 'button', class: 'button', onclick: () => page.state.set({ then: '' }) }, t('then.back')));
    }

    return {
        follow: () => void follow(),
        draw,

        /**
         * @param {string} layer
         * @returns {string} the time at which it is shown; empty for the present
         */
        of(layer) {
            const now = asked();
            return now.layer === layer ? now.time : '';
        },
    };
}
