/**
 * What-if on the map: closures that can be dragged, the road sections that they close, stations that can be switched and
 * moved, and the ground gained and lost. A part of the map (see map.js), in a file of its own.
 *
 * While something is dragged nothing of it is drawn anew from outside: the shape under the hand stays the same object.
 *
 * @typedef {import('./whatif.js').Change} Change
 * @typedef {import('./whatif.js').LonLat} LonLat
 * @typedef {import('./api.js').GeoFeature} GeoFeature
 * @typedef {import('./api.js').Uncovered} Uncovered
 * @typedef {import('./map.js').AnquanMap} AnquanMap
 * @typedef {import('./colours.js').Theme} Theme
 *
 * @typedef {object} StationMark
 * @property {string} id
 * @property {string} name
 * @property {LonLat} at
 * @property {'as-is' | 'off' | 'idle' | 'on' | 'moved' | 'added'} state idle: it does not count, as a planned one
 * @property {LonLat | null} from where it stood before it was moved
 * @property {number} change its number among the changes; -1 for none
 *
 * @typedef {object} Shown
 * @property {Change[]} changes
 * @property {GeoFeature[]} closed road sections that are closed
 * @property {StationMark[]} stations
 * @property {boolean} stationsMove whether every station can be dragged, not only the changed ones
 * @property {number} chosen change that is looked at; -1 for none
 * @property {Difference | null} difference
 *
 * @typedef {object} Difference
 * @property {any} before geometry of the widest band
 * @property {any} after
 * @property {Uncovered[]} lost
 * @property {Uncovered[]} gained
 *
 * @typedef {object} Listeners
 * @property {(number: number, change: Change) => void} onMoving a closure, again and again while it is dragged
 * @property {(number: number, change: Change) => void} onMoved
 * @property {(station: StationMark, at: LonLat) => void} onStationMoving
 * @property {(station: StationMark, at: LonLat) => void} onStationMoved
 */

import { closureOf, isClosure } from './whatif.js';

const FONT = '"PingFang SC", "Microsoft YaHei", "Noto Sans CJK SC", sans-serif';

/** Above the layers' lines, below their points; closures and stations above everything but the pop-up. */
const GROUND = { difference: 310, closed: 490, villages: 810, closures: 850, stations: 860 };

/** A movement shorter than this is a click, in pixels. */
const LEAST_PULL = 4;

/**
 * Ground narrower than this is not said to be gained or lost: the edge of a band is no more exact than half a cell of
 * the surface (docs/coverage.md).
 */
const LEAST_METRES = 50;

/**
 * @param {AnquanMap} anquanMap
 * @param {Listeners} listeners
 */
export function createWhatIfMap(anquanMap, listeners) {
    const { map, view, format, target, theme } = anquanMap.parts;
    /** @type {Shown | null} */
    let shown = null;
    let held = false;
    /** @type {import('ol/interaction/Draw').default | null} */
    let drawing = null;

    const closedLayer = vector(GROUND.closed);
    const villagesLayer = vector(GROUND.villages, true);
    const closureLayer = vector(GROUND.closures);
    const stationLayer = vector(GROUND.stations, true);
    const differenceLayer = createDifferenceLayer();
    for (const layer of [differenceLayer.layer, closedLayer, villagesLayer, closureLayer, stationLayer]) map.addLayer(layer);

    // ---- dragging -----------------------------------------------------------------------------------------------

    const translate = new ol.interaction.Translate({
        layers: [closureLayer, stationLayer],
        filter: (feature) => Boolean(feature.get('change') || /** @type {StationMark | undefined} */ (feature.get('station')) && movable(feature.get('station'))),
        hitTolerance: matchMedia('(pointer: coarse)').matches ? 16 : 6,
    });
    const corners = new ol.Collection(/** @type {import('ol/Feature').default[]} */ ([]));
    const modify = new ol.interaction.Modify({ features: corners, pixelTolerance: 10, insertVertexCondition: ol.events.condition.never, style: cornerStyle() });
    map.addInteraction(translate);
    map.addInteraction(modify);

    /** A click takes hold and lets go at the same place: nothing is moved by it. */
    let pulled = false;
    translate.on('translatestart', () => {
        held = true;
        pulled = false;
    });
    translate.on('translating', (event) => {
        pulled ||= Math.hypot(event.coordinate[0] - event.startCoordinate[0], event.coordinate[1] - event.startCoordinate[1]) > LEAST_PULL * (view.getResolution() ?? 1);
        if (pulled) event.features.forEach((feature) => tell(feature, false));
    });
    translate.on('translateend', (event) => {
        held = false;
        if (pulled) event.features.forEach((feature) => tell(feature, true));
        else draw();
    });
    modify.on('modifystart', (event) => {
        held = true;
        event.features.forEach((feature) => feature.on('change', moving));
    });
    modify.on('modifyend', (event) => {
        held = false;
        event.features.forEach((feature) => {
            feature.un('change', moving);
            tell(feature, true);
        });
    });

    /** @param {any} event */
    function moving(event) {
        tell(event.target, false);
    }

    /** @param {StationMark} station */
    function movable(station) {
        return shown?.stationsMove || station.state === 'moved' || station.state === 'added';
    }

    /**
     * @param {import('ol/Feature').FeatureLike} feature
     * @param {boolean} done
     */
    function tell(feature, done) {
        const geometry = /** @type {any} */ (feature.getGeometry());
        /** @type {StationMark | undefined} */
        const station = feature.get('station');
        if (station) return (done ? listeners.onStationMoved : listeners.onStationMoving)(station, lonLat(geometry.getCoordinates()));
        /** @type {Change} */
        const change = feature.get('change');
        const number = feature.get('number');
        (done ? listeners.onMoved : listeners.onMoving)(number, changedBy(change, geometry));
    }

    /**
     * @param {Change} change
     * @param {any} geometry where its shape lies now
     * @returns {Change}
     */
    function changedBy(change, geometry) {
        switch (change.kind) {
            case 'point': return { ...change, at: lonLat(geometry.getCoordinates()) };
            case 'flood': return { ...change, at: lonLat(ol.extent.getCenter(geometry.getExtent())) };
            case 'line': return { ...change, points: geometry.getCoordinates().map(lonLat) };
            case 'area': return { ...change, points: geometry.getCoordinates()[0].slice(0, -1).map(lonLat) };
            default: return change;
        }
    }

    // ---- drawing ------------------------------------------------------------------------------------------------

    function draw() {
        if (!held) {
            drawClosures();
            drawStations();
        }
        fillLayer(closedLayer, (shown?.closed ?? []).map((one) => styled(one, closedStyle())));
        drawVillages();
        differenceLayer.show(shown?.difference ?? null);
    }

    function drawClosures() {
        corners.clear();
        const features = (shown?.changes ?? []).flatMap((change, i) => {
            if (!isClosure(change) || !['point', 'line', 'flood', 'area'].includes(change.kind)) return [];
            const feature = new ol.Feature({ geometry: format.readGeometry(closureOf(/** @type {any} */ (change))) });
            feature.setProperties({ change, number: i });
            feature.setStyle(closureStyle(change, i === shown?.chosen));
            if (change.kind === 'line' || change.kind === 'area') corners.push(feature);
            return [feature];
        });
        fillLayer(closureLayer, features);
    }

    function drawStations() {
        const features = (shown?.stations ?? []).flatMap((station) => {
            const feature = new ol.Feature({ geometry: new ol.geom.Point(ol.proj.fromLonLat(station.at)), station });
            feature.setStyle(stationStyle(station));
            if (!station.from) return [feature];
            const way = new ol.Feature({ geometry: new ol.geom.LineString([ol.proj.fromLonLat(station.from), ol.proj.fromLonLat(station.at)]) });
            way.setStyle(new ol.style.Style({ zIndex: -1, stroke: new ol.style.Stroke({ color: token('--act'), width: 2, lineDash: [4, 5] }) }));
            return [way, feature];
        });
        fillLayer(stationLayer, features);
    }

    function drawVillages() {
        const difference = shown?.difference;
        const mark = (/** @type {Uncovered} */ village, /** @type {boolean} */ lost) => {
            const feature = new ol.Feature({ geometry: new ol.geom.Point(ol.proj.fromLonLat([village.lon, village.lat])) });
            feature.setStyle(villageStyle(village.name, lost));
            return feature;
        };
        fillLayer(villagesLayer, [...(difference?.lost ?? []).map((one) => mark(one, true)), ...(difference?.gained ?? []).map((one) => mark(one, false))]);
    }

    /** @param {number[]} coordinate */
    function lonLat(coordinate) {
        const [lon, lat] = ol.proj.toLonLat(coordinate);
        return /** @type {LonLat} */ ([lon, lat]);
    }

    // ---- signs --------------------------------------------------------------------------------------------------

    /**
     * @param {Change} change
     * @param {boolean} chosen
     */
    function closureStyle(change, chosen) {
        const halo = new ol.style.Stroke({ color: token('--paper'), width: chosen ? 11 : 8 });
        const red = new ol.style.Stroke({ color: token('--danger'), width: chosen ? 6 : 4 });
        if (change.kind === 'point') return new ol.style.Style({ image: new ol.style.Icon({ img: noEntry(chosen ? 34 : 28), width: chosen ? 34 : 28 }) });
        if (change.kind === 'line') {
            return [
                new ol.style.Style({ stroke: halo }),
                new ol.style.Style({ stroke: red }),
                new ol.style.Style({ stroke: new ol.style.Stroke({ color: token('--paper'), width: 2, lineDash: [5, 7] }) }),
            ];
        }
        return [
            new ol.style.Style({ fill: new ol.style.Fill({ color: waves() }), stroke: halo }),
            new ol.style.Style({ stroke: new ol.style.Stroke({ color: token('--water'), width: chosen ? 3.5 : 2.5, lineDash: change.kind === 'area' ? [9, 5] : undefined }) }),
            new ol.style.Style({ geometry: (feature) => new ol.geom.Point(ol.extent.getCenter(/** @type {any} */ (feature.getGeometry()).getExtent())), image: new ol.style.Icon({ img: noEntry(22), width: 22 }) }),
        ];
    }

    function closedStyle() {
        return [
            new ol.style.Style({ stroke: new ol.style.Stroke({ color: token('--danger'), width: 6 }) }),
            new ol.style.Style({ stroke: new ol.style.Stroke({ color: token('--paper'), width: 2.5, lineDash: [2, 8], lineCap: 'butt' }) }),
        ];
    }

    /** @param {StationMark} station */
    function stationStyle(station) {
        const works = station.state !== 'off' && station.state !== 'idle';
        const colour = token(station.state === 'off' ? '--lost' : station.state === 'idle' ? '--quiet' : station.state === 'as-is' ? '--act' : '--gained');
        const words = station.state !== 'as-is' || shown?.stationsMove ? station.name : '';
        const styles = [new ol.style.Style({
            image: new ol.style.Circle({ radius: 11, declutterMode: 'none', fill: new ol.style.Fill({ color: token('--paper') }), stroke: new ol.style.Stroke({ color: colour, width: 3 }) }),
            text: new ol.style.Text({
                text: words, font: `600 13px ${FONT}`, offsetY: 22,
                fill: new ol.style.Fill({ color: colour }), stroke: new ol.style.Stroke({ color: token('--paper'), width: 3 }),
            }),
        })];
        const sign = station.state === 'added' || station.state === 'on' ? { points: 4, radius: 6, radius2: 0 }
            : works ? { points: 3, radius: 5.5 } : { points: 4, radius: 7.5, radius2: 0, angle: Math.PI / 4 };
        // Over the ring, which else would be painted last and cover it.
        styles.push(new ol.style.Style({ zIndex: 1, image: new ol.style.RegularShape({
            ...sign, declutterMode: 'none', fill: new ol.style.Fill({ color: colour }), stroke: new ol.style.Stroke({ color: colour, width: sign.points === 4 ? 2.5 : 1 }),
        }) }));
        return styles;
    }

    /**
     * @param {string} name
     * @param {boolean} lost
     */
    function villageStyle(name, lost) {
        const colour = token(lost ? '--lost' : '--gained');
        return new ol.style.Style({
            zIndex: lost ? 1 : 0,
            // A diamond is lost, a ring filled with a plus is gained: not by colour alone.
            image: new ol.style.RegularShape({
                points: 4, radius: 9, ...(lost ? {} : { angle: Math.PI / 4 }), declutterMode: 'obstacle',
                fill: new ol.style.Fill({ color: colour }), stroke: new ol.style.Stroke({ color: token('--paper'), width: 2 }),
            }),
            text: new ol.style.Text({
                text: name, font: `600 13px ${FONT}`, offsetY: 17,
                fill: new ol.style.Fill({ color: colour }), stroke: new ol.style.Stroke({ color: token('--paper'), width: 3 }),
            }),
        });
    }

    function cornerStyle() {
        return new ol.style.Style({ image: new ol.style.Circle({ radius: 6, fill: new ol.style.Fill({ color: '#ffffff' }), stroke: new ol.style.Stroke({ color: '#c62828', width: 2 }) }) });
    }

    /**
     * The sign for no entry: a red disc with a white bar.
     *
     * @param {number} size
     */
    function noEntry(size) {
        const canvas = document.createElement('canvas');
        const ratio = 2;
        canvas.width = canvas.height = size * ratio;
        const context = /** @type {CanvasRenderingContext2D} */ (canvas.getContext('2d'));
        context.scale(ratio, ratio);
        const middle = size / 2;
        const disc = (/** @type {number} */ radius, /** @type {string} */ colour) => {
            context.beginPath();
            context.arc(middle, middle, radius, 0, 2 * Math.PI);
            context.fillStyle = colour;
            context.fill();
        };
        disc(middle - 0.5, '#ffffff');
        disc(middle - 2.5, '#c62828');
        context.fillStyle = '#ffffff';
        context.fillRect(size * 0.24, size * 0.42, size * 0.52, size * 0.16);
        return canvas;
    }

    function waves() {
        const canvas = document.createElement('canvas');
        canvas.width = 16;
        canvas.height = 10;
        const context = /** @type {CanvasRenderingContext2D} */ (canvas.getContext('2d'));
        context.globalAlpha = 0.22;
        context.fillStyle = token('--water');
        context.fillRect(0, 0, 16, 10);
        context.globalAlpha = 0.8;
        context.strokeStyle = token('--water');
        context.lineWidth = 1.3;
        context.beginPath();
        context.moveTo(0, 5);
        context.bezierCurveTo(4, 1, 4, 1, 8, 5);
        context.bezierCurveTo(12, 9, 12, 9, 16, 5);
        context.stroke();
        return /** @type {CanvasPattern} */ (context.createPattern(canvas, 'repeat'));
    }

    /**
     * @param {GeoFeature} one
     * @param {any} style
     */
    function styled(one, style) {
        const feature = new ol.Feature({ geometry: format.readGeometry(one.geometry) });
        feature.setStyle(style);
        return feature;
    }

    // ---- gained and lost ----------------------------------------------------------------------------------------

    /**
     * Ground that one answer has and the other has not, painted rather than computed: one area filled with a pattern,
     * the other cut out of it. So it costs no more than drawing, and follows a drag of the mouse.
     */
    function createDifferenceLayer() {
        /** @type {{before: Path, after: Path} | null} */
        let paths = null;
        const canvas = document.createElement('canvas');
        const spare = document.createElement('canvas');
        canvas.style.position = 'absolute';
        canvas.style.pointerEvents = 'none';
        /** @type {{from: number, to: number}} share of the width that is painted */
        let window = { from: 0, to: 1 };
        /** Width of an edge that both answers share, in pixels of the canvas. */
        let edge = 2.5;
        const layer = new ol.layer.Layer({ zIndex: GROUND.difference, render: (/** @type {any} */ frame) => render(frame) });

        /** @param {any} frame */
        function render(frame) {
            const ratio = frame.pixelRatio;
            const [width, height] = frame.size;
            for (const one of [canvas, spare]) {
                one.width = Math.round(width * ratio);
                one.height = Math.round(height * ratio);
            }
            canvas.style.width = width + 'px';
            canvas.style.height = height + 'px';
            if (!paths) return canvas;
            const toPixel = frame.coordinateToPixelTransform;
            edge = Math.max(2.5, LEAST_METRES / frame.viewState.resolution) * ratio;
            const before = paths.before.at(toPixel, ratio);
            const after = paths.after.at(toPixel, ratio);
            const context = /** @type {CanvasRenderingContext2D} */ (canvas.getContext('2d'));
            context.beginPath();
            context.rect(window.from * canvas.width, 0, (window.to - window.from) * canvas.width, canvas.height);
            context.clip();
            context.drawImage(onlyIn(before, after, 'lost'), 0, 0);
            context.drawImage(onlyIn(after, before, 'gained'), 0, 0);
            return canvas;
        }

        /**
         * @param {Path2D} has
         * @param {Path2D} hasNot
         * @param {'lost' | 'gained'} kind
         */
        function onlyIn(has, hasNot, kind) {
            const context = /** @type {CanvasRenderingContext2D} */ (spare.getContext('2d'));
            context.globalCompositeOperation = 'source-over';
            context.clearRect(0, 0, spare.width, spare.height);
            context.fillStyle = changePattern(kind, theme());
            context.fill(has, 'evenodd');
            // Where both have the same edge, half-covered pixels and slivers would be left over as a hair line.
            context.globalCompositeOperation = 'destination-out';
            context.fillStyle = context.strokeStyle = '#000000';
            context.lineWidth = edge;
            context.fill(hasNot, 'evenodd');
            context.stroke(hasNot);
            return spare;
        }

        return {
            layer,
            /** @param {Difference | null} difference */
            show(difference) {
                paths = difference && { before: createPath(difference.before, format), after: createPath(difference.after, format) };
                layer.changed();
            },
            /**
             * @param {number} from share of the map's width
             * @param {number} to
             */
            within(from, to) {
                window = { from, to };
                layer.changed();
            },
        };
    }

    return {
        /** @param {Shown | null} wanted */
        show(wanted) {
            shown = wanted;
            draw();
        },

        /** Whether something is being dragged on the map. */
        holds: () => held,

        /** The ground gained and lost, for the swipe. */
        difference: differenceLayer,

        /** After a change of theme. */
        redraw: draw,

        /**
         * @param {number} clientX
         * @param {number} clientY
         * @returns {LonLat | null} null beside the map
         */
        placeAt(clientX, clientY) {
            const box = target.getBoundingClientRect();
            if (clientX < box.left || clientX > box.right || clientY < box.top || clientY > box.bottom) return null;
            const above = document.elementFromPoint(clientX, clientY);
            if (above && !target.contains(above)) return null;
            const coordinate = map.getCoordinateFromPixel([clientX - box.left, clientY - box.top]);
            return coordinate ? lonLat(coordinate) : null;
        },

        /** @returns {LonLat} */
        centre: () => lonLat(/** @type {number[]} */ (view.getCenter())),

        /**
         * Where a place stands on the screen; for the keyboard.
         *
         * @param {LonLat} at
         * @param {number} right pixels
         * @param {number} down
         * @returns {LonLat}
         */
        beside(at, right, down) {
            const resolution = view.getResolution() ?? 1;
            const [x, y] = ol.proj.fromLonLat(at);
            return lonLat([x + right * resolution, y - down * resolution]);
        },

        /**
         * A line or an area drawn by clicks.
         *
         * @param {'line' | 'area'} kind
         * @param {(points: LonLat[] | null) => void} done null where it was given up
         */
        startDrawing(kind, done) {
            this.stopDrawing();
            const zooming = map.getInteractions().getArray().find((one) => one instanceof ol.interaction.DoubleClickZoom);
            zooming?.setActive(false);
            const mine = new ol.interaction.Draw({
                type: kind === 'line' ? 'LineString' : 'Polygon',
                style: [
                    new ol.style.Style({ fill: new ol.style.Fill({ color: 'rgba(198,40,40,0.12)' }), stroke: new ol.style.Stroke({ color: token('--danger'), width: 4 }) }),
                    new ol.style.Style({ image: new ol.style.Circle({ radius: 5, fill: new ol.style.Fill({ color: token('--danger') }) }) }),
                ],
            });
            drawing = mine;
            translate.setActive(false);
            modify.setActive(false);
            map.addInteraction(mine);
            target.style.cursor = 'crosshair';
            const end = (/** @type {LonLat[] | null} */ points) => {
                drawing = null;
                // The click that ends the drawing must not reach those that take it for another question.
                setTimeout(() => {
                    map.removeInteraction(mine);
                    translate.setActive(true);
                    modify.setActive(true);
                    zooming?.setActive(true);
                    target.style.cursor = '';
                }, 300);
                done(points);
            };
            mine.on('drawend', (event) => {
                const coordinates = /** @type {any} */ (event.feature.getGeometry()).getCoordinates();
                const points = (kind === 'line' ? coordinates : coordinates[0].slice(0, -1)).map(lonLat);
                end(points.length >= (kind === 'line' ? 2 : 3) ? points : null);
            });
            mine.on('drawabort', () => { if (drawing === mine) end(null); });
        },

        finishDrawing() {
            drawing?.finishDrawing();
        },

        stopDrawing() {
            drawing?.abortDrawing();
        },

        isDrawing: () => drawing !== null,

        /** @param {string} shape of the pointer over the map; empty for the usual */
        cursor(shape) {
            target.style.cursor = shape;
        },

        /**
         * @param {LonLat} at of a click
         * @returns {StationMark | null} the station under it
         */
        stationAt(at) {
            const pixel = map.getPixelFromCoordinate(ol.proj.fromLonLat(at));
            const reach = matchMedia('(pointer: coarse)').matches ? 22 : 14;
            let nearest = null;
            let least = reach;
            for (const station of shown?.stations ?? []) {
                const [x, y] = map.getPixelFromCoordinate(ol.proj.fromLonLat(station.at)) ?? [Infinity, Infinity];
                const away = Math.hypot(x - pixel[0], y - pixel[1]);
                if (away <= least) [nearest, least] = [station, away];
            }
            return nearest;
        },
    };
}

/** @typedef {ReturnType<typeof createWhatIfMap>} WhatIfMap */

/**
 * @param {number} zIndex
 * @param {boolean} [declutter]
 */
export function vector(zIndex, declutter = false) {
    return new ol.layer.Vector({ zIndex, declutter, source: new ol.source.Vector(), updateWhileInteracting: true, updateWhileAnimating: true });
}

/**
 * @param {import('ol/layer/Vector').default} layer
 * @param {import('ol/Feature').default[]} features
 */
export function fillLayer(layer, features) {
    const source = /** @type {import('ol/source/Vector').default} */ (layer.getSource());
    source.clear(true);
    source.addFeatures(features);
}

/** @typedef {{at: (toPixel: number[], ratio: number) => Path2D}} Path */

/**
 * The rings of an area in map units, made into a path on the screen at each drawing.
 *
 * @param {any} geometry GeoJSON
 * @param {import('ol/format/GeoJSON').default} format
 * @returns {Path}
 */
function createPath(geometry, format) {
    const read = /** @type {any} */ (geometry && format.readGeometry(geometry));
    const polygons = read instanceof ol.geom.MultiPolygon ? read.getCoordinates() : read instanceof ol.geom.Polygon ? [read.getCoordinates()] : [];
    const rings = polygons.flat();
    return {
        at([a, b, c, d, e, f], ratio) {
            const path = new Path2D();
            for (const ring of rings) {
                ring.forEach((/** @type {number[]} */ [x, y], /** @type {number} */ i) => {
                    const px = (a * x + c * y + e) * ratio;
                    const py = (b * x + d * y + f) * ratio;
                    if (i === 0) path.moveTo(px, py);
                    else path.lineTo(px, py);
                });
                path.closePath();
            }
            return path;
        },
    };
}

/** @type {Map<string, CanvasPattern>} */
const patterns = new Map();

/**
 * Lost: lines falling to the right on magenta; gained: dots on teal.
 *
 * @param {'lost' | 'gained'} kind
 * @param {Theme} theme
 */
function changePattern(kind, theme) {
    const key = kind + theme;
    const kept = patterns.get(key);
    if (kept) return kept;
    const canvas = changeTile(kind);
    const pattern = /** @type {CanvasPattern} */ (canvas.getContext('2d')?.createPattern(canvas, 'repeat'));
    patterns.set(key, pattern);
    return pattern;
}

/**
 * One piece of the pattern, for the map and the legend.
 *
 * @param {'lost' | 'gained'} kind
 */
export function changeTile(kind) {
    const size = 10;
    const canvas = document.createElement('canvas');
    canvas.width = canvas.height = size;
    const context = /** @type {CanvasRenderingContext2D} */ (canvas.getContext('2d'));
    const colour = token(kind === 'lost' ? '--lost' : '--gained');
    context.globalAlpha = 0.38;
    context.fillStyle = colour;
    context.fillRect(0, 0, size, size);
    context.globalAlpha = 1;
    context.strokeStyle = context.fillStyle = colour;
    if (kind === 'lost') {
        context.lineWidth = 2;
        context.beginPath();
        for (const shift of [-size, 0, size]) {
            context.moveTo(shift - 1, -1);
            context.lineTo(shift + size + 1, size + 1);
        }
        context.stroke();
    } else {
        for (const [x, y] of [[2.5, 2.5], [7.5, 7.5]]) {
            context.beginPath();
            context.arc(x, y, 1.6, 0, 2 * Math.PI);
            context.fill();
        }
    }
    return canvas;
}

/**
 * A colour of tokens.css as the present theme has it.
 *
 * @param {string} name
 */
export function token(name) {
    return getComputedStyle(document.documentElement).getPropertyValue(name).trim() || '#888888';
}
