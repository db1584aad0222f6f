/**
 * The hour without a network: shelters and areas of danger that the phone kept, searched by compass and straight line.
 *
 * @typedef {object} Kept a shelter
 * @property {string} id
 * @property {string} name
 * @property {number} lon
 * @property {number} lat
 * @property {string} status
 * @property {number | null} freePlaces
 * @property {number | null} capacity
 * @property {string | null} asOf
 * @property {Record<string, string>} refused why it is out, a code by hazard; `any` for all
 * @property {string[]} unknownFor hazards of which nobody knows whether it is fit
 * @property {string[]} has
 *
 * @typedef {object} Pack
 * @property {string} madeAt ISO 8601
 * @property {boolean} drill
 * @property {Kept[]} shelters
 * @property {Record<string, {name: string, geometry: {type: string, coordinates: any}}[]>} dangers by hazard
 * @property {Record<string, {onTheWay: string[], onTheSpot: string[]}>} advice
 * @property {{name: string, phone: string} | null} contact
 *
 * @typedef {object} OfflineChoice
 * @property {Kept} shelter
 * @property {number} metres straight
 * @property {number} degrees from north, clockwise
 * @property {boolean} unknownFit
 */

import { fetchShelterPack } from '../api.js';
import { language } from '../i18n.js';

const PLACE = 'shelter-pack-';

/**
 * Fetches what the phone shall keep and keeps it.
 *
 * @param {{lon: number, lat: number} | null} near
 * @returns {Promise<Pack>}
 */
export async function keep(near) {
    const pack = await fetchShelterPack(near);
    try {
        localStorage.setItem(PLACE + language(), JSON.stringify(pack));
    } catch {
        // A full or forbidden store: the page still works while it is open.
    }
    return pack;
}

/** @returns {Pack | null} */
export function kept() {
    try {
        const text = localStorage.getItem(PLACE + language());
        return text ? JSON.parse(text) : null;
    } catch {
        return null;
    }
}

/**
 * The nearest that may be used, those known to be fit first.
 *
 * @param {Pack} pack
 * @param {{lon: number, lat: number, hazard: string | null, people: number}} question
 * @returns {{choices: OfflineChoice[], refused: {name: string, code: string}[]}}
 */
export function searchKept(pack, question) {
    const hazard = question.hazard ?? 'any';
    /** @type {OfflineChoice[]} */
    const choices = [];
    /** @type {{name: string, code: string, metres: number}[]} */
    const refused = [];
    for (const shelter of pack.shelters) {
        const far = metres(question.lon, question.lat, shelter.lon, shelter.lat);
        const code = shelter.refused[hazard] ?? shelter.refused.any
            ?? (shelter.freePlaces !== null && shelter.freePlaces < question.people ? 'full' : null);
        if (code) refused.push({ name: shelter.name, code, metres: far });
        else {
            choices.push({
                shelter, metres: far,
                degrees: bearing(question.lon, question.lat, shelter.lon, shelter.lat),
                unknownFit: shelter.unknownFor.includes(hazard),
            });
        }
    }
    choices.sort((a, b) => Number(a.unknownFit) - Number(b.unknownFit) || a.metres - b.metres);
    refused.sort((a, b) => a.metres - b.metres);
    const within = choices[0]?.metres ?? Infinity;
    return { choices: choices.slice(0, 3), refused: refused.filter((one) => one.metres <= within).slice(0, 5) };
}

/**
 * @param {Pack} pack
 * @param {string | null} hazard
 * @param {number} lon
 * @param {number} lat
 * @returns {string | null} the name of the area of danger in which the place lies
 */
export function inDanger(pack, hazard, lon, lat) {
    for (const area of pack.dangers[hazard ?? ''] ?? []) if (covers(area.geometry, lon, lat)) return area.name;
    return null;
}

/**
 * @param {{type: string, coordinates: any}} geometry
 * @param {number} lon
 * @param {number} lat
 */
function covers(geometry, lon, lat) {
    /** @type {number[][][][]} */
    const polygons = geometry.type === 'MultiPolygon' ? geometry.coordinates : geometry.type === 'Polygon' ? [geometry.coordinates] : [];
    return polygons.some((rings) => rings.filter((ring) => inRing(ring, lon, lat)).length % 2 === 1);
}

/**
 * @param {number[][]} ring
 * @param {number} lon
 * @param {number} lat
 */
function inRing(ring, lon, lat) {
    let inside = false;
    for (let i = 0, j = ring.length - 1; i < ring.length; j = i++) {
        const [ax, ay] = ring[i];
        const [bx, by] = ring[j];
        if (ay > lat !== by > lat && lon < ((bx - ax) * (lat - ay)) / (by - ay) + ax) inside = !inside;
    }
    return inside;
}

/**
 * Great circle, metres.
 *
 * @param {number} lon1
 * @param {number} lat1
 * @param {number} lon2
 * @param {number} lat2
 */
export function metres(lon1, lat1, lon2, lat2) {
    const rad = Math.PI / 180;
    const a = Math.sin(((lat2 - lat1) * rad) / 2) ** 2
        + Math.cos(lat1 * rad) * Math.cos(lat2 * rad) * Math.sin(((lon2 - lon1) * rad) / 2) ** 2;
    return 2 * 6371000 * Math.asin(Math.min(1, Math.sqrt(a)));
}

/**
 * Degrees from north, clockwise.
 *
 * @param {number} lon
 * @param {number} lat
 * @param {number} toLon
 * @param {number} toLat
 */
export function bearing(lon, lat, toLon, toLat) {
    const east = (toLon - lon) * Math.cos((lat * Math.PI) / 180);
    return (Math.atan2(east, toLat - lat) * (180 / Math.PI) + 360) % 360;
}
