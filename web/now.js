/**
 * What holds at this hour, as a chip in the bar: closures and slower roads of the live scenario `now`. A click shows what
 * they do to the circle.
 *
 * @typedef {import('./api.js').StoredScenario} StoredScenario
 */

import { fetchScenario, fetchScenarios } from './api.js';
import { el, fill, icon } from './dom.js';
import { dateTime, number } from './format.js';
import { has, t } from './i18n.js';
import { connected, subscribe } from './live.js';
import { NOW } from './panels/stored.js';

/** How often it is looked at again while the service tells nothing by itself, in milliseconds. */
const EVERY = 30_000;

/**
 * @param {HTMLElement} root
 * @param {() => void} onOpen
 * @param {() => void} onChange it is another one than a while ago
 */
export function createNow(root, onOpen, onChange) {
    /** @type {StoredScenario | null} */
    let now = null;
    /** Weather and hour, by the names that the service knows. */
    /** @type {string[]} */
    let presets = [];

    async function load() {
        const before = now?.version;
        try {
            now = (await fetchScenarios()).find((one) => one.name === NOW) ?? null;
            const body = holds() && now?.factors ? await fetchScenario(NOW) : {};
            presets = (body.factors ?? []).flatMap((/** @type {any} */ one) => (one.preset ? [one.preset] : []));
        } catch {
            // Without an answer nothing is claimed; the circle itself says it where the service is away.
            now = null;
        }
        draw();
        if (before !== undefined && now && now.version !== before) onChange();
    }

    function holds() {
        return now !== null && now.version > 0 && now.state === 'valid' && now.closures + now.factors > 0;
    }

    function draw() {
        root.hidden = !holds();
        if (!now || !holds()) return fill(root);
        const words = [
            now.closures > 0 && t('stored.closures', { n: number(now.closures) }),
            ...presets.filter((name) => has('whatif.preset.' + name)).map((name) => t('whatif.preset.' + name)),
            now.factors > presets.length && t('stored.factors', { n: number(now.factors - presets.length) }),
        ].filter(Boolean).join(t('value.separator'));
        return fill(root, el('button', {
            type: 'button', class: 'now-chip', id: 'now', onclick: onOpen,
            title: [now.reason, now.changedAt && t('stored.since', { when: dateTime(now.changedAt) })].filter(Boolean).join(' · '),
            'aria-label': t('stored.now.chip', { what: words }),
        }, icon('block', 16), el('span', {}, el('span', { class: 'not-on-phone' }, t('stored.now.chip', { what: '' })), words)));
    }

    addEventListener('anquan-scenarios', () => void load());
    subscribe('scenario', (/** @type {{name: string, version: number}} */ news) => {
        if (news.name === NOW && news.version !== (now?.version ?? 0)) void load();
    });
    setInterval(() => { if (!document.hidden && (!connected() || now === null)) void load(); }, EVERY);
    void load();

    return { draw, holds };
}
