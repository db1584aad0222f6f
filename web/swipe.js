/**
 * Before and after beside each other: left of a handle the map shows the answer before the changes, right of it the
 * answer after them. The handle is a slider for the keyboard too. A part of the map (see map.js).
 *
 * @typedef {import('./map.js').AnquanMap} AnquanMap
 * @typedef {import('./map.js').Circle} Circle
 * @typedef {import('./whatifmap.js').WhatIfMap} WhatIfMap
 */

import { el, fill } from './dom.js';
import { t } from './i18n.js';
import { fillLayer, vector } from './whatifmap.js';

const STEP = 2;
const LEAP = 10;

/**
 * @param {AnquanMap} anquanMap
 * @param {WhatIfMap} whatIfMap
 * @param {(percent: number, done: boolean) => void} onMove percent of the map's width that is before
 */
export function createSwipe(anquanMap, whatIfMap, onMove) {
    const { map, target, circleLayer, bands, outside } = anquanMap.parts;
    const beforeLayer = vector(circleLayer.getZIndex() ?? 300);
    beforeLayer.setOpacity(circleLayer.getOpacity());
    beforeLayer.setVisible(false);
    map.addLayer(beforeLayer);

    /** @type {number | null} */
    let percent = null;
    const words = { before: el('span', { class: 'swipe-word swipe-before' }), after: el('span', { class: 'swipe-word swipe-after' }) };
    const handle = el('div', { class: 'swipe-handle', role: 'slider', tabindex: '0', 'aria-valuemin': '0', 'aria-valuemax': '100', 'aria-orientation': 'horizontal', id: 'swipe' });
    const bar = el('div', { class: 'swipe', hidden: true }, words.before, words.after, handle);
    target.parentElement?.append(bar);

    clip(beforeLayer, () => [0, (percent ?? 0) / 100]);
    clip(circleLayer, () => (percent === null ? null : [percent / 100, 1]));

    handle.addEventListener('keydown', (event) => {
        const by = { ArrowLeft: -STEP, ArrowDown: -STEP, ArrowRight: STEP, ArrowUp: STEP, PageDown: -LEAP, PageUp: LEAP }[event.key];
        const to = event.key === 'Home' ? 0 : event.key === 'End' ? 100 : by === undefined ? null : (percent ?? 50) + by;
        if (to === null) return;
        event.preventDefault();
        event.stopPropagation();
        place(to);
        onMove(/** @type {number} */ (percent), true);
    });
    handle.addEventListener('pointerdown', (event) => {
        event.preventDefault();
        handle.focus();
        handle.setPointerCapture(event.pointerId);
        const move = (/** @type {PointerEvent} */ now) => {
            const box = target.getBoundingClientRect();
            place(((now.clientX - box.left) / box.width) * 100);
            onMove(/** @type {number} */ (percent), false);
        };
        const up = () => {
            handle.removeEventListener('pointermove', move);
            onMove(/** @type {number} */ (percent), true);
        };
        handle.addEventListener('pointermove', move);
        handle.addEventListener('pointerup', up, { once: true });
        handle.addEventListener('pointercancel', up, { once: true });
    });

    /** @param {number} wanted */
    function place(wanted) {
        percent = Math.min(100, Math.max(0, wanted));
        bar.style.setProperty('--at', percent + '%');
        handle.setAttribute('aria-valuenow', String(Math.round(percent)));
        handle.setAttribute('aria-valuetext', t('swipe.value', { n: Math.round(percent) }));
        whatIfMap.difference.within(percent / 100, 1);
        map.render();
    }

    return {
        /**
         * @param {number | null} at percent; null: no swipe
         * @param {Circle | null} before
         */
        show(at, before) {
            const on = at !== null && before !== null;
            bar.hidden = !on;
            beforeLayer.setVisible(on);
            if (!on) {
                percent = null;
                whatIfMap.difference.within(0, 1);
                fillLayer(beforeLayer, []);
                return map.render();
            }
            handle.setAttribute('aria-label', t('swipe.handle'));
            fill(words.before, t('swipe.before'));
            fill(words.after, t('swipe.after'));
            fillLayer(beforeLayer, [...outside(before), ...bands(before)]);
            place(at);
        },

        /** @param {boolean} old */
        fade(old) {
            beforeLayer.setOpacity(old ? 0.2 : 0.6);
        },
    };
}

/**
 * Draws a layer only between two shares of the map's width.
 *
 * @param {import('ol/layer/Vector').default} layer
 * @param {() => number[] | null} window null: all of it
 */
function clip(layer, window) {
    let clipped = false;
    layer.on('prerender', (event) => {
        const between = window();
        if (!between) return;
        const context = /** @type {CanvasRenderingContext2D} */ (event.context);
        context.save();
        clipped = true;
        const { width, height } = context.canvas;
        context.beginPath();
        context.rect(between[0] * width, 0, (between[1] - between[0]) * width, height);
        context.clip();
    });
    layer.on('postrender', (event) => {
        if (clipped) /** @type {CanvasRenderingContext2D} */ (event.context).restore();
        clipped = false;
    });
}
