/**
 * Marks on the map for a panel: findings by their severity (a shape and a colour each), and features that are about to
 * come in. One layer above all others, with the chosen one ringed.
 *
 * @typedef {import('./api.js').Box} Box
 * @typedef {import('./api.js').GeoFeature} GeoFeature
 * @typedef {'error' | 'warning' | 'notice' | 'coming'} Kind
 * @typedef {import('./map.js').AnquanMap} AnquanMap
 *
 * @typedef {object} Mark
 * @property {string} id
 * @property {Kind} kind
 * @property {[number, number] | null} at lon, lat; null where it has no place
 * @property {GeoFeature['geometry']} [geometry] drawn beside the mark, or instead of it
 */

const TOLERANCE = 9;
/** Above everything else that is drawn. */
const ABOVE = 10_000;

/** @param {AnquanMap} map */
export function createMarks(map) {
    const { map: onMap, format } = map.parts;
    /** @type {string} */
    let chosen = '';
    /** @type {Map<string, import('ol/style/Style').default[]>} */
    let styles = new Map();
    const layer = new ol.layer.Vector({ zIndex: ABOVE, source: new ol.source.Vector(), style: (feature) => styleOf(feature) });
    layer.setVisible(false);
    onMap.addLayer(layer);
    const source = /** @type {import('ol/source/Vector').default} */ (layer.getSource());

    /** @param {string} token */
    function colour(token) {
        return getComputedStyle(document.documentElement).getPropertyValue(token).trim();
    }

    /** @param {import('ol/Feature').FeatureLike} feature */
    function styleOf(feature) {
        const kind = /** @type {Kind} */ (feature.get('kind'));
        const is = chosen !== '' && feature.get('mark') === chosen;
        const key = `${kind} ${is} ${feature.get('shape')}`;
        let known = styles.get(key);
        if (!known) {
            known = made(kind, is, Boolean(feature.get('shape')));
            styles.set(key, known);
        }
        return known;
    }

    /**
     * @param {Kind} kind
     * @param {boolean} is whether it is the chosen one
     * @param {boolean} shape a line or an area, not the mark itself
     */
    function made(kind, is, shape) {
        const ink = colour({ error: '--danger', warning: '--warn', notice: '--act', coming: '--act' }[kind]);
        const paper = colour('--paper');
        const line = new ol.style.Stroke({ color: ink, width: is ? 4 : 2, lineDash: kind === 'coming' ? [] : [6, 4] });
        if (shape) return [new ol.style.Style({ stroke: line, fill: new ol.style.Fill({ color: ink + '22' }), zIndex: is ? 2 : 0 })];
        const fill = new ol.style.Fill({ color: kind === 'notice' ? paper : ink });
        const edge = new ol.style.Stroke({ color: kind === 'notice' ? ink : paper, width: kind === 'notice' ? 2.5 : 1.5 });
        const image = {
            error: () => new ol.style.RegularShape({ points: 4, radius: 9, angle: 0, fill, stroke: edge }),
            warning: () => new ol.style.RegularShape({ points: 3, radius: 9, fill, stroke: edge }),
            notice: () => new ol.style.Circle({ radius: 6, fill, stroke: edge }),
            coming: () => new ol.style.Circle({ radius: 5.5, fill, stroke: edge }),
        }[kind]();
        const all = [new ol.style.Style({ image, zIndex: is ? 3 : 1 })];
        if (is) all.push(new ol.style.Style({ image: new ol.style.Circle({ radius: 15, stroke: new ol.style.Stroke({ color: ink, width: 3 }) }), zIndex: 2 }));
        return all;
    }

    return {
        /** @param {Mark[]} marks */
        show(marks) {
            source.clear();
            chosen = '';
            styles = new Map();
            const features = [];
            for (const mark of marks) {
                if (mark.at && Math.abs(mark.at[1]) < 85.05) {
                    const feature = new ol.Feature(new ol.geom.Point(ol.proj.fromLonLat(mark.at)));
                    feature.setProperties({ mark: mark.id, kind: mark.kind, shape: false }, true);
                    features.push(feature);
                }
                if (!mark.geometry) continue;
                const shape = new ol.Feature(format.readGeometry(mark.geometry));
                const point = mark.geometry.type === 'Point' || mark.geometry.type === 'MultiPoint';
                shape.setProperties({ mark: mark.id, kind: mark.kind, shape: !point }, true);
                features.push(shape);
            }
            source.addFeatures(features);
            layer.setVisible(true);
        },

        /** @param {string} id */
        choose(id) {
            chosen = id;
            layer.changed();
        },

        /** New colours. */
        redraw() {
            styles = new Map();
            layer.changed();
        },

        hide() {
            source.clear();
            layer.setVisible(false);
        },

        /**
         * The mark at a place that was clicked.
         *
         * @param {[number, number]} at lon, lat
         * @returns {string}
         */
        hit(at) {
            const pixel = onMap.getPixelFromCoordinate(ol.proj.fromLonLat(at));
            let found = '';
            onMap.forEachFeatureAtPixel(pixel, (feature) => {
                found ||= String(feature.get('mark') ?? '');
            }, { layerFilter: (one) => one === layer, hitTolerance: TOLERANCE });
            return found;
        },

        /**
         * Goes where all of it can be seen.
         *
         * @param {Box} box
         */
        goTo(box) {
            const [west, south, east, north] = box;
            if (west === east && south === north) map.flyTo(west, south, 15);
            else map.fit(box);
        },
    };
}
