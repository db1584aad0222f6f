/** Figures, times and dates as people read them. Unknown stays unknown: never zero, never blank. */

import { language, locale, t } from './i18n.js';

/** All of China keeps one time, whatever the clock of the browser's machine is set to. */
const ZONE = 'Asia/Shanghai';

/** To make one costs a millisecond, and a page writes hundreds of figures: each is made once. */
const made = /** @type {Map<string, Intl.NumberFormat | Intl.DateTimeFormat>} */ (new Map());

/**
 * @param {number} least digits after the point
 * @param {number} most
 * @returns {Intl.NumberFormat}
 */
function figures(least, most) {
    const key = `${locale()} ${least} ${most}`;
    const known = /** @type {Intl.NumberFormat | undefined} */ (made.get(key));
    const format = known ?? new Intl.NumberFormat(locale(), { minimumFractionDigits: least, maximumFractionDigits: most, useGrouping: 'always' });
    made.set(key, format);
    return format;
}

/**
 * @param {string} tongue
 * @param {Intl.DateTimeFormatOptions} options
 * @returns {Intl.DateTimeFormat}
 */
function dates(tongue, options) {
    const key = tongue + Object.keys(options).join();
    const known = /** @type {Intl.DateTimeFormat | undefined} */ (made.get(key));
    const format = known ?? new Intl.DateTimeFormat(tongue, options);
    made.set(key, format);
    return format;
}

/**
 * @param {number} value
 * @param {number} digits at most so many after the point
 */
export function number(value, digits = 0) {
    return figures(0, digits).format(value);
}

/**
 * People with their unit: 58.6 万人, 9,800 人.
 *
 * @param {number | null | undefined} people
 */
export function people(people) {
    return inPeople(people, 'unit.people');
}

/**
 * The same for a column whose head says what is counted: English leaves the unit out.
 *
 * @param {number | null | undefined} people
 */
export function peopleInColumn(people) {
    return inPeople(people, 'unit.people.column');
}

/**
 * @param {number | null | undefined} people
 * @param {string} key
 */
function inPeople(people, key) {
    if (people === null || people === undefined) return t('value.unknown');
    if (language() === 'zh' && people >= 9_999.5) return t('unit.peopleTenThousand', { n: tenThousands(people) });
    return t(key, { n: number(Math.round(people)) });
}

/**
 * 586 000 as 58.6; one digit after the point, as a county office writes it.
 *
 * @param {number} people
 */
function tenThousands(people) {
    return number(people / 10_000, 1);
}

/**
 * With always so many digits after the point, for columns.
 *
 * @param {number} value
 * @param {number} digits
 */
export function fixed(value, digits) {
    return figures(digits, digits).format(value);
}

/** @param {number | null | undefined} share 0 to 1 */
export function percent(share) {
    if (share === null || share === undefined) return t('value.unknown');
    const shown = share * 100;
    // Nearly all is not all: 99.97 % must not be read as 100 %, nor 0.03 % as nobody.
    if (share < 1 && shown > 99.9) return (Math.floor(shown * 100) / 100).toFixed(2) + '%';
    if (share > 0 && shown < 0.1) return '<0.1%';
    return fixed(shown, 1) + '%';
}

/** @param {number | null | undefined} squareMetres */
export function area(squareMetres) {
    if (squareMetres === null || squareMetres === undefined) return t('value.unknown');
    const km2 = squareMetres / 1e6;
    return t('unit.km2', { n: number(km2, km2 < 10 ? 2 : km2 < 100 ? 1 : 0) });
}

/**
 * A travel time. It is rounded up, so that 60 minutes 1 second never reads as 60 minutes.
 *
 * @param {number} seconds
 */
export function travelTime(seconds) {
    if (seconds < 60) return t('unit.underMinute');
    return t('unit.minutes', { n: number(wholeMinutes(seconds)) });
}

/** @param {number} seconds */
export function wholeMinutes(seconds) {
    return Math.ceil(seconds / 60 - 1e-9);
}

/**
 * A time limit: 1 小时, 30 分钟.
 *
 * @param {number} minutes
 */
export function limit(minutes) {
    return minutes % 60 === 0 ? t('unit.hour', { n: minutes / 60 }) : t('unit.minutes', { n: number(minutes, 1) });
}

/** @param {number} metres */
export function metres(metres) {
    return metres < 1000 ? t('unit.m', { n: number(metres) }) : t('unit.km', { n: number(metres / 1000, 1) });
}

/**
 * 2026年3月5日 14:20, 5 March 2026, 14:20.
 *
 * @param {string | Date} when ISO 8601
 */
export function dateTime(when) {
    const date = when instanceof Date ? when : new Date(when);
    if (Number.isNaN(date.getTime())) return String(when);
    const time = dates('en-GB', { hour: '2-digit', minute: '2-digit', timeZone: ZONE }).format(date);
    return language() === 'zh' ? `${day(date)} ${time}` : `${day(date)}, ${time}`;
}

/**
 * 14:20:05, for a clock.
 *
 * @param {Date} when
 */
export function clockTime(when) {
    return dates('en-GB', { hour: '2-digit', minute: '2-digit', second: '2-digit', timeZone: ZONE }).format(when);
}

/** @param {string | Date} when */
export function day(when) {
    // A bare date (2026-03-05) is that day; without a time it would be read as midnight in Greenwich.
    const date = when instanceof Date ? when : new Date(/^\d{4}-\d\d-\d\d$/.test(when) ? when + 'T12:00+08:00' : when);
    if (Number.isNaN(date.getTime())) return String(when);
    return dates(language() === 'zh' ? 'zh-CN' : 'en-GB', { day: 'numeric', month: 'long', year: 'numeric', timeZone: ZONE }).format(date);
}

/** @param {string | null | undefined} when */
export function asOf(when) {
    return when ? t('value.asOf', { when: dateTime(when) }) : t('value.asOfUnknown');
}

/** @param {string | null | undefined} when */
export function asOfDay(when) {
    return when ? t('value.asOf', { when: day(when) }) : t('value.asOfUnknown');
}

/**
 * 东经 105.8452° 北纬 32.4341°.
 *
 * @param {number} lon
 * @param {number} lat
 */
export function position(lon, lat) {
    const east = t(lon < 0 ? 'map.west' : 'map.east');
    const north = t(lat < 0 ? 'map.south' : 'map.north');
    const x = Math.abs(lon).toFixed(4) + '°';
    const y = Math.abs(lat).toFixed(4) + '°';
    return language() === 'zh' ? `${east} ${x}  ${north} ${y}` : `${y} ${north}  ${x} ${east}`;
}
