/**
 * Risk zones on the map: five levels, each with a colour and a pattern of its own, the unknown area hatched, what changed
 * between two runs, the cell that was asked about, and the places of a list. A part of the map (see map.js).
 *
 * @typedef {import('./map.js').AnquanMap} AnquanMap
 * @typedef {import('./api.js').GeoFeature} GeoFeature
 */

import { hatchTile } from './map.js';
import { fillLayer, token, vector } from './whatifmap.js';

/** Above the circle, below the layers' lines and points. */
const GROUND = { zones: 305, changed: 307, cell: 880, places: 875 };

/** Levels 1 to 5, as the service's answers colour them too. */
export const LEVEL_COLOURS = ['', '#38A800', '#73B2FF', '#FFFF00', '#FFAA00', '#E60000'];

/**
 * A tile of a level: the higher, the denser its strokes; so it can be told without its colour.
 *
 * @param {number} level 1 to 5
 */
export function levelTile(level) {
    const size = 12;
    const canvas = document.createElement('canvas');
    canvas.width = canvas.height = size;
    const context = /** @type {CanvasRenderingContext2D} */ (canvas.getContext('2d'));
    context.globalAlpha = 0.62;
    context.fillStyle = LEVEL_COLOURS[level] ?? '#888';
    context.fillRect(0, 0, size, size);
    context.globalAlpha = 0.5;
    context.strokeStyle = context.fillStyle = level === 5 ? '#4d0000' : '#1b2733';
    context.lineWidth = 1;
    const stroke = (/** @type {number} */ step, /** @type {boolean} */ falling) => {
        context.beginPath();
        for (let shift = -size; shift <= 2 * size; shift += step) {
            context.moveTo(shift - 1, falling ? -1 : size + 1);
            context.lineTo(shift + size + 1, falling ? size + 1 : -1);
        }
        context.stroke();
    };
    if (level === 2) for (const [x, y] of [[3, 3], [9, 9]]) context.fillRect(x, y, 1.4, 1.4);
    if (level === 3) stroke(12, false);
    if (level === 4) stroke(6, false);
    if (level === 5) { stroke(6, false); stroke(6, true); }
    return canvas;
}

/** @param {string} change higher, lower or notComparable */
function changeColour(change) {
    return token(change === 'higher' ? '--lost' : change === 'lower' ? '--gained' : '--quiet');
}

/** Whole where it became worse, dashed elsewhere. @param {string} change */
const changeDash = (change) => (change === 'higher' ? [] : [6, 4]);

/**
 * The line around what changed, for the legend.
 *
 * @param {string} change higher, lower or notComparable
 */
export function changeTile(change) {
    const canvas = document.createElement('canvas');
    canvas.width = 24;
    canvas.height = 16;
    const context = /** @type {CanvasRenderingContext2D} */ (canvas.getContext('2d'));
    context.strokeStyle = changeColour(change);
    context.lineWidth = 3;
    context.setLineDash(changeDash(change));
    context.beginPath();
    context.moveTo(0, 8);
    context.lineTo(24, 8);
    context.stroke();
    return canvas;
}

/** @param {HTMLCanvasElement} canvas */
function pattern(canvas) {
    return /** @type {CanvasPattern} */ (canvas.getContext('2d')?.createPattern(canvas, 'repeat'));
}

/** @param {AnquanMap} anquanMap */
export function createRiskMap(anquanMap) {
    const { map, format, theme } = anquanMap.parts;
    const zoneLayer = vector(GROUND.zones);
    const changedLayer = vector(GROUND.changed);
    const placeLayer = vector(GROUND.places);
    const cellLayer = vector(GROUND.cell);
    for (const layer of [zoneLayer, changedLayer, placeLayer, cellLayer]) map.addLayer(layer);

    /**
     * @param {GeoFeature} one
     * @param {any} style
     */
    function drawn(one, style) {
        const feature = new ol.Feature({ geometry: format.readGeometry(one.geometry) });
        feature.setStyle(style);
        return feature;
    }

    return {
        /**
         * @param {GeoFeature[]} zones
         * @param {GeoFeature[]} unknown
         */
        showZones(zones, unknown) {
            fillLayer(zoneLayer, [
                ...unknown.map((one) => drawn(one, new ol.style.Style({ fill: new ol.style.Fill({ color: pattern(hatchTile(theme())) }), stroke: new ol.style.Stroke({ color: token('--quiet'), width: 1, lineDash: [4, 3] }) }))),
                ...zones.map((one) => drawn(one, new ol.style.Style({ fill: new ol.style.Fill({ color: pattern(levelTile(Number(one.properties.level))) }), stroke: new ol.style.Stroke({ color: 'rgb(27 39 51 / 45%)', width: 0.6 }) }))),
            ]);
        },

        /** @param {GeoFeature[]} changed with the property `change`: higher, lower or notComparable */
        showChanged(changed) {
            fillLayer(changedLayer, changed.map((one) => drawn(one, new ol.style.Style({
                stroke: new ol.style.Stroke({ color: changeColour(one.properties.change), width: 2.5, lineDash: changeDash(one.properties.change) }),
            }))));
        },

        /** @param {{lon: number, lat: number, cellMetres: number} | null} cell that is explained */
        showCell(cell) {
            if (!cell) return fillLayer(cellLayer, []);
            const feature = new ol.Feature({ geometry: new ol.geom.Point(ol.proj.fromLonLat([cell.lon, cell.lat])) });
            feature.setStyle([
                new ol.style.Style({ image: new ol.style.Circle({ radius: 9, fill: new ol.style.Fill({ color: 'rgb(255 255 255 / 35%)' }), stroke: new ol.style.Stroke({ color: token('--paper'), width: 6 }) }) }),
                new ol.style.Style({ image: new ol.style.Circle({ radius: 9, stroke: new ol.style.Stroke({ color: token('--ink'), width: 2.5 }) }) }),
            ]);
            fillLayer(cellLayer, [feature]);
        },

        /**
         * @param {{id: string, lon: number, lat: number}[]} places
         * @param {string} chosen id
         */
        showPlaces(places, chosen) {
            fillLayer(placeLayer, places.map((one) => {
                const feature = new ol.Feature({ geometry: new ol.geom.Point(ol.proj.fromLonLat([one.lon, one.lat])) });
                const is = one.id === chosen;
                feature.setStyle(new ol.style.Style({ zIndex: is ? 2 : 1, image: new ol.style.RegularShape({ points: 3, radius: is ? 13 : 9, fill: new ol.style.Fill({ color: token('--danger') }), stroke: new ol.style.Stroke({ color: token('--paper'), width: 2 }) }) }));
                return feature;
            }));
        },
    };
}

/** @typedef {ReturnType<typeof createRiskMap>} RiskMap */
