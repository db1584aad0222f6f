/**
 * A what-if as the map edits it: a named scenario to start from, and changes to it. Plain values; nothing here draws or
 * asks. The same text stands in the address, so that a link opens the same what-if.
 *
 * @typedef {[number, number]} LonLat
 *
 * @typedef {{kind: 'point', at: LonLat}} PointClosure closes the road section nearest to it
 * @typedef {{kind: 'line', points: LonLat[]}} LineClosure closes what it crosses
 * @typedef {{kind: 'flood', at: LonLat, radius: number}} FloodClosure a round area; metres
 * @typedef {{kind: 'area', points: LonLat[]}} AreaClosure a drawn area, first point not repeated
 * @typedef {{kind: 'roads', ids: string[]}} RoadClosure
 * @typedef {{kind: 'hazard', layer: string, filter: string, buffer: number}} HazardClosure every section within so many metres
 * @typedef {{kind: 'bridges', ids: string[]}} BridgeClosure bridges and tunnels by name or id
 * @typedef {{kind: 'factor', why: string, value: number}} Factor
 * @typedef {{kind: 'preset', name: string}} Preset a speed factor that the service knows by name: night, rain …
 * @typedef {{kind: 'off', id: string}} StationOff
 * @typedef {{kind: 'on', id: string}} StationOn a station that does not count now, such as a planned one
 * @typedef {{kind: 'moved', id: string, at: LonLat}} StationMoved
 * @typedef {{kind: 'added', at: LonLat, name: string}} StationAdded
 * @typedef {{kind: 'other', part: 'closures' | 'factors' | 'roads' | 'vehicle', value: any}} OtherChange part of a
 *     stored scenario that the map cannot edit: it is kept as it is
 * @typedef {PointClosure | LineClosure | FloodClosure | AreaClosure | RoadClosure | BridgeClosure | HazardClosure} Closure
 * @typedef {Closure | Factor | Preset | StationOff | StationOn | StationMoved | StationAdded | OtherChange} Change
 *
 * @typedef {object} WhatIf
 * @property {string} before name of a stored scenario that holds before the changes; empty: the world as the data have it
 * @property {string} after name of a stored scenario to look at instead of own changes; empty: none
 * @property {Change[]} changes
 */

/** @type {WhatIf} */
export const NOTHING = { before: '', after: '', changes: [] };

const METRES_PER_DEGREE = 111_320;

/** Corners of the polygon that stands for a round area. It lies around the circle, so that nothing of it is left out. */
const CORNERS = 32;

/** @param {WhatIf} whatIf */
export function changesNothing(whatIf) {
    return whatIf.changes.length === 0 && whatIf.after === '';
}

/** @param {Change} change */
export function isClosure(change) {
    return ['point', 'line', 'flood', 'area', 'roads', 'bridges', 'hazard'].includes(change.kind);
}

/** @param {Change} change */
export function isStationChange(change) {
    return ['off', 'on', 'moved', 'added'].includes(change.kind);
}

// ---- text of the address ------------------------------------------------------------------------------------------

/**
 * Changes apart by `;`, the parts of one by `~`: `p~105.64,32.37;c~105.6,32.4~500;f~rain~0.9;off~rs-sandui`.
 *
 * @param {WhatIf} whatIf
 */
export function toText(whatIf) {
    const parts = whatIf.changes.map(changeText);
    if (whatIf.before) parts.unshift('b~' + escape(whatIf.before));
    if (whatIf.after) parts.unshift('a~' + escape(whatIf.after));
    return parts.join(';');
}

/** @param {Change} change */
function changeText(change) {
    switch (change.kind) {
        case 'point': return 'p~' + place(change.at);
        case 'line': return 'l~' + change.points.map(place).join(',');
        case 'flood': return `c~${place(change.at)}~${Math.round(change.radius)}`;
        case 'area': return 'g~' + change.points.map(place).join(',');
        case 'roads': return 'r~' + change.ids.map(escape).join(',');
        case 'hazard': return `h~${escape(change.layer)}~${change.buffer}~${escape(change.filter)}`;
        case 'bridges': return 'br~' + change.ids.map(escape).join(',');
        case 'preset': return 'w~' + escape(change.name);
        case 'factor': return `f~${escape(change.why)}~${change.value}`;
        case 'off': return 'off~' + escape(change.id);
        case 'on': return 'on~' + escape(change.id);
        case 'moved': return `m~${escape(change.id)}~${place(change.at)}`;
        case 'added': return `n~${place(change.at)}~${escape(change.name)}`;
        case 'other': return `x~${change.part}~${escape(JSON.stringify(change.value))}`;
    }
}

/**
 * @param {string} text anything: what cannot be read is left out
 * @returns {WhatIf}
 */
export function fromText(text) {
    /** @type {WhatIf} */
    const whatIf = { before: '', after: '', changes: [] };
    for (const part of text.split(';')) {
        const [kind, ...values] = part.split('~');
        if (kind === 'b') whatIf.before = unescaped(values[0] ?? '');
        else if (kind === 'a') whatIf.after = unescaped(values[0] ?? '');
        else {
            const change = readChange(kind, values);
            if (change) whatIf.changes.push(change);
        }
    }
    return whatIf;
}

/**
 * @param {string} kind
 * @param {string[]} values
 * @returns {Change | null}
 */
function readChange(kind, values) {
    const at = (/** @type {number} */ i) => places(values[i] ?? '')[0] ?? null;
    const here = at(0);
    const number = Number(values[1]);
    switch (kind) {
        case 'p': return here && { kind: 'point', at: here };
        case 'l': return places(values[0] ?? '').length > 1 ? { kind: 'line', points: places(values[0]) } : null;
        case 'c': return here && number > 0 ? { kind: 'flood', at: here, radius: number } : null;
        case 'g': return places(values[0] ?? '').length > 2 ? { kind: 'area', points: places(values[0]) } : null;
        case 'r': return values[0] ? { kind: 'roads', ids: values[0].split(',').map(unescaped) } : null;
        case 'h': return values[0] && number >= 0 ? { kind: 'hazard', layer: unescaped(values[0]), buffer: number, filter: unescaped(values[2] ?? '') } : null;
        case 'br': return values[0] ? { kind: 'bridges', ids: values[0].split(',').map(unescaped) } : null;
        case 'w': return values[0] ? { kind: 'preset', name: unescaped(values[0]) } : null;
        case 'f': return values[0] && number > 0 && number <= 1 ? { kind: 'factor', why: unescaped(values[0]), value: number } : null;
        case 'off': return values[0] ? { kind: 'off', id: unescaped(values[0]) } : null;
        case 'on': return values[0] ? { kind: 'on', id: unescaped(values[0]) } : null;
        case 'm': {
            const to = at(1);
            return values[0] && to ? { kind: 'moved', id: unescaped(values[0]), at: to } : null;
        }
        case 'n': return here && { kind: 'added', at: here, name: unescaped(values[1] ?? '') };
        case 'x': return readOther(values);
        default: return null;
    }
}

/**
 * @param {string[]} values
 * @returns {Change | null}
 */
function readOther([part, text]) {
    if (part !== 'closures' && part !== 'factors' && part !== 'roads' && part !== 'vehicle') return null;
    try {
        return { kind: 'other', part, value: JSON.parse(unescaped(text ?? '')) };
    } catch {
        return null;
    }
}

/** About one metre: what a drag of the mouse can mean. */
/** @param {LonLat} at */
function place(at) {
    return at.map((one) => Number(one.toFixed(5))).join(',');
}

/**
 * @param {string} text
 * @returns {LonLat[]}
 */
function places(text) {
    const numbers = text.split(',').map(Number);
    /** @type {LonLat[]} */
    const found = [];
    for (let i = 0; i + 1 < numbers.length; i += 2) {
        const [lon, lat] = [numbers[i], numbers[i + 1]];
        if (Number.isFinite(lon) && Number.isFinite(lat) && Math.abs(lon) <= 180 && Math.abs(lat) <= 85) found.push([lon, lat]);
    }
    return found;
}

/** @param {string} words */
function escape(words) {
    return words.replace(/[%~;,]/g, (sign) => '%' + sign.charCodeAt(0).toString(16));
}

/** @param {string} words */
function unescaped(words) {
    return words.replace(/%([0-9a-f]{2})/g, (_, code) => String.fromCharCode(parseInt(code, 16)));
}

// ---- as the service takes it --------------------------------------------------------------------------------------

/**
 * @param {Change[]} changes
 * @returns {any} an inline scenario
 */
export function toScenario(changes) {
    /** @type {any} */
    const scenario = {};
    /** @type {any} */
    const facilities = {};
    const put = (/** @type {any} */ into, /** @type {string} */ list, /** @type {any} */ value) => (into[list] ??= []).push(value);
    changes.forEach((one, i) => {
        switch (one.kind) {
            case 'preset': return put(scenario, 'factors', { preset: one.name });
            case 'factor': return put(scenario, 'factors', { value: one.value, why: one.why });
            case 'off': return put(facilities, 'off', one.id);
            case 'on': return put(facilities, 'on', one.id);
            case 'moved': return void ((facilities.moved ??= {})[one.id] = one.at);
            case 'added':
                facilities.added ??= { type: 'FeatureCollection', features: [] };
                return void facilities.added.features.push({
                    type: 'Feature', id: `new-${i + 1}`, geometry: { type: 'Point', coordinates: one.at }, properties: { id: `new-${i + 1}`, name: one.name },
                });
            case 'other':
                if (one.part === 'closures' || one.part === 'factors') put(scenario, one.part, one.value);
                else scenario[one.part] = one.value;
                return undefined;
            default: return put(scenario, 'closures', closureOf(one));
        }
    });
    if (Object.keys(facilities).length) scenario.facilities = facilities;
    return scenario;
}

/**
 * @param {Closure} closure
 * @returns {any}
 */
export function closureOf(closure) {
    switch (closure.kind) {
        case 'point': return { type: 'Point', coordinates: closure.at };
        case 'line': return { type: 'LineString', coordinates: closure.points };
        case 'flood': return { type: 'Polygon', coordinates: [ring(round(closure.at, closure.radius))] };
        case 'area': return { type: 'Polygon', coordinates: [ring(closure.points)] };
        case 'roads': return { roads: closure.ids };
        case 'bridges': return { bridges: closure.ids };
        case 'hazard': return { layer: closure.layer, ...(closure.filter ? { filter: closure.filter } : {}), bufferMetres: closure.buffer };
    }
}

/**
 * @param {LonLat} at
 * @param {number} metres
 * @returns {LonLat[]}
 */
export function round(at, metres) {
    const radius = metres / Math.cos(Math.PI / CORNERS) / METRES_PER_DEGREE;
    const stretch = 1 / Math.max(0.05, Math.cos((at[1] * Math.PI) / 180));
    return Array.from({ length: CORNERS }, (_, i) => {
        const turn = (i / CORNERS) * 2 * Math.PI;
        return [at[0] + radius * stretch * Math.cos(turn), at[1] + radius * Math.sin(turn)];
    });
}

/** @param {LonLat[]} points */
function ring(points) {
    return [...points, points[0]];
}

// ---- from the service ---------------------------------------------------------------------------------------------

/**
 * The changes of a stored scenario, so that they can be edited and more can be added.
 *
 * @param {any} scenario inline
 * @returns {Change[]}
 */
export function fromScenario(scenario) {
    /** @type {Change[]} */
    const changes = [];
    for (const one of scenario?.closures ?? []) changes.push(closureFrom(one));
    for (const one of scenario?.factors ?? []) {
        if (one.area) changes.push({ kind: 'other', part: 'factors', value: one });
        else if (one.preset) changes.push({ kind: 'preset', name: one.preset });
        else changes.push({ kind: 'factor', why: one.why ?? '', value: one.value });
    }
    const { off = [], on = [], moved = {}, added } = scenario?.facilities ?? {};
    for (const id of off) changes.push({ kind: 'off', id });
    for (const id of on) changes.push({ kind: 'on', id });
    for (const [id, at] of Object.entries(moved)) changes.push({ kind: 'moved', id, at: /** @type {LonLat} */ (at) });
    for (const one of added?.features ?? []) changes.push({ kind: 'added', at: one.geometry.coordinates, name: one.properties?.name ?? '' });
    if (scenario?.roads) changes.push({ kind: 'other', part: 'roads', value: scenario.roads });
    if (scenario?.vehicle) changes.push({ kind: 'other', part: 'vehicle', value: scenario.vehicle });
    return changes;
}

/**
 * @param {any} one
 * @returns {Change}
 */
function closureFrom(one) {
    const at = one.coordinates;
    // A reason of its own must not be lost on the way through the map.
    if (one.why || one.type === 'Feature') return { kind: 'other', part: 'closures', value: one };
    if (one.type === 'Point') return { kind: 'point', at };
    if (one.type === 'LineString') return { kind: 'line', points: at };
    if (one.type === 'Polygon' && at.length === 1 && at[0].length <= 200) return { kind: 'area', points: at[0].slice(0, -1) };
    if (Array.isArray(one.roads) && Object.keys(one).length === 1) return { kind: 'roads', ids: one.roads };
    if (Array.isArray(one.bridges) && Object.keys(one).length === 1) return { kind: 'bridges', ids: one.bridges };
    if (one.layer && Object.keys(one).every((name) => ['layer', 'filter', 'bufferMetres'].includes(name))) {
        return { kind: 'hazard', layer: one.layer, filter: one.filter ?? '', buffer: one.bufferMetres ?? 0 };
    }
    return { kind: 'other', part: 'closures', value: one };
}
