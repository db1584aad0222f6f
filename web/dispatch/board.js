/**
 * What the dispatcher's map shows above the layers: incidents, what is closed now, the forces that are sent and their
 * ways; and drawing a closure.
 *
 * @typedef {import('../api.js').GeoFeature} GeoFeature
 * @typedef {import('../map.js').AnquanMap} AnquanMap
 * @typedef {[number, number]} LonLat
 * @typedef {import('./forces.js').Force} Force
 */

import { calmMotion } from '../dom.js';

const FONT = '"PingFang SC", "Microsoft YaHei", "Noto Sans CJK SC", sans-serif';
const GROUND = { closures: 840, ways: 845, forces: 860, incidents: 870 };

/** @param {string} name of a token */
function colour(name) {
    return getComputedStyle(document.documentElement).getPropertyValue('--' + name).trim();
}

/** @param {AnquanMap} anquanMap */
export function createBoard(anquanMap) {
    const { map, view, format, target } = anquanMap.parts;
    const layers = Object.fromEntries(Object.entries(GROUND).map(([name, zIndex]) => {
        const layer = new ol.layer.Vector({ zIndex, source: new ol.source.Vector(), declutter: false });
        map.addLayer(layer);
        return [name, layer];
    }));
    /** @type {import('ol/interaction/Draw').default | null} */
    let drawing = null;
    let drawnAt = -1;

    /**
     * @param {string} layer
     * @param {{geometry: any, style: any, id?: string}[]} shapes
     */
    function put(layer, shapes) {
        const source = layers[layer].getSource();
        source?.clear();
        source?.addFeatures(shapes.map(({ geometry, style, id }) => {
            const feature = new ol.Feature(format.readGeometry(geometry));
            if (id) feature.setId(id);
            feature.setStyle(style);
            return feature;
        }));
    }

    /** @param {LonLat} at */
    const point = (at) => ({ type: 'Point', coordinates: at });

    /**
     * @param {string} words
     * @param {string} ink
     * @param {number} [down]
     */
    function label(words, ink, down = 20) {
        return new ol.style.Text({ text: words, font: '600 13px ' + FONT, offsetY: down, fill: new ol.style.Fill({ color: ink }), stroke: new ol.style.Stroke({ color: colour('paper'), width: 4 }) });
    }

    return {
        /**
         * @param {{id: string, name: string, at: LonLat}[]} incidents
         * @param {string} chosen
         * @param {LonLat | null} probe a place that is asked about without an incident
         */
        showIncidents(incidents, chosen, probe) {
            const mark = (/** @type {boolean} */ isChosen) => new ol.style.RegularShape({
                points: 3, radius: isChosen ? 15 : 11, fill: new ol.style.Fill({ color: colour('danger') }), stroke: new ol.style.Stroke({ color: colour('paper'), width: 2.5 }),
            });
            put('incidents', [
                ...incidents.map((one) => ({ id: one.id, geometry: point(one.at), style: new ol.style.Style({ image: mark(one.id === chosen), text: label(one.name, colour('ink')) }) })),
                ...(probe ? [{ geometry: point(probe), style: new ol.style.Style({ image: new ol.style.RegularShape({ points: 4, radius: 12, radius2: 0, stroke: new ol.style.Stroke({ color: colour('danger'), width: 3 }) }) }) }] : []),
            ]);
        },

        /** @param {any[]} closures geometries that are closed now */
        showClosures(closures) {
            const stroke = new ol.style.Stroke({ color: colour('danger'), width: 4, lineDash: [8, 6] });
            const cross = new ol.style.RegularShape({ points: 4, radius: 12, radius2: 0, angle: Math.PI / 4, stroke: new ol.style.Stroke({ color: colour('danger'), width: 4 }) });
            const ring = new ol.style.Circle({ radius: 13, fill: new ol.style.Fill({ color: colour('paper') }), stroke: new ol.style.Stroke({ color: colour('danger'), width: 2 }) });
            put('closures', closures.filter((one) => one.type && (one.coordinates || one.geometry)).map((one) => one.geometry ?? one).map((geometry) => ({
                geometry,
                style: geometry.type === 'Point' ? [new ol.style.Style({ image: ring }), new ol.style.Style({ image: cross })]
                    : [new ol.style.Style({ stroke, fill: new ol.style.Fill({ color: colour('danger') + '26' }) })],
            })));
        },

        /**
         * @param {Force[]} forces those that are chosen, in their order
         * @param {number} shown which of them is looked at
         */
        showForces(forces, shown) {
            put('ways', forces.flatMap((one, i) => (one.route ? [{
                geometry: one.route.geometry,
                style: [
                    new ol.style.Style({ zIndex: i === shown ? 2 : 0, stroke: new ol.style.Stroke({ color: colour('paper'), width: i === shown ? 9 : 6 }) }),
                    new ol.style.Style({ zIndex: i === shown ? 3 : 1, stroke: new ol.style.Stroke({ color: i === shown ? colour('act') : colour('quiet'), width: i === shown ? 5 : 3 }) }),
                ],
            }] : [])));
            put('forces', forces.map((one, i) => ({
                geometry: point([one.lon, one.lat]),
                style: new ol.style.Style({
                    zIndex: forces.length - i,
                    image: new ol.style.Circle({ radius: 12, fill: new ol.style.Fill({ color: i === shown ? colour('act') : colour('paper') }), stroke: new ol.style.Stroke({ color: colour('act'), width: 2 }) }),
                    text: new ol.style.Text({ text: String(i + 1), font: '600 13px ' + FONT, fill: new ol.style.Fill({ color: i === shown ? colour('on-act') : colour('ink') }) }),
                }),
            })));
        },

        /**
         * @param {LonLat} at
         * @returns {string} the incident there, or empty
         */
        incidentAt(at) {
            const pixel = map.getPixelFromCoordinate(ol.proj.fromLonLat(at));
            let found = '';
            map.forEachFeatureAtPixel(pixel, (feature) => { found ||= String(feature.getId() ?? ''); }, { layerFilter: (layer) => layer === layers.incidents, hitTolerance: 10 });
            return found;
        },

        /** All that is to be seen of the question.
         * @param {LonLat | null} at
         */
        fit(at) {
            const extent = ol.extent.createEmpty();
            for (const name of ['ways', 'forces']) ol.extent.extend(extent, layers[name].getSource()?.getExtent() ?? extent);
            if (at) ol.extent.extend(extent, [...ol.proj.fromLonLat(at), ...ol.proj.fromLonLat(at)]);
            if (!ol.extent.isEmpty(extent) || at) view.fit(ol.extent.buffer(extent, 500), { padding: [84, 48, 48, 48], maxZoom: 14, duration: calmMotion() ? 0 : 300 });
        },

        /**
         * @param {'Point' | 'LineString' | 'Polygon' | null} kind null ends it
         * @param {(geometry: any) => void} [done]
         */
        draw(kind, done) {
            if (drawing) map.removeInteraction(drawing);
            drawing = null;
            target.style.cursor = kind ? 'crosshair' : '';
            if (!kind) return;
            drawing = new ol.interaction.Draw({ type: kind, style: new ol.style.Style({ stroke: new ol.style.Stroke({ color: colour('danger'), width: 4, lineDash: [8, 6] }), fill: new ol.style.Fill({ color: colour('danger') + '26' }), image: new ol.style.Circle({ radius: 6, fill: new ol.style.Fill({ color: colour('danger') }) }) }) });
            drawing.on('drawend', (event) => {
                drawnAt = performance.now();
                const geometry = event.feature.getGeometry();
                this.draw(null);
                // The click that ends it is not one on the map.
                if (geometry) setTimeout(() => done?.(format.writeGeometryObject(geometry, { decimals: 6 })), 0);
            });
            map.addInteraction(drawing);
        },

        /**
         * Also the click that ended a drawing: the map tells of it only when no second one has followed, and on a busy
         * machine that may be long after.
         *
         * @param {number} when the finger was lifted, as performance.now()
         */
        isDrawing: (when) => drawing !== null || when <= drawnAt,
    };
}
