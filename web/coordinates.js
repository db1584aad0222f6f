/**
 * Coordinates as people type them: 105.84, 32.43; 32.43N 105.84E; 105°49′12″ 32°26′; 105-49-12 32-26-03; E105.49.12
 * N32.26.03; with Chinese words for east, north, degrees, minutes and seconds, and wide digits.
 */

/** Chinese words and the signs they stand for: east, west, north, south, longitude, latitude, degree, minute, second. */
/** @type {[RegExp, string][]} */
const SIGNS = [
    [/\u4e1c\u7ecf|\u7ecf\u5ea6/g, ' E'], [/\u897f\u7ecf/g, ' W'], [/\u5317\u7eac|\u7eac\u5ea6/g, ' N'], [/\u5357\u7eac/g, ' S'],
    [/[\u5ea6\u00ba\u02da]/g, '\u00b0'], [/[\u5206'\u2019\u2032\u00b4]/g, '\u2032'], [/[\u79d2"\u201d\u2033]/g, '\u2033'], [/\u2032\u2032/g, '\u2033'],
];

const FORMS = [
    // 105°49′12″, 105°49.2′, 105.82°
    /([EWNS])?\s*(-?\d{1,3}(?:\.\d+)?)\s*°(?:\s*(\d{1,2}(?:\.\d+)?)\s*′)?(?:\s*(\d{1,2}(?:\.\d+)?)\s*″)?\s*([EWNS](?![A-Z\d]))?/g,
    // 105-49-12, 105.49.12
    /([EWNS])?\s*(\d{1,3})[-.](\d{1,2})[-.](\d{1,2}(?:\.\d+)?)\s*([EWNS](?![A-Z\d]))?/g,
    // 105.82
    /([EWNS])?\s*([-+]?\d{1,3}\.\d+)()()\s*([EWNS](?![A-Z\d]))?/g,
];

/**
 * @param {string} text
 * @returns {{lon: number, lat: number} | null} null where it is no pair of coordinates
 */
export function readPlace(text) {
    let plain = text.normalize('NFKC').toUpperCase();
    for (const [word, sign] of SIGNS) plain = plain.replace(word, sign);
    for (const form of FORMS) {
        const found = [...plain.matchAll(form)];
        if (found.length !== 2 || plain.replace(form, '').replace(/[\s,;:/()[\]\u3001]/g, '') !== '') continue;
        const [a, b] = found.map(angle);
        if (a && b) return inOrder(a, b);
    }
    return null;
}

/**
 * @param {RegExpMatchArray} found
 * @returns {{degrees: number, letter: string} | null}
 */
function angle(found) {
    const [, before, degrees, minutes, seconds, after] = found;
    const m = Number(minutes || 0);
    const s = Number(seconds || 0);
    if (m >= 60 || s >= 60) return null;
    const letter = before || after || '';
    const size = Math.abs(Number(degrees)) + m / 60 + s / 3600;
    const negative = degrees.startsWith('-') || letter === 'W' || letter === 'S';
    return { degrees: negative ? -size : size, letter };
}

/**
 * @param {{degrees: number, letter: string}} a
 * @param {{degrees: number, letter: string}} b
 */
function inOrder(a, b) {
    const northFirst = /[NS]/.test(a.letter) || /[EW]/.test(b.letter)
        // Without letters: what passes 90 is a longitude; in China the longitude is the larger of the two.
        || (!/[EW]/.test(a.letter) && !/[NS]/.test(b.letter) && Math.abs(b.degrees) > Math.abs(a.degrees));
    const [lon, lat] = northFirst ? [b.degrees, a.degrees] : [a.degrees, b.degrees];
    return Math.abs(lon) <= 180 && Math.abs(lat) <= 90 ? { lon, lat } : null;
}
