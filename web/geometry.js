/**
 * Plane geometry for editing: does a ring cross itself, cutting by a line, holes. Coordinates are metres of the map
 * (x to the east, y to the north); nothing here knows of the map or the page.
 *
 * @typedef {number[]} Point x, y
 * @typedef {Point[]} Line
 * @typedef {Line[]} Rings the shell first, then its holes; each closed
 */

/** Where two corners are nearer than this they are one: a tenth of a millimetre. */
const NEAR = 1e-4;

/**
 * @param {Point} a
 * @param {Point} b
 */
function samePlace(a, b) {
    return Math.abs(a[0] - b[0]) < NEAR && Math.abs(a[1] - b[1]) < NEAR;
}

/**
 * Where two segments meet, if they do in one point.
 *
 * @param {Point} a
 * @param {Point} b
 * @param {Point} c
 * @param {Point} d
 * @returns {{at: Point, s: number, t: number} | null} s and t: how far along a–b and c–d, 0 to 1; ends are given exactly
 */
function meeting(a, b, c, d) {
    const rx = b[0] - a[0];
    const ry = b[1] - a[1];
    const sx = d[0] - c[0];
    const sy = d[1] - c[1];
    const cross = rx * sy - ry * sx;
    const lengths = Math.hypot(rx, ry) * Math.hypot(sx, sy);
    if (lengths === 0 || Math.abs(cross) < 1e-12 * lengths) return null;
    const s = ((c[0] - a[0]) * sy - (c[1] - a[1]) * sx) / cross;
    const t = ((c[0] - a[0]) * ry - (c[1] - a[1]) * rx) / cross;
    const slackS = NEAR / Math.hypot(rx, ry);
    const slackT = NEAR / Math.hypot(sx, sy);
    if (s < -slackS || s > 1 + slackS || t < -slackT || t > 1 + slackT) return null;
    const at = [a[0] + s * rx, a[1] + s * ry];
    // Where an end is meant, it is that end and no point beside it.
    for (const end of [a, b, c, d]) {
        if (samePlace(at, end)) return { at: [end[0], end[1]], s: Math.min(1, Math.max(0, s)), t: Math.min(1, Math.max(0, t)) };
    }
    return { at, s, t };
}

/**
 * Twice the area, positive where the ring runs against the clock.
 *
 * @param {Line} ring
 */
function signedArea(ring) {
    let sum = 0;
    for (let i = 0; i + 1 < ring.length; i++) {
        sum += (ring[i][0] - ring[0][0]) * (ring[i + 1][1] - ring[0][1]) - (ring[i + 1][0] - ring[0][0]) * (ring[i][1] - ring[0][1]);
    }
    return sum;
}

/**
 * @param {Point} point
 * @param {Line} ring
 */
function insideRing(point, ring) {
    let inside = false;
    for (let i = 0, j = ring.length - 1; i < ring.length; j = i++) {
        const [xi, yi] = ring[i];
        const [xj, yj] = ring[j];
        if (yi > point[1] !== yj > point[1] && point[0] < ((xj - xi) * (point[1] - yi)) / (yj - yi) + xi) inside = !inside;
    }
    return inside;
}

/**
 * @param {Point} point
 * @param {Rings} rings
 */
export function insidePolygon(point, rings) {
    return insideRing(point, rings[0]) && !rings.slice(1).some((hole) => insideRing(point, hole));
}

/**
 * What is wrong with areas, as far as one can see it without the service.
 *
 * @param {Rings[]} parts
 * @returns {{kind: 'corners' | 'crossing' | 'hole' | 'overlap', at: Point} | null}
 */
export function mistakeOfAreas(parts) {
    /** @type {{a: Point, b: Point, part: number, ring: number, i: number, n: number}[]} */
    const segments = [];
    for (const [part, rings] of parts.entries()) {
        for (const [ring, line] of rings.entries()) {
            const corners = line.filter((point, i) => i === 0 || !samePlace(point, line[i - 1]));
            if (corners.length < 4) return { kind: 'corners', at: line[0] ?? [0, 0] };
            for (let i = 0; i + 1 < corners.length; i++) segments.push({ a: corners[i], b: corners[i + 1], part, ring, i, n: corners.length - 1 });
        }
    }
    segments.sort((one, other) => Math.min(one.a[0], one.b[0]) - Math.min(other.a[0], other.b[0]));
    for (let i = 0; i < segments.length; i++) {
        const one = segments[i];
        const right = Math.max(one.a[0], one.b[0]);
        for (let j = i + 1; j < segments.length && Math.min(segments[j].a[0], segments[j].b[0]) <= right; j++) {
            const other = segments[j];
            if (Math.min(one.a[1], one.b[1]) > Math.max(other.a[1], other.b[1]) || Math.min(other.a[1], other.b[1]) > Math.max(one.a[1], one.b[1])) continue;
            const at = clash(one, other);
            if (at) return { kind: one.part !== other.part ? 'overlap' : one.ring !== other.ring ? 'hole' : 'crossing', at };
        }
    }
    for (const rings of parts) for (const line of rings) if (Math.abs(signedArea(line)) < 1e-3) return { kind: 'corners', at: line[0] };
    for (const [part, rings] of parts.entries()) {
        for (const hole of rings.slice(1)) if (!insideRing(inner(hole), rings[0])) return { kind: 'hole', at: hole[0] };
        for (const [k, other] of parts.entries()) if (k !== part && insidePolygon(inner(rings[0]), other)) return { kind: 'overlap', at: rings[0][0] };
    }
    return null;
}

/**
 * @param {{a: Point, b: Point, part: number, ring: number, i: number, n: number}} one
 * @param {{a: Point, b: Point, part: number, ring: number, i: number, n: number}} other
 * @returns {Point | null}
 */
function clash(one, other) {
    const sameRing = one.part === other.part && one.ring === other.ring;
    const gap = Math.abs(one.i - other.i);
    const neighbours = sameRing && (gap === 1 || gap === one.n - 1);
    const found = meeting(one.a, one.b, other.a, other.b);
    if (neighbours) {
        // Neighbours meet in their common corner; folding back onto itself is a mistake.
        const corner = samePlace(one.b, other.a) ? one.b : one.a;
        const far = corner === one.b ? one.a : one.b;
        const otherFar = samePlace(other.a, corner) ? other.b : other.a;
        const cross = (far[0] - corner[0]) * (otherFar[1] - corner[1]) - (far[1] - corner[1]) * (otherFar[0] - corner[0]);
        const dot = (far[0] - corner[0]) * (otherFar[0] - corner[0]) + (far[1] - corner[1]) * (otherFar[1] - corner[1]);
        const size = Math.hypot(far[0] - corner[0], far[1] - corner[1]) * Math.hypot(otherFar[0] - corner[0], otherFar[1] - corner[1]);
        return dot > 0 && Math.abs(cross) < 1e-9 * size ? corner : null;
    }
    if (!found) return null;
    // Rings of different parts or holes may touch in a corner.
    const touches = [one.a, one.b, other.a, other.b].some((end) => samePlace(found.at, end));
    return touches && !sameRing ? null : found.at;
}

/**
 * A point inside a ring.
 *
 * @param {Line} ring
 */
function inner(ring) {
    return interiorPoint([ring]);
}

/**
 * A point inside an area, as far from its edges to the left and right as an easy search finds.
 *
 * @param {Rings} rings
 * @returns {Point}
 */
export function interiorPoint(rings) {
    const levels = [...new Set(rings[0].map((point) => point[1]))].sort((a, b) => a - b);
    const gaps = levels.slice(1).map((level, i) => ({ y: (level + levels[i]) / 2, size: level - levels[i] })).sort((a, b) => b.size - a.size).slice(0, 8);
    let best = { at: rings[0][0], width: -1 };
    for (const { y } of gaps) {
        const crossings = rings.flatMap((ring) => ring.slice(1).flatMap((b, i) => {
            const a = ring[i];
            return a[1] > y !== b[1] > y ? [a[0] + ((y - a[1]) / (b[1] - a[1])) * (b[0] - a[0])] : [];
        })).sort((a, b) => a - b);
        for (let i = 0; i + 1 < crossings.length; i += 2) {
            const width = crossings[i + 1] - crossings[i];
            if (width > best.width) best = { at: [(crossings[i] + crossings[i + 1]) / 2, y], width };
        }
    }
    return best.at;
}

/**
 * Puts corners where lines meet.
 *
 * @param {Line} line
 * @param {Line[]} others
 * @returns {Line}
 */
function noded(line, others) {
    /** @type {Line} */
    const out = [line[0]];
    for (let i = 0; i + 1 < line.length; i++) {
        /** @type {{at: Point, s: number}[]} */
        const found = [];
        for (const other of others) {
            for (let j = 0; j + 1 < other.length; j++) {
                if (other === line && Math.abs(i - j) <= 1) continue;
                const meet = meeting(line[i], line[i + 1], other[j], other[j + 1]);
                if (meet) found.push({ at: meet.at, s: meet.s });
            }
        }
        found.sort((a, b) => a.s - b.s);
        for (const { at } of [...found, { at: line[i + 1], s: 1 }]) if (!samePlace(at, out[out.length - 1])) out.push(at);
    }
    return out;
}

/**
 * Cuts a line where a drawn line crosses it.
 *
 * @param {Line} line
 * @param {Line} cutter
 * @returns {Line[]} one where they do not cross
 */
export function splitLine(line, cutter) {
    const with_ = noded(line, [cutter]);
    const crossings = line.slice(1).flatMap((b, i) => cutter.slice(1).flatMap((d, j) => {
        const meet = meeting(line[i], b, cutter[j], d);
        return meet ? [meet.at] : [];
    }));
    /** @type {Line[]} */
    const parts = [[with_[0]]];
    for (let i = 1; i < with_.length; i++) {
        parts[parts.length - 1].push(with_[i]);
        if (i < with_.length - 1 && crossings.some((at) => samePlace(at, with_[i]))) parts.push([with_[i]]);
    }
    return parts;
}

/**
 * Cuts an area along a drawn line. Lines of area and cut become a graph; ends that lead nowhere are taken off, the faces
 * of what is left are the pieces; holes go to the piece around them.
 *
 * @param {Rings} rings
 * @param {Line} cutter
 * @returns {Rings[]} one where the cut does not go through; the largest first
 */
export function splitPolygon(rings, cutter) {
    const cut = noded(noded(cutter, [cutter]), rings);
    const edges = new Map();
    /** @type {Map<string, Point>} */
    const places = new Map();
    // Corners within a tenth of a millimetre are one, whichever cell of the grid they fall into.
    const nameOf = (/** @type {Point} */ point) => {
        const x = Math.round(point[0] / NEAR);
        const y = Math.round(point[1] / NEAR);
        for (let dx = -1; dx <= 1; dx++) for (let dy = -1; dy <= 1; dy++) {
            const near = `${x + dx} ${y + dy}`;
            const kept = places.get(near);
            if (kept && samePlace(kept, point)) return near;
        }
        places.set(`${x} ${y}`, point);
        return `${x} ${y}`;
    };
    const addLine = (/** @type {Line} */ line, /** @type {boolean} */ onlyInside) => {
        for (let i = 0; i + 1 < line.length; i++) {
            if (onlyInside && !insidePolygon([(line[i][0] + line[i + 1][0]) / 2, (line[i][1] + line[i + 1][1]) / 2], rings)) continue;
            const [a, b] = [nameOf(line[i]), nameOf(line[i + 1])];
            if (a !== b) edges.set(a < b ? a + '|' + b : b + '|' + a, [a, b]);
        }
    };
    for (const ring of rings) addLine(noded(ring, [cut]), false);
    addLine(cut, true);

    let faces = trace(withoutDeadEnds(edges), places);
    // An edge with the same face on both sides cuts nothing.
    for (let idle = faces.idle; idle.length; idle = faces.idle) {
        for (const name of idle) edges.delete(name);
        faces = trace(withoutDeadEnds(edges), places);
    }
    const shells = faces.rings.filter((ring) => signedArea(ring) > 0).map((ring) => [ring]);
    shells.sort((a, b) => Math.abs(signedArea(a[0])) - Math.abs(signedArea(b[0])));
    for (const hole of faces.rings.filter((ring) => signedArea(ring) < 0)) {
        const place = inner(hole);
        const size = Math.abs(signedArea(hole)) * (1 + 1e-9);
        shells.find((shell) => Math.abs(signedArea(shell[0])) > size && insideRing(place, shell[0]))?.push(hole);
    }
    const pieces = shells.filter((shell) => insidePolygon(interiorPoint(shell), rings));
    return pieces.sort((a, b) => areaOf(b) - areaOf(a));
}

/** @param {Rings} rings */
function areaOf(rings) {
    return rings.reduce((sum, ring, i) => sum + (i ? -1 : 1) * Math.abs(signedArea(ring)), 0);
}

/** @param {Map<string, [string, string]>} edges changed in place */
function withoutDeadEnds(edges) {
    for (;;) {
        /** @type {Map<string, number>} */
        const degree = new Map();
        for (const [a, b] of edges.values()) for (const end of [a, b]) degree.set(end, (degree.get(end) ?? 0) + 1);
        const dead = [...edges].filter(([, [a, b]]) => degree.get(a) === 1 || degree.get(b) === 1);
        if (!dead.length) return edges;
        for (const [name] of dead) edges.delete(name);
    }
}

/**
 * Walks around all faces, always turning as far to the right as possible.
 *
 * @param {Map<string, [string, string]>} edges
 * @param {Map<string, Point>} places
 * @returns {{rings: Line[], idle: string[]}} faces run against the clock, the outer edges of what hangs together with it
 */
function trace(edges, places) {
    /** @type {Map<string, string[]>} */
    const around = new Map();
    for (const [a, b] of edges.values()) {
        around.set(a, [...(around.get(a) ?? []), b]);
        around.set(b, [...(around.get(b) ?? []), a]);
    }
    const at = (/** @type {string} */ name) => /** @type {Point} */ (places.get(name));
    const angle = (/** @type {string} */ from, /** @type {string} */ to) => Math.atan2(at(to)[1] - at(from)[1], at(to)[0] - at(from)[0]);
    for (const [name, others] of around) others.sort((a, b) => angle(name, a) - angle(name, b));
    /** @type {Map<string, number>} */
    const walked = new Map();
    /** @type {Line[]} */
    const rings = [];
    for (const [a, b] of [...edges.values()].flatMap(([a, b]) => [[a, b], [b, a]])) {
        if (walked.has(a + '>' + b)) continue;
        const ring = [at(a)];
        let [from, to] = [a, b];
        do {
            walked.set(from + '>' + to, rings.length);
            ring.push(at(to));
            const others = /** @type {string[]} */ (around.get(to));
            const back = others.indexOf(from);
            [from, to] = [to, others[(back - 1 + others.length) % others.length]];
        } while (!walked.has(from + '>' + to));
        rings.push(ring);
    }
    const idle = [...edges].filter(([, [a, b]]) => walked.get(a + '>' + b) === walked.get(b + '>' + a)).map(([name]) => name);
    return { rings, idle };
}

/**
 * Cuts a hole into the part it lies in.
 *
 * @param {Rings[]} parts
 * @param {Line} hole closed
 * @returns {Rings[] | null} null where it does not lie wholly inside one part, outside its holes
 */
export function withHole(parts, hole) {
    const place = inner(hole);
    const index = parts.findIndex((rings) => insidePolygon(place, rings));
    if (index < 0) return null;
    const next = parts.map((rings, i) => (i === index ? [...rings, hole] : rings));
    return mistakeOfAreas(next) ? null : next;
}
