/** The small map below the answer; OpenLayers is fetched only when it is wanted. Tapping gives another place. */

/** @type {any} */
let map = null;
/** @type {any} */
let source = null;
/** @type {(at: {lon: number, lat: number}) => void} */
let onTap = () => undefined;

const COLOURS = { road: '#8a97a3', water: '#8ab9e8', way: '#0b62c4', you: '#c62828', shelter: '#1e7d43' };

/**
 * @param {{place: {lon: number, lat: number} | null, shelter: import('./card.js').Offered | null,
 *     onPlace: (at: {lon: number, lat: number}) => void, words: {tap: string, you: string}}} wish
 */
export async function showMap(wish) {
    await library();
    const ol = /** @type {any} */ (window).ol;
    onTap = wish.onPlace;
    if (!map) make(ol, wish.words.tap);
    source.clear();
    if (wish.place) source.addFeature(point(ol, wish.place.lon, wish.place.lat, 'you'));
    const shelter = wish.shelter;
    if (shelter) {
        const way = new ol.format.GeoJSON({ featureProjection: 'EPSG:3857' }).readFeature({ type: 'Feature', geometry: shelter.route.geometry, properties: { is: 'way' } });
        source.addFeature(way);
        source.addFeature(point(ol, shelter.lon, shelter.lat, 'shelter'));
    }
    if (source.getFeatures().length) map.getView().fit(source.getExtent(), { padding: [48, 32, 32, 32], maxZoom: 16 });
}

/** @returns {Promise<void>} */
function library() {
    if (/** @type {any} */ (window).ol) return Promise.resolve();
    return new Promise((done, failed) => {
        const script = document.createElement('script');
        script.src = new URL('../webjars/ol/dist/ol.js', import.meta.url).href;
        script.onload = () => done();
        script.onerror = () => failed(new Error('no map'));
        document.head.append(script);
    });
}

/**
 * @param {any} ol
 * @param {string} tap
 */
function make(ol, tap) {
    source = new ol.source.Vector();
    const tiles = (/** @type {string} */ layer, /** @type {string} */ colour, /** @type {number} */ width) => new ol.layer.VectorTile({
        source: new ol.source.VectorTile({
            format: new ol.format.MVT(),
            url: new URL(`../ogc/collections/${layer}/tiles/WebMercatorQuad/`, import.meta.url).href + '{z}/{y}/{x}',
            maxZoom: 15,
        }),
        style: new ol.style.Style({ stroke: new ol.style.Stroke({ color: colour, width }) }),
    });
    const node = /** @type {HTMLElement} */ (document.getElementById('map'));
    const note = document.createElement('p');
    note.className = 'map-note';
    note.textContent = tap;
    node.append(note);
    map = new ol.Map({
        target: node,
        controls: [new ol.control.Zoom({ zoomInTipLabel: '+', zoomOutTipLabel: '−' })],
        layers: [
            tiles('flood_channel', COLOURS.water, 4),
            tiles('road', COLOURS.road, 1.5),
            new ol.layer.Vector({ source, style: (/** @type {any} */ feature) => styleOf(ol, feature.get('is')) }),
        ],
        view: new ol.View({ center: ol.proj.fromLonLat([105.84, 32.43]), zoom: 12 }),
    });
    map.on('singleclick', (/** @type {any} */ event) => {
        const [lon, lat] = ol.proj.toLonLat(event.coordinate);
        onTap({ lon, lat });
    });
    map.once('rendercomplete', () => { node.dataset.rendered = '1'; });
}

/**
 * @param {any} ol
 * @param {number} lon
 * @param {number} lat
 * @param {string} is
 */
function point(ol, lon, lat, is) {
    return new ol.Feature({ geometry: new ol.geom.Point(ol.proj.fromLonLat([lon, lat])), is });
}

/**
 * @param {any} ol
 * @param {string} is
 */
function styleOf(ol, is) {
    if (is === 'way') {
        return [
            new ol.style.Style({ stroke: new ol.style.Stroke({ color: '#ffffff', width: 9 }) }),
            new ol.style.Style({ stroke: new ol.style.Stroke({ color: COLOURS.way, width: 5 }) }),
        ];
    }
    const fill = new ol.style.Fill({ color: is === 'you' ? COLOURS.you : COLOURS.shelter });
    const stroke = new ol.style.Stroke({ color: '#ffffff', width: 3 });
    return new ol.style.Style({
        image: is === 'you' ? new ol.style.Circle({ radius: 9, fill, stroke }) : new ol.style.RegularShape({ points: 4, radius: 14, angle: Math.PI / 4, fill, stroke }),
    });
}
