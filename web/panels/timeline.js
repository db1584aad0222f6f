/**
 * The circle minute by minute: finer bands are asked for once, then a slider moves over them without asking again.
 *
 * @typedef {import('../api.js').CircleAnswer} CircleAnswer
 *
 * @typedef {object} Around
 * @property {() => number[] | null} minutes of the question; null: no answer yet
 * @property {() => number} mostTimes bands that one question may have
 * @property {(minutes: number[], signal: AbortSignal) => Promise<CircleAnswer>} ask the question of now with other bands
 * @property {() => number | null} at minutes that the slider stands at; null: it is off
 * @property {(at: number | null) => void} move
 * @property {() => void} changed what the map should show has changed
 * @property {(share: number | null) => string} percentOf people
 */

import { isStop } from '../api.js';
import { calmMotion, el, fill, icon, iconButton } from '../dom.js';
import { area, limit, number, people } from '../format.js';
import { t } from '../i18n.js';
import { problemBox } from '../problem.js';

/** A step of the play button takes so long, in milliseconds. */
const BEAT = 650;

/** @param {Around} around */
export function createTimeline(around) {
    const root = el('div', { class: 'timeline' });
    /** @type {CircleAnswer | null} */
    let fine = null;
    /** @type {AbortController | null} */
    let asking = null;
    /** @type {unknown} */
    let failure = null;
    let timer = 0;

    /** Every so many whole minutes, as many as one question may have, up to the widest band. */
    function steps() {
        const widest = Math.max(...(around.minutes() ?? [60]));
        const step = Math.max(1, Math.ceil(widest / around.mostTimes()));
        const all = [];
        for (let one = step; one < widest; one += step) all.push(one);
        return [...all, widest];
    }

    async function load() {
        asking?.abort();
        const mine = new AbortController();
        asking = mine;
        failure = null;
        try {
            const answer = await around.ask(steps(), mine.signal);
            if (asking !== mine) return;
            fine = answer;
        } catch (error) {
            if (asking !== mine || isStop(error)) return;
            failure = error;
            fine = null;
        }
        asking = null;
        draw();
        around.changed();
    }

    function stop() {
        clearInterval(timer);
        timer = 0;
    }

    /** @param {number} to index among the steps */
    function moveTo(to) {
        const all = steps();
        around.move(all[Math.min(all.length - 1, Math.max(0, to))]);
        drawValue();
        around.changed();
    }

    function index() {
        const all = steps();
        const at = around.at() ?? all[all.length - 1];
        const found = all.findIndex((one) => one >= at);
        return found < 0 ? all.length - 1 : found;
    }

    function play() {
        if (timer) {
            stop();
            return draw();
        }
        const last = steps().length - 1;
        // Whoever asked for less movement goes on step by step.
        if (calmMotion()) return moveTo(index() >= last ? 0 : index() + 1);
        moveTo(index() >= last ? 0 : index());
        timer = window.setInterval(() => {
            moveTo(index() + 1);
            if (index() < last) return;
            stop();
            draw();
        }, BEAT);
        draw();
    }

    const value = el('p', { class: 'timeline-value', 'aria-live': 'polite', id: 'timeline-value' });
    const slider = el('input', { type: 'range', class: 'timeline-slider', id: 'timeline', min: '0', step: '1', oninput: () => { stop(); moveTo(Number(slider.value)); } });

    function drawValue() {
        const all = steps();
        const at = all[index()];
        slider.max = String(all.length - 1);
        slider.value = String(index());
        slider.setAttribute('aria-label', t('timeline.slider'));
        slider.setAttribute('aria-valuetext', limit(at));
        const band = fine?.bands.features.find((one) => one.properties.minutes === at)?.properties;
        fill(value, el('strong', {}, t('coverage.within', { time: limit(at) })), ' ',
            band && (band.people === null ? area(band.areaSquareMetres)
                : t('timeline.value', { people: people(band.people), share: around.percentOf(band.people), n: number(band.villages ?? 0) })));
    }

    function draw() {
        if (!around.minutes()) return fill(root);
        if (around.at() === null) {
            fill(root, el('button', { type: 'button', class: 'link', id: 'timeline-on', onclick: () => {
                around.move(steps()[0]);
                void load();
                draw();
                slider.focus();
            } }, icon('play', 16), t('timeline.on')));
            return undefined;
        }
        fill(root,
            el('div', { class: 'timeline-row' },
                iconButton(timer ? 'pause' : 'play', t(timer ? 'timeline.pause' : calmMotion() ? 'timeline.next' : 'timeline.play'), play, { id: 'timeline-play' }),
                slider,
                iconButton('close', t('timeline.off'), () => {
                    stop();
                    around.move(null);
                    draw();
                    around.changed();
                    document.getElementById('timeline-on')?.focus();
                })),
            value,
            failure !== null && problemBox(failure, { retry: () => void load() }));
        return drawValue();
    }

    return {
        root,
        draw,
        stop,

        /** The answer is another one: its finer bands are asked for anew, where the slider is on. */
        answered() {
            fine = null;
            if (around.at() !== null) void load();
            draw();
        },

        /** The bands up to the slider, or null where there are none to show. */
        bands() {
            const at = steps()[index()];
            return around.at() === null || !fine ? null : { features: fine.bands.features.filter((one) => one.properties.minutes <= at) };
        },
    };
}
