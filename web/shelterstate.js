/**
 * The state of shelters on the maps of workspace and desk: those whose state is too old to be relied on are greyed out,
 * and a drill is written across the map. A part of the map (see map.js).
 *
 * @typedef {import('./map.js').AnquanMap} AnquanMap
 * @typedef {import('./api.js').ShelterStates} ShelterStates
 */

import { fetchActiveShelters } from './api.js';
import { el, fill } from './dom.js';
import { number } from './format.js';
import { t } from './i18n.js';
import { HEIGHT, plainSwatch, WIDTH } from './legend.js';
import { subscribe } from './live.js';
import { fillLayer, token, vector } from './whatifmap.js';

/** Above the signs of the layers, below everything that a question draws. */
const ABOVE_SIGNS = 700;

/** Farther out than the signs are drawn (1 : 1 200 000), in metres a pixel. */
const FARTHEST = 1_200_000 * 0.00028;

/** A state grows old without any news of it, in milliseconds. */
const AGAIN = 5 * 60_000;

/** Many counts at a door are one look. */
const TOGETHER = 400;

/**
 * @param {AnquanMap} anquanMap
 * @param {HTMLElement} across where a drill is written
 * @param {() => boolean} shown whether the layer of shelters is on
 * @param {() => void} onChange the legend has something to say, or nothing any more
 */
export function createShelterState(anquanMap, across, shown, onChange) {
    const { map } = anquanMap.parts;
    const layer = vector(ABOVE_SIGNS);
    layer.setMaxResolution(FARTHEST);
    map.addLayer(layer);
    /** @type {ShelterStates | null} */
    let states = null;
    let timer = 0;

    async function load() {
        try {
            states = await fetchActiveShelters();
        } catch (error) {
            // What was known is shown on; nothing new is claimed.
            console.info('shelters', error);
        }
        draw();
        onChange();
    }

    function stale() {
        return shown() && states ? states.shelters.filter((one) => one.stale) : [];
    }

    function draw() {
        fillLayer(layer, stale().map((one) => {
            const feature = new ol.Feature({ geometry: new ol.geom.Point(ol.proj.fromLonLat([one.lon, one.lat])) });
            feature.setStyle(new ol.style.Style({
                image: new ol.style.Circle({
                    radius: 11,
                    fill: new ol.style.Fill({ color: token('--paper') + 'b8' }),
                    stroke: new ol.style.Stroke({ color: token('--quiet'), width: 1.5, lineDash: [3, 3] }),
                }),
            }));
            return feature;
        }));
        const drill = states?.drill ?? false;
        across.hidden = !drill;
        fill(across, drill && el('strong', { role: 'status' }, t('finder.drill')), drill && el('span', { 'aria-hidden': 'true' }, [1, 2, 3, 4].map(() => el('i', {}, t('finder.drill')))));
    }

    function legend() {
        if (!stale().length) return [];
        const swatch = plainSwatch((context) => {
            context.beginPath();
            context.arc(WIDTH / 2, HEIGHT / 2, 8, 0, 2 * Math.PI);
            context.lineWidth = 1.5;
            context.setLineDash([3, 3]);
            context.strokeStyle = token('--quiet');
            context.stroke();
        });
        return [{ swatch, sign: true, words: t('shelter.stale', { hours: number(states?.staleAfterHours ?? 0, 1) }) }];
    }

    subscribe('layer', (/** @type {{layer: string}} */ news) => {
        if (news.layer !== 'shelter') return;
        clearTimeout(timer);
        timer = window.setTimeout(() => void load(), TOGETHER);
    });
    setInterval(() => { if (!document.hidden) void load(); }, AGAIN);
    void load();

    return { draw, legend, drill: () => states?.drill ?? false };
}
