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
 * @property {number} people who lack a place; 0 for none
 */

import { fillLayer, token, vector } from './whatifmap.js';

const GROUND = { lines: 496, spots: 820 };

/** Nearer than this to a mark, in pixels, a click means it. */
const TOUCH = 22;

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
        return Math.min(26, 4 + Math.sqrt(people) / 3);
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
                        radius: lacks ? radius(one.people) : 4,
                        fill: new ol.style.Fill({ color: lacks ? token('--lost') + '99' : token('--paper') }),
                        stroke: new ol.style.Stroke({ color: is ? token('--ink') : lacks ? token('--lost') : token('--good'), width: is ? 3 : 2 }),
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
                    zIndex: is ? 2 : 1,
                    stroke: new ol.style.Stroke({ color: is ? token('--act') : token(bus ? '--warn' : '--gained'), width: is ? 5 : 2, lineDash: bus ? [8, 6] : undefined }),
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
