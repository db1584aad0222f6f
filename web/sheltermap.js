/**
 * Shelters on the map: who lacks a place, village by village, and the ways of an assignment. A part of the map (see
 * map.js).
 *
 * @typedef {import('./map.js').AnquanMap} AnquanMap
 * @typedef {import('./api.js').GeoFeature} GeoFeature
 *
 * @typedef {object} Spot
 * @property {string} id
 * @property {number} lon
 * @property {number} lat
 * @property {number} people who lack a place, or the weight of what is wrong; 0 for none
 * @property {boolean} [unsure] nothing is known to be wrong, and not everything is known
 */

import { HEIGHT, plainSwatch, WIDTH } from './legend.js';
import { fillLayer, token, vector } from './whatifmap.js';

const GROUND = { lines: 496, spots: 820 };

/** Nearer than this to a mark, in pixels, a click means it. */
const TOUCH = 22;

/** See-through, as two digits: where many lie close, each has its edge. */
const INSIDE = '59';

/** Strokes and gaps, in pixels: never told by colour alone. */
const DASH = [3, 2];
const BUS = [8, 6];

/** @param {AnquanMap} anquanMap */
export function createShelterMap(anquanMap) {
    const { map, format } = anquanMap.parts;
    const lineLayer = vector(GROUND.lines);
    const spotLayer = vector(GROUND.spots);
    map.addLayer(lineLayer);
    map.addLayer(spotLayer);
    /** @type {Spot[]} */
    let spots = [];

    /** @param {number} people by area, as one sees it */
    function radius(people) {
        return Math.min(22, 4 + Math.sqrt(people) / 4);
    }

    return {
        /**
         * Villages: the larger the more people lack a place; a small ring where nobody does.
         *
         * @param {Spot[]} wanted
         * @param {string} chosen
         */
        showSpots(wanted, chosen = '') {
            spots = wanted;
            fillLayer(spotLayer, wanted.map((one) => {
                const feature = new ol.Feature({ geometry: new ol.geom.Point(ol.proj.fromLonLat([one.lon, one.lat])) });
                const is = one.id === chosen;
                const lacks = one.people > 0;
                feature.setStyle(new ol.style.Style({
                    zIndex: is ? 3 : lacks ? 2 : 1,
                    image: new ol.style.Circle({
                        radius: lacks ? radius(one.people) : one.unsure ? 6 : 4,
                        fill: new ol.style.Fill({ color: lacks ? token('--lost') + INSIDE : token('--paper') }),
                        stroke: new ol.style.Stroke({
                            color: is ? token('--ink') : lacks ? token('--lost') : token(one.unsure ? '--warn' : '--good'), width: is ? 3 : 2,
                            lineDash: one.unsure && !lacks ? DASH : undefined,
                        }),
                    }),
                }));
                return feature;
            }));
        },

        /**
         * The ways: on foot drawn through, by bus dashed.
         *
         * @param {GeoFeature[]} lines
         * @param {(line: GeoFeature) => boolean} chosen
         */
        showLines(lines, chosen = () => false) {
            fillLayer(lineLayer, lines.map((one) => {
                const feature = new ol.Feature({ geometry: format.readGeometry(one.geometry) });
                const is = chosen(one);
                const bus = one.properties.mode === 'bus';
                feature.setStyle(new ol.style.Style({
                    zIndex: is ? 3 : bus ? 1 : 2,
                    stroke: new ol.style.Stroke({ color: is ? token('--act') : token(bus ? '--warn' : '--gained'), width: is ? 5 : bus ? 2 : 3, lineDash: bus ? BUS : undefined }),
                }));
                return feature;
            }));
        },

        clear() {
            spots = [];
            fillLayer(spotLayer, []);
            fillLayer(lineLayer, []);
        },

        /**
         * @param {[number, number]} at lon, lat
         * @returns {Spot | null}
         */
        spotAt(at) {
            const touched = map.getPixelFromCoordinate(ol.proj.fromLonLat(at));
            if (!touched) return null;
            let best = null;
            let least = TOUCH;
            for (const one of spots) {
                const pixel = map.getPixelFromCoordinate(ol.proj.fromLonLat([one.lon, one.lat]));
                const away = pixel ? Math.hypot(pixel[0] - touched[0], pixel[1] - touched[1]) : Infinity;
                if (away <= Math.max(least, 0)) {
                    best = one;
                    least = away;
                }
            }
            return best;
        },
    };
}

/** @typedef {ReturnType<typeof createShelterMap>} ShelterMap */

/**
 * Signs of the legend, drawn as the marks on the map are.
 *
 * @type {Record<'lacks' | 'enough' | 'unsure' | 'walk' | 'bus', () => HTMLCanvasElement>}
 */
export const SIGNS = {
    lacks: () => dot(7, token('--lost') + INSIDE, token('--lost')),
    enough: () => dot(4, token('--paper'), token('--good')),
    unsure: () => dot(6, token('--paper'), token('--warn'), DASH),
    walk: () => stroke(token('--gained'), []),
    bus: () => stroke(token('--warn'), BUS),
};

/**
 * @param {number} radius
 * @param {string} inside
 * @param {string} edge
 * @param {number[]} [dash]
 */
function dot(radius, inside, edge, dash = []) {
    return plainSwatch((context) => {
        context.beginPath();
        context.arc(WIDTH / 2, HEIGHT / 2, radius, 0, 2 * Math.PI);
        context.fillStyle = inside;
        context.fill();
        context.lineWidth = 2;
        context.setLineDash(dash);
        context.strokeStyle = edge;
        context.stroke();
    });
}

/**
 * @param {string} colour
 * @param {number[]} dash
 */
function stroke(colour, dash) {
    return plainSwatch((context) => {
        context.beginPath();
        context.moveTo(2, HEIGHT / 2);
        context.lineTo(WIDTH - 2, HEIGHT / 2);
        context.lineWidth = 2.5;
        context.setLineDash(dash);
        context.strokeStyle = colour;
        context.stroke();
    });
}
