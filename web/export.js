/**
 * The form in which a layer, or what a filter lets through, is taken away as a file.
 *
 * @typedef {{layer: string, title: string, box: import('./api.js').Box | null, filter?: string, then?: string}} Wanted
 */

import { exportLayer } from './api.js';
import { el, fill, icon, saveFile, say } from './dom.js';
import { t } from './i18n.js';
import { problemBox } from './problem.js';
import { picker } from './panels/filter.js';

const FORMATS = ['xlsx', 'csv', 'gpkg', 'shp', 'geojson', 'kml'];
/** Formats that keep places in degrees of WGS84 whatever one wishes. */
const ALWAYS_DEGREES = new Set(['kml']);
const WITH_ENCODING = new Set(['csv', 'shp']);

/** Kept while the page is open: who exports once exports again the same way. */
let wish = { format: 'xlsx', crs: 'EPSG:4490', encoding: 'utf-8' };

/**
 * @param {() => Wanted} wanted
 * @returns {HTMLElement}
 */
export function exportForm(wanted) {
    const form = el('form', {
        class: 'export form', onsubmit: (/** @type {Event} */ event) => {
            event.preventDefault();
            void save();
        },
    });
    /** @type {unknown} */
    let failure = null;
    let working = false;

    /**
     * @param {string} words
     * @param {HTMLElement} control
     */
    function field(words, control) {
        return el('label', { class: 'field' }, el('span', {}, words), control);
    }

    function draw() {
        const systems = coordinateSystems(wanted().box);
        if (!systems.some((one) => one.value === wish.crs)) wish = { ...wish, crs: systems[0].value };
        const encodings = ['utf-8', 'gbk'].map((one) => ({ value: one, title: t('export.encoding.' + one) }));
        fill(form,
            field(t('export.format'), picker(t('export.format'), FORMATS.map((one) => ({ value: one, title: t('export.format.' + one) })), wish.format, (value) => {
                wish.format = value;
                draw();
                form.querySelector('select')?.focus();
            })),
            !ALWAYS_DEGREES.has(wish.format) && field(t('export.crs'), picker(t('export.crs'), systems, wish.crs, (value) => { wish.crs = value; })),
            WITH_ENCODING.has(wish.format) && field(t('export.encoding'), picker(t('export.encoding'), encodings, wish.encoding, (value) => { wish.encoding = value; })),
            failure !== null && problemBox(failure),
            el('button', { class: 'button primary', disabled: working }, icon('download', 16), t(working ? 'export.working' : 'export.save')));
    }

    async function save() {
        const { layer, filter, then } = wanted();
        working = true;
        failure = null;
        draw();
        try {
            const file = await exportLayer(layer, {
                format: wish.format, filter, then,
                crs: ALWAYS_DEGREES.has(wish.format) ? '' : wish.crs,
                encoding: WITH_ENCODING.has(wish.format) ? wish.encoding : '',
            });
            saveFile(file.content, file.name);
            say(t('export.done', { name: file.name }));
        } catch (error) {
            failure = error;
        }
        working = false;
        draw();
    }

    draw();
    return form;
}

/**
 * Systems that a county office asks for: CGCS2000 in degrees, its 3-degree zone and the neighbours, the zone with its
 * number before the easting, WGS84, Web Mercator.
 *
 * @param {import('./api.js').Box | null} box
 * @returns {{value: string, title: string}[]}
 */
function coordinateSystems(box) {
    const lon = box ? (box[0] + box[2]) / 2 : 105;
    const here = Math.min(135, Math.max(75, Math.round(lon / 3) * 3));
    const zones = [here, here - 3, here + 3].filter((meridian) => meridian >= 75 && meridian <= 135);
    return [
        { value: 'EPSG:4490', title: t('export.crs.cgcs2000') },
        ...zones.map((meridian) => ({ value: 'EPSG:' + (4534 + (meridian - 75) / 3), title: t('export.crs.zone', { meridian, code: 4534 + (meridian - 75) / 3 }) })),
        { value: 'EPSG:' + (4513 + (here - 75) / 3), title: t('export.crs.zoneNumber', { zone: here / 3, code: 4513 + (here - 75) / 3 }) },
        { value: 'EPSG:4326', title: 'WGS84 (EPSG:4326)' },
        { value: 'EPSG:3857', title: 'Web Mercator (EPSG:3857)' },
    ];
}
