/**
 * Drawing and changing one shape on the map: corners with snapping, moving, further parts, holes, cutting by a drawn
 * line; each step can be taken back. Part of the map: it uses OpenLayers as map.js does.
 *
 * By keyboard, with the focus on the map: while drawing, Enter sets a corner in the middle of the map (a cross shows
 * where), Backspace takes the last one back, F finishes, Escape stops. With corners: N and P choose one, the arrows move
 * it, I adds one behind it, Delete takes it out.
 *
 * @typedef {import('./api.js').GeoFeature} GeoFeature
 * @typedef {NonNullable<GeoFeature['geometry']>} Geometry in degrees, lon first
 * @typedef {import('./geometry.js').Rings} Rings
 * @typedef {import('./geometry.js').Line} Line
 * @typedef {'draw' | 'corners' | 'remove' | 'move' | 'part' | 'hole' | 'split' | ''} Tool
 *
 * @typedef {object} Work
 * @property {'point' | 'line' | 'polygon'} kind
 * @property {Geometry | null} geometry null: nothing is drawn yet
 * @property {() => void} onChange the shape, the tool or what can be taken back has changed
 * @property {(words: string) => void} onRefuse a key of the words: why a hole or a cut was not made
 */

import { mistakeOfAreas, splitLine, splitPolygon, withHole } from './geometry.js';

const FROM = 'EPSG:4326';
const TO = 'EPSG:3857';
/** A coordinate is written to a centimetre. */
const DIGITS = 7;
const MOST_STEPS = 200;

/**
 * @param {import('ol/Map').default} map
 * @param {HTMLElement} target that has the keyboard
 * @param {(name: string) => string} colour of the theme
 */
export function createSketch(map, target, colour) {
    const format = new ol.format.GeoJSON({ dataProjection: FROM, featureProjection: TO });
    const shapes = new ol.source.Vector();
    const around = new ol.source.Vector();
    const others = new ol.source.Vector();
    const marks = new ol.source.Vector();
    const layers = [
        new ol.layer.Vector({ source: around, zIndex: 905, style: () => lineStyle('quiet', 1, [2, 4]) }),
        new ol.layer.Vector({ source: others, zIndex: 906, style: (feature) => otherStyle(feature) }),
        new ol.layer.Vector({ source: shapes, zIndex: 910, style: () => shapeStyle() }),
        new ol.layer.Vector({ source: marks, zIndex: 920, style: (feature) => markStyle(feature) }),
    ];
    /** @type {Work | null} */
    let work = null;
    /** @type {Tool} */
    let tool = '';
    /** @type {import('ol/interaction/Draw').default | null} */
    let draw = null;
    /** @type {import('ol/interaction/Interaction').default[]} */
    let interactions = [];
    /** Shapes as they were: further parts that a cut has made stand beside the first. */
    /** @type {string[]} */
    let steps = [];
    let now = -1;
    /** What is being drawn at this moment. */
    /** @type {import('ol/Feature').default | null} */
    let begun = null;
    /** Corners taken back while drawing, to be put again. */
    /** @type {number[][]} */
    let takenBack = [];
    /** Which corner the keyboard holds. */
    let corner = -1;
    const feature = new ol.Feature();
    /** The pieces that a cut has made besides the first. */
    /** @type {Geometry[]} */
    let pieces = [];

    // ---- styles -------------------------------------------------------------------------------------------------

    /**
     * @param {string} name
     * @param {number} width
     * @param {number[]} [dash]
     */
    function lineStyle(name, width, dash) {
        return new ol.style.Style({ stroke: new ol.style.Stroke({ color: colour(name), width, lineDash: dash }) });
    }

    function shapeStyle() {
        const act = colour('act');
        const styles = [new ol.style.Style({
            fill: new ol.style.Fill({ color: colour('fill') }),
            stroke: new ol.style.Stroke({ color: act, width: 3 }),
            image: new ol.style.Circle({ radius: 9, fill: new ol.style.Fill({ color: act }), stroke: new ol.style.Stroke({ color: colour('paper'), width: 3 }) }),
        })];
        if (work?.kind !== 'point' && (tool === 'corners' || tool === 'remove')) {
            styles.push(new ol.style.Style({
                image: new ol.style.RegularShape({ points: 4, angle: Math.PI / 4, radius: 6, fill: new ol.style.Fill({ color: colour('paper') }), stroke: new ol.style.Stroke({ color: tool === 'remove' ? colour('danger') : act, width: 2 }) }),
                geometry: (one) => new ol.geom.MultiPoint(cornersOf(one.getGeometry())),
            }));
        }
        return styles;
    }

    /** @param {import('ol/Feature').FeatureLike} one */
    function otherStyle(one) {
        const name = one.get('role') === 'before' ? 'lost' : one.get('role') === 'piece' ? 'piece' : 'gained';
        return new ol.style.Style({
            stroke: new ol.style.Stroke({ color: colour(name), width: 3, lineDash: one.get('role') === 'piece' ? undefined : [8, 6] }),
            fill: one.get('role') === 'piece' ? new ol.style.Fill({ color: colour('pieceFill') }) : undefined,
            image: new ol.style.Circle({ radius: 11, stroke: new ol.style.Stroke({ color: colour(name), width: 3, lineDash: [4, 3] }) }),
        });
    }

    /** @param {import('ol/Feature').FeatureLike} one */
    function markStyle(one) {
        const wrong = one.get('role') === 'wrong';
        return new ol.style.Style({ image: new ol.style.Circle({ radius: wrong ? 12 : 9, stroke: new ol.style.Stroke({ color: colour(wrong ? 'danger' : 'act'), width: 4 }) }) });
    }

    // ---- the shape ----------------------------------------------------------------------------------------------

    /**
     * @param {any} geometry
     * @returns {number[][]}
     */
    function cornersOf(geometry) {
        if (!geometry) return [];
        const found = geometry.getCoordinates();
        switch (geometry.getType()) {
            case 'Point': return [found];
            case 'LineString': return found;
            case 'MultiLineString': return found.flat();
            case 'Polygon': return found.flatMap((/** @type {number[][]} */ ring) => ring.slice(0, -1));
            case 'MultiPolygon': return found.flat().flatMap((/** @type {number[][]} */ ring) => ring.slice(0, -1));
            default: return [];
        }
    }

    /** @returns {Rings[]} of an area, in metres of the map */
    function areas() {
        const geometry = feature.getGeometry();
        if (geometry instanceof ol.geom.Polygon) return [geometry.getCoordinates()];
        if (geometry instanceof ol.geom.MultiPolygon) return geometry.getCoordinates();
        return [];
    }

    /** @returns {Line[]} of a line, in metres of the map */
    function lines() {
        const geometry = feature.getGeometry();
        if (geometry instanceof ol.geom.LineString) return [geometry.getCoordinates()];
        if (geometry instanceof ol.geom.MultiLineString) return geometry.getCoordinates();
        return [];
    }

    /** @param {Rings[]} parts */
    function ofAreas(parts) {
        return parts.length === 1 ? new ol.geom.Polygon(parts[0]) : new ol.geom.MultiPolygon(parts);
    }

    /** @param {Line[]} parts */
    function ofLines(parts) {
        return parts.length === 1 ? new ol.geom.LineString(parts[0]) : new ol.geom.MultiLineString(parts);
    }

    /**
     * @param {import('ol/geom/Geometry').default | undefined} geometry
     * @returns {Geometry | null}
     */
    function written(geometry) {
        if (!geometry) return null;
        return /** @type {Geometry} */ (/** @type {unknown} */ (format.writeGeometryObject(geometry, { decimals: DIGITS, rightHanded: true })));
    }

    /** @param {Geometry} geometry */
    function read(geometry) {
        return /** @type {import('ol/geom/Geometry').default} */ (format.readGeometry(geometry));
    }

    function keep() {
        const step = JSON.stringify({ shape: written(feature.getGeometry()), pieces });
        if (steps[now] === step) return;
        steps = [...steps.slice(Math.max(0, now + 1 - MOST_STEPS), now + 1), step];
        now = steps.length - 1;
        takenBack = [];
        work?.onChange();
    }

    /** @param {number} to */
    function go(to) {
        now = to;
        const step = JSON.parse(steps[now]);
        feature.setGeometry(step.shape ? read(step.shape) : undefined);
        pieces = step.pieces;
        drawPieces();
        corner = -1;
        use(step.shape ? (tool === 'draw' ? resting() : tool) : 'draw');
        work?.onChange();
    }

    function drawPieces() {
        for (const one of others.getFeatures()) if (one.get('role') === 'piece') others.removeFeature(one);
        others.addFeatures(pieces.map((one) => new ol.Feature({ geometry: read(one), role: 'piece' })));
    }

    /** @returns {Tool} the tool in which one looks at what is drawn */
    function resting() {
        return work?.kind === 'point' ? 'move' : 'corners';
    }

    // ---- tools --------------------------------------------------------------------------------------------------

    /** @param {Tool} wanted */
    function use(wanted) {
        for (const one of interactions) map.removeInteraction(one);
        interactions = [];
        draw = null;
        begun = null;
        takenBack = [];
        tool = wanted;
        corner = -1;
        drawCorner();
        if (!work) return;
        if (wanted === 'corners' || wanted === 'remove') add(changer(wanted));
        else if (wanted === 'move') add(new ol.interaction.Translate({ features: new ol.Collection([feature]), hitTolerance: 12 }));
        else if (wanted) {
            const type = wanted === 'draw' || wanted === 'part' ? ({ point: 'Point', line: 'LineString', polygon: 'Polygon' }[work.kind]) : wanted === 'hole' ? 'Polygon' : 'LineString';
            draw = new ol.interaction.Draw({
                type: /** @type {'Point' | 'LineString' | 'Polygon'} */ (type), stopClick: true, snapTolerance: coarse() ? 18 : 10,
                style: () => [new ol.style.Style({
                    fill: new ol.style.Fill({ color: colour('fill') }),
                    stroke: new ol.style.Stroke({ color: colour(wanted === 'split' || wanted === 'hole' ? 'danger' : 'act'), width: 2.5, lineDash: wanted === 'split' ? [10, 6] : undefined }),
                    image: new ol.style.Circle({ radius: 6, fill: new ol.style.Fill({ color: colour('paper') }), stroke: new ol.style.Stroke({ color: colour('act'), width: 2.5 }) }),
                })],
            });
            draw.on('drawstart', (event) => { begun = event.feature; work?.onChange(); });
            draw.on('drawabort', () => { begun = null; work?.onChange(); });
            draw.on('drawend', (event) => {
                begun = null;
                setTimeout(() => finish(wanted, event.feature.getGeometry()), 0);
            });
            add(draw);
        }
        if (interactions.length) {
            const snap = { pixelTolerance: coarse() ? 18 : 10 };
            add(new ol.interaction.Snap({ source: around, ...snap }));
            // While a shape is moved or its corners are, it must not catch itself.
            if (wanted !== 'move' && wanted !== 'corners' && wanted !== 'remove') add(new ol.interaction.Snap({ source: shapes, ...snap }));
        }
        for (const one of map.getInteractions().getArray()) if (one instanceof ol.interaction.DoubleClickZoom) one.setActive(!interactions.length);
        target.classList.toggle('drawing', draw !== null);
        shapes.changed();
    }

    /** @param {'corners' | 'remove'} wanted */
    function changer(wanted) {
        const change = new ol.interaction.Modify({
            features: new ol.Collection([feature]), pixelTolerance: coarse() ? 20 : 10,
            deleteCondition: (event) => ol.events.condition.singleClick(event) && (wanted === 'remove' || ol.events.condition.altKeyOnly(event)),
            insertVertexCondition: () => wanted === 'corners',
            style: new ol.style.Style({ image: new ol.style.Circle({ radius: 8, fill: new ol.style.Fill({ color: colour(wanted === 'remove' ? 'danger' : 'act') }), stroke: new ol.style.Stroke({ color: colour('paper'), width: 2 }) }) }),
        });
        change.on('modifyend', keep);
        return change;
    }

    function coarse() {
        return matchMedia('(pointer: coarse)').matches;
    }

    /** @param {import('ol/interaction/Interaction').default} one */
    function add(one) {
        if (one instanceof ol.interaction.Translate) one.on('translateend', keep);
        interactions.push(one);
        map.addInteraction(one);
    }

    /**
     * @param {Tool} with_
     * @param {any} drawn
     */
    function finish(with_, drawn) {
        if (!work || !drawn) return;
        if (with_ === 'draw') feature.setGeometry(drawn);
        else if (with_ === 'part' && work.kind === 'polygon') feature.setGeometry(ofAreas([...areas(), drawn.getCoordinates()]));
        else if (with_ === 'part') feature.setGeometry(ofLines([...lines(), drawn.getCoordinates()]));
        else if (with_ === 'hole') {
            const next = withHole(areas(), drawn.getCoordinates()[0]);
            if (!next) {
                use(resting());
                work.onChange();
                return work.onRefuse('edit.hole.refused');
            }
            feature.setGeometry(ofAreas(next));
        } else if (with_ === 'split' && !cut(drawn.getCoordinates())) {
            use(resting());
            work.onChange();
            return work.onRefuse('edit.split.refused');
        }
        use(resting());
        keep();
        work.onChange();
    }

    /**
     * The largest piece stays, with all parts that the cut does not touch; each other piece becomes a thing of its own.
     *
     * @param {Line} along
     * @returns {boolean} whether it goes through
     */
    function cut(along) {
        if (work?.kind === 'polygon') {
            const results = areas().map((rings) => splitPolygon(rings, along));
            if (results.every((parts) => parts.length < 2) || results.flat().some((rings) => mistakeOfAreas([rings]))) return false;
            feature.setGeometry(ofAreas(results.map((parts, i) => (parts.length ? parts[0] : areas()[i]))));
            pieces = [...pieces, ...results.flatMap((parts) => parts.slice(1)).map((rings) => /** @type {Geometry} */ (written(ofAreas([rings]))))];
        } else {
            const results = lines().map((line) => splitLine(line, along));
            if (results.every((parts) => parts.length < 2)) return false;
            const longest = results.map((parts) => [...parts].sort((a, b) => lengthOf(b) - lengthOf(a)));
            feature.setGeometry(ofLines(longest.map((parts) => parts[0])));
            pieces = [...pieces, ...longest.flatMap((parts) => parts.slice(1)).map((line) => /** @type {Geometry} */ (written(ofLines([line]))))];
        }
        drawPieces();
        return true;
    }

    /** @param {Line} line */
    function lengthOf(line) {
        return line.slice(1).reduce((sum, b, i) => sum + Math.hypot(b[0] - line[i][0], b[1] - line[i][1]), 0);
    }

    // ---- by keyboard --------------------------------------------------------------------------------------------

    target.addEventListener('keydown', (event) => {
        if (!work) return;
        const key = event.key.length === 1 ? event.key.toLowerCase() : event.key;
        if ((event.ctrlKey || event.metaKey) && key === 'z') step(event.shiftKey ? 1 : -1);
        else if ((event.ctrlKey || event.metaKey) && key === 'y') step(1);
        else if (event.ctrlKey || event.metaKey || event.altKey) return;
        else if (draw && key === 'Enter') setCorner();
        else if (draw && key === 'Backspace') step(-1);
        else if (draw && key === 'f') draw.finishDrawing();
        else if (draw && key === 'Escape') stop();
        else if ((tool === 'corners' || tool === 'move') && moveCorner(key, event.shiftKey)) shapes.changed();
        else return;
        event.preventDefault();
        event.stopPropagation();
    }, { capture: true });

    function setCorner() {
        const middle = map.getView().getCenter();
        if (!draw || !middle) return;
        if (work?.kind === 'point' && tool === 'draw') return finish('draw', new ol.geom.Point(middle));
        draw.appendCoordinates([middle]);
        work?.onChange();
    }

    /**
     * @param {string} key
     * @param {boolean} far
     * @returns {boolean} whether the key was meant for a corner
     */
    function moveCorner(key, far) {
        const geometry = /** @type {any} */ (feature.getGeometry());
        if (!geometry) return false;
        const all = cornersOf(geometry);
        if (work?.kind === 'point' && corner < 0 && key.startsWith('Arrow')) return false;
        if (key === 'n' || key === 'p') {
            corner = (corner + (key === 'n' ? 1 : -1) + all.length + (corner < 0 && key === 'p' ? 1 : 0)) % all.length;
            drawCorner();
            return true;
        }
        if (corner < 0) return false;
        const by = (map.getView().getResolution() ?? 1) * (far ? 20 : 4);
        /** @type {Record<string, number[]>} */
        const ways = { ArrowLeft: [-by, 0], ArrowRight: [by, 0], ArrowUp: [0, by], ArrowDown: [0, -by] };
        if (ways[key]) change((line, i) => { line[i] = [line[i][0] + ways[key][0], line[i][1] + ways[key][1]]; });
        else if (key === 'i' && work?.kind !== 'point') change((line, i) => {
            const next = line[i + 1] ?? line[i - 1];
            line.splice(i + 1, 0, [(line[i][0] + next[0]) / 2, (line[i][1] + next[1]) / 2]);
        });
        else if (key === 'Delete' && work?.kind !== 'point') change((line, i, ring) => { if (line.length > (ring ? 4 : 2)) line.splice(i, 1); });
        else if (key === 'Escape') {
            corner = -1;
            drawCorner();
            return true;
        } else return false;
        keep();
        drawCorner();
        return true;
    }

    /**
     * Changes the line that holds the chosen corner; a ring stays closed.
     *
     * @param {(line: number[][], i: number, ring: boolean) => void} how
     */
    function change(how) {
        const geometry = /** @type {any} */ (feature.getGeometry());
        const coordinates = geometry.getCoordinates();
        const type = geometry.getType();
        if (type === 'Point') {
            const line = [coordinates];
            how(line, 0, false);
            return geometry.setCoordinates(line[0]);
        }
        const rings = type.includes('Polygon');
        /** @type {number[][][]} */
        const all = type === 'LineString' ? [coordinates] : type === 'MultiPolygon' ? coordinates.flat() : coordinates;
        let i = corner;
        for (const line of all) {
            const size = rings ? line.length - 1 : line.length;
            if (i >= size) {
                i -= size;
                continue;
            }
            if (rings) line.pop();
            how(line, i, rings);
            if (rings) line.push([...line[0]]);
            break;
        }
        geometry.setCoordinates(coordinates);
        corner = Math.min(corner, cornersOf(geometry).length - 1);
    }

    function drawCorner() {
        for (const one of marks.getFeatures()) if (one.get('role') === 'corner') marks.removeFeature(one);
        const at = corner < 0 ? null : cornersOf(feature.getGeometry())[corner];
        if (at) marks.addFeature(new ol.Feature({ geometry: new ol.geom.Point(at), role: 'corner' }));
    }

    // ---- steps --------------------------------------------------------------------------------------------------

    function drawing() {
        return begun !== null;
    }

    /** The corner that was set last; the one after it follows the pointer. */
    function lastSet() {
        const geometry = begun?.getGeometry();
        if (geometry instanceof ol.geom.LineString) return geometry.getCoordinates().at(-2) ?? null;
        // A ring is drawn closed: the first corner comes once more at its end.
        if (geometry instanceof ol.geom.Polygon) return geometry.getCoordinates()[0].at(-3) ?? null;
        return null;
    }

    /** @param {number} by 1 forwards, -1 back */
    function step(by) {
        if (draw && drawing()) {
            if (by < 0) {
                const last = lastSet();
                if (last) takenBack.push(last);
                draw.removeLastPoint();
            } else {
                const again = takenBack.pop();
                if (again) draw.appendCoordinates([again]);
            }
            return work?.onChange();
        }
        const to = now + by;
        if (to >= 0 && to < steps.length) go(to);
    }

    /** Leaves the tool without doing anything. */
    function stop() {
        if (draw && drawing()) draw.abortDrawing();
        else if (feature.getGeometry()) use(resting());
        work?.onChange();
    }

    function end() {
        for (const one of interactions) map.removeInteraction(one);
        interactions = [];
        draw = null;
        work = null;
        tool = '';
        pieces = [];
        for (const source of [shapes, around, others, marks]) source.clear();
        for (const layer of layers) map.removeLayer(layer);
        for (const one of map.getInteractions().getArray()) if (one instanceof ol.interaction.DoubleClickZoom) one.setActive(true);
        target.classList.remove('drawing');
    }

    return {
        /** @param {Work} wanted */
        begin(wanted) {
            end();
            work = wanted;
            feature.setGeometry(wanted.geometry ? read(wanted.geometry) : undefined);
            shapes.addFeature(feature);
            for (const layer of layers) map.addLayer(layer);
            steps = [JSON.stringify({ shape: wanted.geometry ? written(feature.getGeometry()) : null, pieces: [] })];
            now = 0;
            use(wanted.geometry ? resting() : 'draw');
        },
        end,
        use(/** @type {Tool} */ wanted) {
            use(wanted);
            work?.onChange();
        },
        stop,
        back: () => step(-1),
        forward: () => step(1),
        finish: () => void draw?.finishDrawing(),
        tool: () => tool,
        active: () => work !== null,
        drawing,
        canBack: () => drawing() || now > 0,
        canForward: () => (drawing() ? takenBack.length > 0 : now < steps.length - 1),

        /** @returns {Geometry | null} in degrees */
        shape: () => written(feature.getGeometry()),
        pieces: () => pieces,

        /**
         * @param {Geometry | null} shape
         * @param {Geometry[]} [more] pieces of a cut
         */
        set(shape, more = []) {
            feature.setGeometry(shape ? read(shape) : undefined);
            pieces = more;
            drawPieces();
            use(shape ? resting() : 'draw');
            keep();
        },

        /** Without undo and redo: what the shape is, in figures. */
        figures() {
            const geometry = feature.getGeometry();
            if (!geometry) return null;
            const type = geometry.getType();
            return {
                corners: cornersOf(geometry).length,
                parts: Math.max(areas().length, lines().length, 1),
                holes: areas().reduce((sum, rings) => sum + rings.length - 1, 0),
                metres: type.includes('Line') ? ol.sphere.getLength(geometry) : null,
                squareMetres: type.includes('Polygon') ? ol.sphere.getArea(geometry) : null,
            };
        },

        /** What is wrong with the shape, shown on the map too. */
        mistake() {
            for (const one of marks.getFeatures()) if (one.get('role') === 'wrong') marks.removeFeature(one);
            const found = work?.kind === 'polygon' && feature.getGeometry() ? mistakeOfAreas(areas()) : null;
            if (found) marks.addFeature(new ol.Feature({ geometry: new ol.geom.Point(found.at), role: 'wrong' }));
            return found?.kind ?? null;
        },

        /**
         * Shapes nearby, to snap to.
         *
         * @param {GeoFeature[]} features
         */
        showAround(features) {
            around.clear();
            around.addFeatures(features.filter((one) => one.geometry).map((one) => new ol.Feature(read(/** @type {Geometry} */ (one.geometry)))));
        },

        /**
         * Shapes to compare with: before and after, or what somebody else drew.
         *
         * @param {{geometry: Geometry, role: 'before' | 'after'}[]} wanted
         */
        compare(wanted) {
            for (const one of others.getFeatures()) if (one.get('role') !== 'piece') others.removeFeature(one);
            if (wanted.length && !layers.every((layer) => map.getLayers().getArray().includes(layer))) for (const layer of layers) map.addLayer(layer);
            others.addFeatures(wanted.map((one) => new ol.Feature({ geometry: read(one.geometry), role: one.role })));
            if (!wanted.length && !work) for (const layer of layers) map.removeLayer(layer);
        },

        redraw: () => layers.forEach((layer) => layer.changed()),
    };
}

/** @typedef {ReturnType<typeof createSketch>} Sketch */
