/**
 * Ways and ranked things on the map: who comes by which way, the worst road sections, places to stand. A part of the map
 * (see map.js).
 *
 * @typedef {import('./map.js').AnquanMap} AnquanMap
 * @typedef {import('./api.js').GeoFeature} GeoFeature
 */

import { fillLayer, token, vector } from './whatifmap.js';

const GROUND = { links: 495, routes: 497, marks: 870 };
const FONT = '"PingFang SC", "Microsoft YaHei", "Noto Sans CJK SC", sans-serif';

/**
 * @typedef {'links' | 'places' | 'ways' | 'otherWays'} Drawn kinds of things that may be on the map, for the legend
 *
 * @param {AnquanMap} anquanMap
 * @param {() => void} changed other kinds of things are on the map
 */
export function createRankMap(anquanMap, changed) {
    const { map, format } = anquanMap.parts;
    const linkLayer = vector(GROUND.links);
    const routeLayer = vector(GROUND.routes);
    const linkMarks = vector(GROUND.marks);
    const placeMarks = vector(GROUND.marks);
    const routeMarks = vector(GROUND.marks);
    for (const layer of [linkLayer, routeLayer, linkMarks, placeMarks, routeMarks]) map.addLayer(layer);

    /** @type {Set<Drawn>} */
    const drawn = new Set();

    /**
     * @param {Drawn} kind
     * @param {boolean} is
     */
    function note(kind, is) {
        if (drawn.has(kind) === is) return;
        if (is) drawn.add(kind);
        else drawn.delete(kind);
        changed();
    }

    /**
     * A round sign with a number.
     *
     * @param {number[]} coordinate
     * @param {string} words
     * @param {string} colour
     * @param {boolean} chosen
     */
    function badge(coordinate, words, colour, chosen = false) {
        const feature = new ol.Feature({ geometry: new ol.geom.Point(coordinate) });
        feature.setStyle(new ol.style.Style({
            zIndex: chosen ? 2 : 1,
            image: new ol.style.Circle({ radius: chosen ? 14 : 11, fill: new ol.style.Fill({ color: colour }), stroke: new ol.style.Stroke({ color: token('--paper'), width: 2 }) }),
            text: new ol.style.Text({ text: words, font: `700 13px ${FONT}`, fill: new ol.style.Fill({ color: token('--paper') }) }),
        }));
        return feature;
    }

    /** @param {any} geometry of OpenLayers */
    function middle(geometry) {
        const line = geometry instanceof ol.geom.MultiLineString ? geometry.getLineString(0) : geometry;
        return line instanceof ol.geom.LineString ? line.getCoordinateAt(0.5) : ol.extent.getCenter(geometry.getExtent());
    }

    return {
        /** What is on the map now. */
        drawn: () => drawn,

        /**
         * The worst road sections, with their rank.
         *
         * @param {GeoFeature[]} links
         * @param {number} chosen index; -1 for none
         */
        showLinks(links, chosen) {
            const read = links.map((one) => format.readGeometry(one.geometry));
            fillLayer(linkLayer, read.map((geometry, i) => {
                const feature = new ol.Feature({ geometry });
                feature.setStyle([
                    new ol.style.Style({ stroke: new ol.style.Stroke({ color: token('--paper'), width: i === chosen ? 13 : 10 }) }),
                    new ol.style.Style({ stroke: new ol.style.Stroke({ color: token('--lost'), width: i === chosen ? 9 : 6 }) }),
                ]);
                return feature;
            }));
            // The first on top: where two lie close, the worse one is read.
            fillLayer(linkMarks, links.map((one, i) => badge(middle(read[i]), String(one.properties.rank ?? i + 1), token('--lost'), i === chosen)).reverse());
            note('links', links.length > 0);
        },

        /**
         * Places to stand, with their number.
         *
         * @param {{lon: number, lat: number}[]} places
         * @param {number} chosen
         */
        showPlaces(places, chosen) {
            fillLayer(placeMarks, places.map((one, i) => badge(ol.proj.fromLonLat([one.lon, one.lat]), String(i + 1), token('--gained'), i === chosen)).reverse());
            note('places', places.length > 0);
        },

        /**
         * A place and the ways that lead to it; the chosen one is drawn strong, with its walk dotted.
         *
         * @param {[number, number] | null} place lon, lat
         * @param {{geometry: any, from: [number, number]}[]} routes the first to arrive first
         * @param {number} chosen
         */
        showWays(place, routes, chosen) {
            const features = routes.flatMap((route, i) => {
                const geometry = /** @type {any} */ (format.readGeometry(route.geometry));
                const strong = i === chosen;
                const line = new ol.Feature({ geometry });
                line.setStyle(strong ? [
                    new ol.style.Style({ zIndex: 2, stroke: new ol.style.Stroke({ color: token('--paper'), width: 9 }) }),
                    new ol.style.Style({ zIndex: 2, stroke: new ol.style.Stroke({ color: token('--act'), width: 5 }) }),
                ] : new ol.style.Style({ zIndex: 1, stroke: new ol.style.Stroke({ color: token('--quiet'), width: 3, lineDash: [8, 5] }) }));
                if (!strong || !place) return [line];
                const walk = new ol.Feature({ geometry: new ol.geom.LineString([geometry.getLastCoordinate(), ol.proj.fromLonLat(place)]) });
                walk.setStyle(new ol.style.Style({ zIndex: 2, stroke: new ol.style.Stroke({ color: token('--act'), width: 4, lineDash: [1, 8], lineCap: 'round' }) }));
                return [line, walk];
            });
            fillLayer(routeLayer, features);
            note('ways', routes.length > 0);
            note('otherWays', routes.length > 1);
            const pin = place ? [pinAt(place)] : [];
            fillLayer(routeMarks, [...routes.map((route, i) => badge(ol.proj.fromLonLat(route.from), String(i + 1), token(i === chosen ? '--act' : '--quiet'), i === chosen)).reverse(), ...pin]);
        },
    };

    /** @param {[number, number]} place */
    function pinAt(place) {
        const feature = new ol.Feature({ geometry: new ol.geom.Point(ol.proj.fromLonLat(place)) });
        feature.setStyle([
            new ol.style.Style({ zIndex: 5, image: new ol.style.Circle({ radius: 9, fill: new ol.style.Fill({ color: token('--paper') }), stroke: new ol.style.Stroke({ color: token('--act'), width: 4 }) }) }),
            new ol.style.Style({ zIndex: 5, image: new ol.style.Circle({ radius: 3, fill: new ol.style.Fill({ color: token('--act') }) }) }),
        ]);
        return feature;
    }
}

/** @typedef {ReturnType<typeof createRankMap>} RankMap */
