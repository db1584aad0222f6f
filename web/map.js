/**
 * The map. It owns OpenLayers: nothing else touches `ol`, except the legend, which draws its symbols with the same
 * styles.
 *
 * Drawn from below: areas of the layers, the circle, lines, points, villages outside the circle, the chosen thing.
 * A layer or style that fails is reported in words and leaves the rest alone.
 *
 * @typedef {import('./api.js').LayerInfo} LayerInfo
 * @typedef {import('./api.js').CircleAnswer} CircleAnswer
 * @typedef {import('./api.js').GeoFeature} GeoFeature
 * @typedef {import('./api.js').Style} Style
 * @typedef {import('./state.js').MapView} MapView
 * @typedef {import('./colours.js').Theme} Theme
 * @typedef {{layer: string, id: string} | {uncovered: string} | {facility: string}} Hit what lies under a click, the nearest first
 *
 * @typedef {object} Circle what is drawn of an answer
 * @property {CircleAnswer} answer
 * @property {GeoFeature[]} whole the county's area, for what lies outside
 * @property {Record<string, string>} names of the stations by id
 * @property {'bands' | 'areas'} shading
 * @property {number[]} [minutes] whose colours finer bands take
 *
 * @typedef {object} Listeners
 * @property {(hits: Hit[], at: [number, number], when: number) => void} onClick with lon, lat; when the finger was lifted, as performance.now()
 * @property {(view: MapView) => void} onMove
 * @property {(at: [number, number] | null) => void} onPointer with lon, lat
 * @property {() => void} onDrawn when all that there is has been drawn
 * @property {(layer: string) => void} onTileFailure
 * @property {(layer: string, error: unknown) => void} onStyleFailure
 */

import { fetchItems, fetchStyle } from './api.js';
import { areaColours, bandColour, themed } from './colours.js';
import { calmMotion } from './dom.js';
import { createSketch } from './sketch.js';

const FROM = 'EPSG:4326';
const TO = 'EPSG:3857';
const FONT = '"PingFang SC", "Microsoft YaHei", "Noto Sans CJK SC", sans-serif';

/** Tiles are asked for down to here; closer views draw the same tiles larger. At zoom 15 a tile step is 0.3 m. */
const DEEPEST_TILE = 15;

/** Features that the legend looks at; among so many every sign that matters has turned up. */
const MOST_LOOKED_AT = 5_000;

/** Room kept free for the legend, in pixels. */
const LEGEND_WIDTH = 226;

const GROUND = { polygon: 100, circle: 300, line: 400, point: 600, uncovered: 800, chosen: 900 };

/**
 * Areas cut by tiles would wear their name once a tile. Up to so many are fetched whole, to wear it once.
 */
const MOST_WHOLE_AREAS = 300;

/** What is being drawn: gained and lost as in all comparisons, teal and magenta. */
/** @type {Record<Theme, Record<string, string>>} */
const SKETCH_COLOURS = {
    day: { act: '#0b62c4', fill: 'rgba(11,98,196,0.14)', paper: '#ffffff', danger: '#c62828', quiet: '#556575', gained: '#00796b', lost: '#b3127a', piece: '#b26a00', pieceFill: 'rgba(178,106,0,0.16)' },
    night: { act: '#6fb1f7', fill: 'rgba(111,177,247,0.18)', paper: '#18222b', danger: '#ff8f86', quiet: '#9fb0bf', gained: '#4fd0bd', lost: '#f282c8', piece: '#f0b04f', pieceFill: 'rgba(240,176,79,0.18)' },
};

/** Where a style cannot be had, the layer is still drawn, plainly. */
const PLAIN = {
    'fill-color': 'rgba(91,107,122,0.12)',
    'stroke-color': '#5b6b7a',
    'stroke-width': 1.5,
    'circle-radius': 5,
    'circle-fill-color': '#5b6b7a',
    'circle-stroke-color': '#ffffff',
    'circle-stroke-width': 1.5,
};

/**
 * @param {HTMLElement} target
 * @param {HTMLElement} scaleTarget
 * @param {Listeners} listeners
 */
export function createMap(target, scaleTarget, listeners) {
    /** @type {Map<string, import('ol/layer/VectorTile').default>} */
    const shown = new Map();
    /** Names of areas, by layer. */
    /** @type {Map<string, import('ol/layer/Vector').default>} */
    const areaNameLayers = new Map();
    /** @type {Map<string, Promise<Style>>} */
    const styles = new Map();
    /** Signs of the legend that were on the map at some time: `layer number`. */
    /** @type {Set<string>} */
    const seen = new Set();
    /** @type {Theme} */
    let theme = 'day';
    /** @type {Circle | null} */
    let circle = null;
    /** @type {string | null} */
    let chosenVillage = null;
    /** A layer as it was. */
    /** @type {import('ol/layer/Vector').default | null} */
    let thenLayer = null;
    /** A feature that is being changed: its layer does not draw it. */
    /** @type {{layer: string, id: string} | null} */
    let withheld = null;

    const format = new ol.format.GeoJSON({ dataProjection: FROM, featureProjection: TO });
    const circleLayer = new ol.layer.Vector({ zIndex: GROUND.circle, opacity: 0.6, source: new ol.source.Vector() });
    const frameLayer = new ol.layer.Vector({ zIndex: GROUND.circle + 1, source: new ol.source.Vector() });
    const namesLayer = new ol.layer.Vector({ zIndex: GROUND.point, declutter: true, source: new ol.source.Vector() });
    const uncoveredLayer = new ol.layer.Vector({ zIndex: GROUND.uncovered, declutter: true, source: new ol.source.Vector(), style: (feature) => uncoveredStyle(feature) });
    const chosenLayer = new ol.layer.Vector({ zIndex: GROUND.chosen, source: new ol.source.Vector() });

    const view = new ol.View({ center: [0, 0], zoom: 2, minZoom: 3, maxZoom: 19, enableRotation: false });
    const map = new ol.Map({
        target,
        view,
        layers: [circleLayer, frameLayer, namesLayer, uncoveredLayer, chosenLayer],
        controls: [new ol.control.ScaleLine({ target: scaleTarget, units: 'metric', minWidth: 72 })],
        keyboardEventTarget: target,
    });

    let rendered = 0;
    map.on('rendercomplete', () => {
        target.dataset.rendered = String(++rendered);
        listeners.onDrawn();
    });
    map.on('moveend', () => {
        const now = present();
        if (now) listeners.onMove(now);
    });
    map.on('pointermove', (event) => {
        listeners.onPointer(lonLat(event.coordinate));
        if (event.dragging) return;
        // Areas lie nearly everywhere: only points and lines are worth a hand.
        const over = map.hasFeatureAtPixel(event.pixel, { layerFilter: (layer) => layer === uncoveredLayer || (layer.get('anquanLayer') && layer.get('geometry') !== 'polygon'), hitTolerance: 4 });
        target.style.cursor = over ? 'pointer' : '';
    });
    target.addEventListener('pointerleave', () => listeners.onPointer(null));
    map.on('singleclick', (event) => {
        // While something is drawn or changed, a click is part of that.
        if (!sketch.active()) listeners.onClick(hitsAt(event.pixel), lonLat(event.coordinate), event.originalEvent.timeStamp);
    });
    const sketch = createSketch(map, target, (name) => SKETCH_COLOURS[theme][name]);

    /** @returns {MapView | null} */
    function present() {
        const center = view.getCenter();
        const zoom = view.getZoom();
        if (!center || zoom === undefined) return null;
        const [lon, lat] = lonLat(center);
        return { lon, lat, zoom };
    }

    /** @param {number[]} coordinate */
    function lonLat(coordinate) {
        const [lon, lat] = ol.proj.toLonLat(coordinate);
        return /** @type {[number, number]} */ ([lon, lat]);
    }

    /**
     * @param {number[]} pixel
     * @returns {Hit[]} without doubles
     */
    function hitsAt(pixel) {
        /** @type {Map<string, {hit: Hit, above: number}>} */
        const hits = new Map();
        map.forEachFeatureAtPixel(pixel, (feature, layer) => {
            const hit = hitOf(feature, layer);
            if (hit) hits.set(JSON.stringify(hit), { hit, above: layer.getZIndex() ?? 0 });
        }, { hitTolerance: matchMedia('(pointer: coarse)').matches ? 14 : 5 });
        // Points before lines before areas, small areas before large: the one drawn above was meant.
        return [...hits.values()].sort((a, b) => b.above - a.above).map((one) => one.hit);
    }

    /**
     * @param {import('ol/Feature').FeatureLike} feature
     * @param {any} layer
     * @returns {Hit | null}
     */
    function hitOf(feature, layer) {
        if (layer === uncoveredLayer) return { uncovered: String(feature.getId()) };
        const id = layer?.get('anquanLayer');
        const featureId = feature.getId() ?? feature.get('id');
        return id && featureId !== undefined ? { layer: id, id: String(featureId) } : null;
    }

    /**
     * @param {string} id
     * @returns {Promise<Style>}
     */
    function styleOf(id) {
        let style = styles.get(id);
        if (!style) {
            style = fetchStyle(id);
            styles.set(id, style);
            style.catch(() => styles.delete(id));
        }
        return style;
    }

    /** @param {LayerInfo} info */
    function add(info) {
        const source = new ol.source.VectorTile({
            format: new ol.format.MVT({ idProperty: 'id' }),
            url: `ogc/collections/${info.id}/tiles/WebMercatorQuad/{z}/{y}/{x}`,
            maxZoom: DEEPEST_TILE,
        });
        source.on('tileloaderror', () => listeners.onTileFailure(info.id));
        const layer = new ol.layer.VectorTile({
            source,
            declutter: true,
            zIndex: GROUND[info.geometry] + info.order,
            renderBuffer: 160,
            style: [],
        });
        layer.set('anquanLayer', info.id);
        layer.set('geometry', info.geometry);
        shown.set(info.id, layer);
        map.addLayer(layer);
        if (info.geometry === 'polygon' && info.count <= MOST_WHOLE_AREAS) {
            const names = new ol.layer.Vector({ declutter: true, zIndex: GROUND.point - 1, source: new ol.source.Vector(), style: [] });
            areaNameLayers.set(info.id, names);
            map.addLayer(names);
        }
        void dress(info.id, layer);
    }

    /**
     * @param {string} id
     * @param {import('ol/layer/VectorTile').default} layer
     */
    async function dress(id, layer) {
        try {
            const style = themed((await styleOf(id)).style, theme);
            layer.setMaxResolution(coarsest(style));
            const names = areaNameLayers.get(id);
            const apart = names !== undefined && (await whole(id, names));
            if (apart) names.setStyle(pick(style, isName));
            layer.setStyle(apart ? pick(style, (name) => !isName(name)) : asObstacles(style));
        } catch (error) {
            layer.setStyle(themed(PLAIN, theme));
            listeners.onStyleFailure(id, error);
        }
        const drawn = layer.getStyleFunction();
        if (withheld?.layer === id && drawn) {
            layer.setStyle((feature, resolution) => (String(feature.getId() ?? feature.get('id')) === withheld?.id ? [] : drawn(feature, resolution)));
        }
    }

    /**
     * Fetches the areas whole, once.
     *
     * @param {string} id
     * @param {import('ol/layer/Vector').default} names
     * @returns {Promise<boolean>} false where that fails: then their names come with the tiles
     */
    async function whole(id, names) {
        const source = /** @type {import('ol/source/Vector').default} */ (names.getSource());
        if (source.getFeatures().length) return true;
        try {
            const page = await fetchItems(id, { limit: MOST_WHOLE_AREAS });
            if (!source.getFeatures().length) source.addFeatures(page.features.filter((one) => one.geometry).map((one) => new ol.Feature({ ...one.properties, geometry: format.readGeometry(one.geometry) })));
            return true;
        } catch {
            return false;
        }
    }

    /** Draws the answer, or takes it away. */
    function drawCircle() {
        const fields = /** @type {import('ol/source/Vector').default} */ (circleLayer.getSource());
        const border = /** @type {import('ol/source/Vector').default} */ (frameLayer.getSource());
        const names = /** @type {import('ol/source/Vector').default} */ (namesLayer.getSource());
        const villages = /** @type {import('ol/source/Vector').default} */ (uncoveredLayer.getSource());
        fields.clear();
        border.clear();
        names.clear();
        villages.clear();
        if (!circle) return;
        fields.addFeatures([...outside(circle), ...(circle.shading === 'bands' ? bands(circle) : areas(circle))]);
        border.addFeatures(frame(circle));
        if (circle.shading === 'areas') names.addFeatures(areaNames(circle));
        villages.addFeatures(circle.answer.uncovered.map((village) => {
            const feature = new ol.Feature({ geometry: new ol.geom.Point(ol.proj.fromLonLat([village.lon, village.lat])), name: village.name });
            feature.setId(village.id);
            return feature;
        }));
    }

    /**
     * @param {Circle} of
     * @returns {import('ol/Feature').default[]}
     */
    function outside(of) {
        const style = new ol.style.Style({ zIndex: 0, fill: new ol.style.Fill({ color: hatch(theme) }) });
        return of.whole.filter((one) => one.geometry).map((one) => withStyle(one, style));
    }

    /**
     * The county's border once more, above the circle.
     *
     * @param {Circle} of
     * @returns {import('ol/Feature').default[]}
     */
    function frame(of) {
        const style = new ol.style.Style({ stroke: new ol.style.Stroke({ color: theme === 'day' ? '#445463' : '#8fa1b1', width: 2 }) });
        return of.whole.filter((one) => one.geometry).map((one) => withStyle(one, style));
    }

    /**
     * @param {Circle} of
     * @returns {import('ol/Feature').default[]}
     */
    function bands(of) {
        const sorted = [...of.answer.bands.features].sort((a, b) => a.properties.minutes - b.properties.minutes);
        const scale = [...(of.minutes ?? sorted.map((band) => Number(band.properties.minutes)))].sort((a, b) => a - b);
        return sorted.map((band, i) => withStyle(band, new ol.style.Style({
            zIndex: sorted.length - i,
            fill: new ol.style.Fill({ color: bandColour(scale.findIndex((minutes) => minutes >= band.properties.minutes), scale.length, theme) }),
            stroke: new ol.style.Stroke({ color: theme === 'day' ? '#ffffff' : '#0d1820', width: 1 }),
        })));
    }

    /**
     * @param {Circle} of
     * @returns {import('ol/Feature').default[]}
     */
    function areas(of) {
        const features = of.answer.areas.features;
        const boxes = features.map((one) => /** @type {[number, number, number, number]} */ (format.readGeometry(one.geometry).getExtent()));
        const colours = areaColours(boxes);
        return features.map((one, i) => withStyle(one, new ol.style.Style({
            zIndex: 1,
            fill: new ol.style.Fill({ color: colours[i] }),
            stroke: new ol.style.Stroke({ color: theme === 'day' ? '#ffffff' : '#0d1820', width: 1.5 }),
        })));
    }

    /**
     * @param {Circle} of
     * @returns {import('ol/Feature').default[]}
     */
    function areaNames(of) {
        return of.answer.areas.features.map((one) => {
            const feature = new ol.Feature({ geometry: middle(format.readGeometry(one.geometry)) });
            feature.setStyle(new ol.style.Style({ text: new ol.style.Text({
                text: of.names[one.properties.facilityId] ?? '',
                font: `600 13px ${FONT}`,
                // The station often stands in the middle of its area: its name goes below it.
                offsetY: 18,
                fill: new ol.style.Fill({ color: ink(theme) }),
                stroke: new ol.style.Stroke({ color: halo(theme), width: 3 }),
            }) }));
            return feature;
        });
    }

    /**
     * With its attributes, for the styles of its layer.
     *
     * @param {GeoFeature} one
     */
    function featureOf(one) {
        const feature = new ol.Feature({ ...one.properties, id: String(one.id), geometry: format.readGeometry(one.geometry) });
        feature.setId(String(one.id));
        return feature;
    }

    /**
     * @param {GeoFeature} one
     * @param {import('ol/style/Style').default} style
     */
    function withStyle(one, style) {
        const feature = new ol.Feature({ geometry: format.readGeometry(one.geometry) });
        feature.setStyle(style);
        return feature;
    }

    /** @param {import('ol/Feature').FeatureLike} feature */
    function uncoveredStyle(feature) {
        const chosen = feature.getId() === chosenVillage;
        return new ol.style.Style({
            zIndex: chosen ? 1 : 0,
            image: new ol.style.Circle({
                radius: chosen ? 9 : 6,
                declutterMode: 'obstacle',
                fill: new ol.style.Fill({ color: theme === 'day' ? '#ffffff' : '#18222b' }),
                stroke: new ol.style.Stroke({ color: danger(theme), width: chosen ? 4 : 2.5 }),
            }),
            text: new ol.style.Text({
                text: feature.get('name'),
                font: `600 13px ${FONT}`,
                offsetY: chosen ? 20 : 16,
                fill: new ol.style.Fill({ color: danger(theme) }),
                stroke: new ol.style.Stroke({ color: halo(theme), width: 3 }),
            }),
        });
    }

    return {
        /**
         * Shows exactly these layers.
         *
         * @param {LayerInfo[]} wanted
         */
        showLayers(wanted) {
            const ids = new Set(wanted.map((info) => info.id));
            for (const [id, layer] of shown) {
                if (ids.has(id)) continue;
                map.removeLayer(layer);
                shown.delete(id);
                const names = areaNameLayers.get(id);
                if (names) map.removeLayer(names);
                areaNameLayers.delete(id);
            }
            for (const info of wanted) if (!shown.has(info.id)) add(info);
            const past = thenLayer?.get('anquanLayer');
            if (past) shown.get(past)?.setVisible(false);
        },

        styleOf,

        /** For the parts of the map in files of their own: whatifmap.js, swipe.js. */
        parts: { map, view, format, target, circleLayer, uncoveredLayer, theme: () => theme, bands, outside },

        /**
         * Fetches a layer anew: its data have changed.
         *
         * @param {string} id
         */
        reload(id) {
            shown.get(id)?.getSource()?.refresh();
            const names = areaNameLayers.get(id);
            if (names) {
                names.getSource()?.clear();
                void whole(id, names);
            }
        },

        /**
         * Shows a layer as it was, in the place of its present; null goes back to the present.
         *
         * @param {LayerInfo | null} info
         * @param {GeoFeature[]} features
         */
        showThen(info, features) {
            if (thenLayer) map.removeLayer(thenLayer);
            thenLayer = null;
            for (const [id, layer] of shown) layer.setVisible(id !== info?.id);
            for (const [id, layer] of areaNameLayers) layer.setVisible(id !== info?.id);
            if (!info) return;
            const layer = new ol.layer.Vector({
                declutter: true,
                zIndex: GROUND[info.geometry] + info.order,
                style: [],
                source: new ol.source.Vector({ features: features.filter((one) => one.geometry).map((one) => featureOf(one)) }),
            });
            layer.set('anquanLayer', info.id);
            layer.set('geometry', info.geometry);
            thenLayer = layer;
            map.addLayer(layer);
            styleOf(info.id).then((style) => layer.setStyle(themed(style.style, theme)), () => layer.setStyle(themed(PLAIN, theme)));
        },

        /**
         * A place on the thing itself, for its pop-up: lon, lat.
         *
         * @param {GeoFeature} feature
         * @returns {[number, number] | null}
         */
        insideOf(feature) {
            if (!feature.geometry) return null;
            const shape = format.readGeometry(feature.geometry);
            const inner = middle(shape);
            const place = inner instanceof ol.geom.Point ? inner.getCoordinates() : shape.getClosestPoint(ol.extent.getCenter(shape.getExtent()));
            return lonLat(place);
        },

        /**
         * What lies in the window: west, south, east, north in degrees.
         *
         * @returns {[number, number, number, number]}
         */
        window() {
            return /** @type {[number, number, number, number]} */ (ol.proj.transformExtent(view.calculateExtent(map.getSize()), TO, FROM));
        },

        /**
         * A ring around a place that was sought.
         *
         * @param {[number, number]} at lon, lat
         */
        pin(at) {
            this.outline({ geometry: { type: 'Point', coordinates: at }, properties: {} });
        },

        sketch,

        /** @param {{layer: string, id: string} | null} one that its layer shall not draw, while it is being changed */
        withhold(one) {
            const layers = [withheld?.layer, one?.layer];
            withheld = one;
            for (const id of new Set(layers)) {
                const layer = id && shown.get(id);
                if (layer) void dress(id, layer);
            }
        },

        /** Takes the keyboard to the map. */
        focus: () => target.focus(),

        /**
         * Which signs of a layer's legend are on the map, or were since the page was opened.
         *
         * @param {string} id
         * @param {import('./api.js').LegendEntry[]} entries
         * @returns {boolean[]}
         */
        signsSeen(id, entries) {
            const past = thenLayer?.get('anquanLayer') === id ? thenLayer : null;
            const layer = past ?? shown.get(id);
            const missing = entries.flatMap((entry, i) => (seen.has(id + ' ' + i) ? [] : [{ i, matches: matcher(entry.filter) }]));
            const resolution = view.getResolution();
            const style = layer?.getStyleFunction();
            if (layer && style && resolution && missing.length) {
                const inSight = past ? past.getSource()?.getFeaturesInExtent(view.calculateExtent()) ?? [] : shown.get(id)?.getFeaturesInExtent(view.calculateExtent()) ?? [];
                for (const feature of inSight.slice(0, MOST_LOOKED_AT)) {
                    const news = missing.filter((one) => !seen.has(id + ' ' + one.i) && one.matches(feature));
                    if (news.length && [style(feature, resolution) ?? []].flat().some((one) => one.getImage() || one.getStroke() || one.getFill())) for (const one of news) seen.add(id + ' ' + one.i);
                }
            }
            return entries.map((_, i) => seen.has(id + ' ' + i));
        },

        /**
         * Whether a layer that is on shows itself only closer.
         *
         * @param {string} id
         */
        isTooFar(id) {
            const resolution = view.getResolution();
            const layer = shown.get(id);
            return layer !== undefined && resolution !== undefined && resolution >= layer.getMaxResolution();
        },

        /** @param {Theme} wanted */
        useTheme(wanted) {
            if (theme === wanted) return;
            theme = wanted;
            for (const [id, layer] of shown) void dress(id, layer);
            drawCircle();
            uncoveredLayer.changed();
            sketch.redraw();
        },

        /** @param {Circle | null} wanted */
        showCircle(wanted) {
            circle = wanted;
            chosenVillage = null;
            drawCircle();
        },

        /** @param {boolean} old whether the answer drawn is no longer the newest */
        fadeCircle(old) {
            circleLayer.setOpacity(old ? 0.2 : 0.6);
        },

        /** @param {MapView} wanted */
        setView(wanted) {
            view.cancelAnimations();
            view.setCenter(ol.proj.fromLonLat([wanted.lon, wanted.lat]));
            view.setZoom(wanted.zoom);
        },

        view: present,

        /**
         * @param {[number, number, number, number]} box west, south, east, north
         * @param {boolean} [atOnce]
         */
        fit(box, atOnce = false) {
            const extent = ol.proj.transformExtent(box, FROM, TO);
            // Where there is room, nothing lies under the legend.
            const [width] = map.getSize() ?? [0];
            view.fit(extent, { padding: [24, 24, 36, width > 800 ? LEGEND_WIDTH : 24], maxZoom: 16, duration: atOnce || calmMotion() ? 0 : 350 });
        },

        /**
         * @param {number} lon
         * @param {number} lat
         * @param {number} [closest] at least this zoom
         */
        flyTo(lon, lat, closest = 12.5) {
            const zoom = Math.max(view.getZoom() ?? 0, closest);
            const center = ol.proj.fromLonLat([lon, lat]);
            view.cancelAnimations();
            if (calmMotion()) {
                view.setCenter(center);
                view.setZoom(zoom);
            } else view.animate({ center, zoom, duration: 600 });
        },

        /** @param {string | null} id of a village outside the circle */
        chooseVillage(id) {
            chosenVillage = id;
            uncoveredLayer.changed();
        },

        /** @param {GeoFeature | null} feature that the pop-up speaks of */
        outline(feature) {
            const source = /** @type {import('ol/source/Vector').default} */ (chosenLayer.getSource());
            source.clear();
            if (!feature?.geometry) return;
            const line = new ol.style.Stroke({ color: act(theme), width: 3 });
            source.addFeature(withStyle(feature, new ol.style.Style({
                stroke: line,
                image: new ol.style.Circle({ radius: 13, stroke: line }),
            })));
        },

        /**
         * @param {GeoFeature} feature
         * @param {number} [closest]
         */
        goTo(feature, closest = 13) {
            if (!feature.geometry) return;
            const extent = format.readGeometry(feature.geometry).getExtent();
            view.fit(extent, { padding: [60, 60, 60, 60], maxZoom: closest, duration: calmMotion() ? 0 : 450 });
        },

        /** @param {GeoFeature[]} features all of which shall be seen */
        goToBoth(features) {
            const extent = ol.extent.createEmpty();
            for (const one of features) if (one.geometry) ol.extent.extend(extent, format.readGeometry(one.geometry).getExtent());
            if (!ol.extent.isEmpty(extent)) view.fit(extent, { padding: [80, 80, 80, 220], maxZoom: 16, duration: calmMotion() ? 0 : 450 });
        },

        /** @param {number} by zoom levels, negative for out */
        zoom(by) {
            const zoom = (view.getZoom() ?? 10) + by;
            view.animate({ zoom, duration: calmMotion() ? 0 : 200 });
        },

        /**
         * A box on the map's canvas that follows a place.
         *
         * @param {HTMLElement} element
         */
        overlay(element) {
            const overlay = new ol.Overlay({ element, positioning: 'bottom-center', offset: [0, -16], stopEvent: true });
            map.addOverlay(overlay);
            return {
                /** @param {[number, number] | null} at lon, lat */
                place(at) {
                    overlay.setPosition(at ? ol.proj.fromLonLat(at) : undefined);
                    if (!at) return;
                    const see = () => overlay.panIntoView({ animation: { duration: calmMotion() ? 0 : 250 }, margin: document.body.classList.contains('with-then') ? 64 : 12 });
                    if (view.getAnimating()) return void map.once('moveend', see);
                    map.renderSync();
                    see();
                },
            };
        },

        resize: () => map.updateSize(),

        /** Metres on the ground for one CSS pixel in the middle of the map. */
        metresPerPixel() {
            const center = view.getCenter();
            const resolution = view.getResolution();
            return center && resolution ? ol.proj.getPointResolution(TO, resolution, center) : null;
        },

        /** Draws now what was on the screen, in the size the page has now. */
        drawNow() {
            const before = map.getSize();
            const extent = view.calculateExtent(before);
            map.updateSize();
            // Browsers announce the printing once more: the same size needs no other view.
            if (String(map.getSize()) !== String(before)) view.fit(extent);
            map.renderSync();
            toPaper(map.getViewport(), map.getSize() ?? [1, 1]);
        },

        /** The map as it moves again, after printing. */
        fromPaper() {
            map.getViewport().querySelector('.map-paper')?.remove();
        },

        /**
         * Until all is drawn, but no longer than this.
         *
         * @param {number} milliseconds
         * @returns {Promise<void>}
         */
        drawn(milliseconds) {
            return new Promise((done) => {
                setTimeout(done, milliseconds);
                map.once('rendercomplete', () => done());
                map.render();
            });
        },
    };
}

/** @typedef {ReturnType<typeof createMap>} AnquanMap */

/**
 * Lays one picture of all the map's canvases over them, which only the paper shows: Chromium prints what was drawn into a
 * canvas last, and of canvases that are half transparent (circle, townships) nothing.
 *
 * @param {HTMLElement} viewport
 * @param {number[]} size
 */
function toPaper(viewport, [width, height]) {
    viewport.querySelector('.map-paper')?.remove();
    const canvases = [...viewport.querySelectorAll('canvas')].filter((one) => one.width > 0);
    const sharpness = Math.max(1, ...canvases.map((one) => Math.round(one.width / width)));
    const paper = document.createElement('canvas');
    paper.className = 'map-paper';
    paper.width = width * sharpness;
    paper.height = height * sharpness;
    const context = paper.getContext('2d', { willReadFrequently: true });
    if (!context) return;
    for (const canvas of canvases) {
        const shown = canvas.style.opacity || canvas.parentElement?.style.opacity;
        context.globalAlpha = shown ? Number(shown) : 1;
        const moved = new DOMMatrix(canvas.style.transform || 'none');
        context.setTransform(sharpness * moved.a, moved.b, moved.c, sharpness * moved.d, sharpness * moved.e, sharpness * moved.f);
        context.drawImage(canvas, 0, 0);
    }
    context.putImageData(context.getImageData(0, 0, paper.width, paper.height), 0, 0);
    viewport.append(paper);
}

/**
 * A place well inside an area; of several parts, inside the largest.
 *
 * @param {import('ol/geom/Geometry').default} area
 * @returns {import('ol/geom/Geometry').default}
 */
function middle(area) {
    const parts = area instanceof ol.geom.MultiPolygon ? area.getPolygons() : area instanceof ol.geom.Polygon ? [area] : [];
    if (!parts.length) return area;
    return parts.reduce((largest, one) => (one.getArea() > largest.getArea() ? one : largest)).getInteriorPoint();
}

/**
 * Whether a feature passes the filter of a legend entry.
 *
 * @param {any} filter of a flat style; nothing lets all pass
 * @returns {(feature: import('ol/Feature').FeatureLike) => boolean}
 */
function matcher(filter) {
    if (!filter) return () => true;
    try {
        const style = ol.render.canvas.style.rulesToStyleFunction([{ filter, style: { 'stroke-color': '#000000' } }]);
        return (feature) => {
            const drawn = style(feature, 1);
            return Array.isArray(drawn) ? drawn.length > 0 : Boolean(drawn);
        };
    } catch {
        return () => true;
    }
}

/**
 * Symbols stand in the way of names but never vanish themselves: a station that is not drawn is a wrong answer.
 *
 * @param {any} style
 * @returns {any}
 */
function asObstacles(style) {
    return eachFlat(style, (flat) => {
        /** @type {Record<string, any>} */
        const more = {};
        for (const kind of ['icon', 'circle', 'shape']) {
            if (Object.keys(flat).some((name) => name.startsWith(kind + '-'))) more[kind + '-declutter-mode'] = 'obstacle';
        }
        return { ...flat, ...more };
    });
}

/**
 * The resolution (metres a pixel) from which on no rule of a style draws anything: nothing need be fetched there.
 *
 * @param {any} style
 * @returns {number}
 */
function coarsest(style) {
    if (!Array.isArray(style)) return Infinity;
    return Math.max(...style.map((rule) => upperBound(rule?.filter)));
}

/**
 * @param {any} filter
 * @returns {number}
 */
function upperBound(filter) {
    if (!Array.isArray(filter)) return Infinity;
    if (filter[0] === 'all') return Math.min(...filter.slice(1).map(upperBound));
    const [operator, left, right] = filter;
    const isBound = (operator === '<' || operator === '<=') && Array.isArray(left) && left[0] === 'resolution' && typeof right === 'number';
    return isBound ? right : Infinity;
}

/**
 * Only some properties of a style: its names, or all but them.
 *
 * @param {any} style
 * @param {(property: string) => boolean} wanted
 * @returns {any}
 */
function pick(style, wanted) {
    return eachFlat(style, (flat) => Object.fromEntries(Object.entries(flat).filter(([name]) => wanted(name) || name === 'z-index')));
}

/** @param {string} property */
function isName(property) {
    return property.startsWith('text-');
}

/**
 * @param {any} style rules, flat styles, or one of either
 * @param {(flat: Record<string, any>) => Record<string, any>} change
 * @returns {any}
 */
function eachFlat(style, change) {
    if (Array.isArray(style)) return style.map((one) => eachFlat(one, change));
    if (style && 'style' in style) return { ...style, style: eachFlat(style.style, change) };
    return change(style);
}

/** @type {Partial<Record<Theme, CanvasPattern>>} */
const hatches = {};

/**
 * Grey lines from lower left to upper right.
 *
 * @param {Theme} theme
 */
export function hatch(theme) {
    const kept = hatches[theme];
    if (kept) return kept;
    const canvas = hatchTile(theme);
    const pattern = /** @type {CanvasPattern} */ (canvas.getContext('2d')?.createPattern(canvas, 'repeat'));
    hatches[theme] = pattern;
    return pattern;
}

/** @param {Theme} theme */
export function hatchTile(theme) {
    const size = 9;
    const canvas = document.createElement('canvas');
    canvas.width = canvas.height = size;
    const context = /** @type {CanvasRenderingContext2D} */ (canvas.getContext('2d'));
    context.strokeStyle = theme === 'day' ? '#8794a0' : '#55656f';
    context.lineWidth = 1.2;
    context.beginPath();
    for (const shift of [-size, 0, size]) {
        context.moveTo(shift - 1, size + 1);
        context.lineTo(shift + size + 1, -1);
    }
    context.stroke();
    return canvas;
}

/** @param {Theme} theme */
function ink(theme) {
    return theme === 'day' ? '#1b2733' : '#e4ebf1';
}

/** @param {Theme} theme */
function halo(theme) {
    return theme === 'day' ? '#ffffff' : '#111920';
}

/** @param {Theme} theme */
export function danger(theme) {
    return theme === 'day' ? '#c62828' : '#ff8f86';
}

/** @param {Theme} theme */
function act(theme) {
    return theme === 'day' ? '#0b62c4' : '#6fb1f7';
}

