/**
 * Everything that the page asks the service. The only file that calls `fetch`.
 *
 * @typedef {import('./i18n.js').Title} Title
 * @typedef {import('./i18n.js').Language} Language
 *
 * @typedef {object} LayerInfo
 * @property {string} id
 * @property {Title} title
 * @property {string} group
 * @property {'point' | 'line' | 'polygon'} geometry
 * @property {string} [sensitivity]
 * @property {number} order small is drawn first, below the others
 * @property {number} count
 * @property {number} version
 * @property {string | null} asOf ISO 8601
 * @property {boolean} illustrative
 * @property {Box | null} bbox
 *
 * @typedef {[number, number, number, number]} Box west, south, east, north in degrees
 *
 * @typedef {object} Info
 * @property {string} version
 * @property {string | null} district its name, as the data give it
 * @property {Box | null} bbox of the district, else of all layers
 * @property {boolean} illustrative whether any of the data are
 * @property {{url: string, attribution: string} | null} basemap
 * @property {{id: string, title: Title}[]} groups
 * @property {LayerInfo[]} layers
 *
 * @typedef {object} GeoFeature
 * @property {string | number} [id]
 * @property {{type: string, coordinates: any} | null} geometry
 * @property {Record<string, any>} properties
 *
 * @typedef {{features: GeoFeature[], matched: number | null, next: string | null}} Page
 *
 * @typedef {object} Attribute
 * @property {string} name
 * @property {string} title in the language of the page
 * @property {string} type `string`, `integer`, `number`, `boolean`, `array`
 * @property {string | null} format `date`, `date-time` or null
 * @property {string | null} unit
 * @property {string | null} note what it means, where the title does not say it
 * @property {{value: string, title: string}[]} values the allowed ones; empty where all are
 * @property {boolean} required
 * @property {number | null} min
 * @property {number | null} max
 * @property {number | null} longest characters
 * @property {'public' | 'internal' | 'restricted'} sensitivity
 * @property {string | null} source norm and clause
 * @property {Derived | null} derived how it is computed; null where it is entered
 *
 * @typedef {{formula: string, clause: string}} Derived
 *
 * @typedef {{style: any, legend: LegendEntry[]}} Style
 * @typedef {{title: Title | string, style?: any, geometry?: string, filter?: any}} LegendEntry
 *
 * @typedef {object} CircleInputs the inputs of the process `rescue-circle`
 * @property {{layer: string, filter?: string}} facilities
 * @property {number[]} minutes
 * @property {string} profile
 * @property {string} direction
 * @property {'none'} [turnout] left out where turnout time counts
 * @property {any} [helicopters]
 * @property {boolean} [backup]
 * @property {any} [scenario] a name or inline
 * @property {any} [compare] a name or inline
 *
 * @typedef {object} Uncovered
 * @property {string} id
 * @property {string} name
 * @property {number | null} people
 * @property {number | null} seconds null where no way leads there
 * @property {string | null} [nearestFacilityId]
 * @property {string} [reasonText]
 * @property {string} [reason]
 * @property {number} lon
 * @property {number} lat
 *
 * @typedef {object} CircleAnswer
 * @property {{features: GeoFeature[]}} bands
 * @property {{features: GeoFeature[]}} areas
 * @property {Covered} covered
 * @property {Uncovered[]} uncovered
 * @property {Accuracy | null} [accuracy]
 * @property {any[]} [townships] a row a township
 * @property {{layer: string, title: string, group: string, total: number, outside: number, places: Uncovered[]}[]} [lists] places outside by layer
 * @property {any[]} [kinds] each of several kinds of help for itself
 * @property {any} [backup] who covers when the first is out, where it was asked
 * @property {Record<string, any>} inputs as understood, defaults filled in
 * @property {{layers: {layer: string, version: number, count: number, asOf: string | null}[],
 *     roads: {version: string, source: string, asOf: string | null, junctions: number, edges: number} | null,
 *     illustrative: boolean}} data
 * @property {string[]} warnings
 * @property {number} computedMillis
 *
 * @typedef {object} Covered
 * @property {'villages' | 'raster' | 'none'} [peopleFrom]
 * @property {number | null} people
 * @property {number | null} shareOfPeople of those known, 0 to 1
 * @property {number | null} [peopleKnownTotal]
 * @property {number} areaSquareMetres
 * @property {number} [villagesTotal]
 * @property {number} [villagesPeopleUnknown] villages inside whose people nobody knows
 *
 * @typedef {object} Accuracy
 * @property {number} samples
 * @property {number} sameShare 0 to 1
 * @property {number} maxErrorSeconds
 * @property {number} [villages] among the samples
 * @property {number} [villagesOnTheOtherSide] of the line on the map than by their exact time
 *
 * @typedef {object} SheetWish a map sheet: an answer and layers on paper
 * @property {string} [process] the question that is answered and drawn
 * @property {any} [inputs] of the process
 * @property {string} [job] a question answered before, instead of the two
 * @property {string} [title]
 * @property {string} [paper] `A3` or `A4`
 * @property {string} [orientation] `landscape` or `portrait`
 * @property {string} [format] `pdf` or `png`
 * @property {boolean} [drill]
 * @property {string[]} [layers]
 * @property {any} [table]
 *
 * @typedef {{signedIn: boolean, name: string | null, roles: string[]}} Session
 *
 * @typedef {{feature: GeoFeature, tag: string}} Tagged a feature and the name of the state in which it was read
 * @typedef {{feature: GeoFeature, tag: string, changeSet: number}} Saved
 *
 * @typedef {object} HistoryEntry one change to one feature
 * @property {number} changeSet
 * @property {number} layerVersion
 * @property {string} at ISO 8601
 * @property {string} who
 * @property {string} why
 * @property {'create' | 'update' | 'delete' | 'load'} operation
 * @property {string} operationText
 * @property {boolean} geometryChanged
 * @property {{attribute: string, title: string, before: any, after: any, beforeText: string, afterText: string}[]} changes
 * @property {GeoFeature['geometry']} [geometryBefore]
 * @property {GeoFeature['geometry']} [geometryAfter]
 *
 * @typedef {object} ChangeSet one edit or import, counted
 * @property {number} number
 * @property {string} at
 * @property {string} who
 * @property {string} why
 * @property {number} layerVersion
 * @property {number} created
 * @property {number} updated
 * @property {number} deleted
 * @property {number} loaded
 *
 * @typedef {object} Found one answer of the search
 * @property {string} layer
 * @property {string} layerTitle
 * @property {string} id
 * @property {string} name
 * @property {string} attribute whose value matched
 * @property {string} text that value
 * @property {[number, number] | null} match from and to in the text
 * @property {number} lon
 * @property {number} lat
 * @property {Box | null} bbox
 * @property {string | null} place
 *
 * @typedef {object} Finding one thing that the data doctor found
 * @property {string} id
 * @property {string} check
 * @property {'error' | 'warning' | 'notice'} severity
 * @property {string | null} feature null where it is about many
 * @property {string} name
 * @property {string} text
 * @property {number | null} lon
 * @property {number | null} lat
 * @property {Box | null} bbox
 * @property {GeoFeature['geometry']} geometry what to draw beside it
 * @property {{title: string, safe: boolean} | null} mend
 * @property {string[]} others ids
 * @property {number} features how many it is about
 *
 * @typedef {object} Diagnosis
 * @property {string} layer
 * @property {number} version
 * @property {number} checked
 * @property {{check: string, title: string, severity: Finding['severity'], count: number, listed: number, mendable: number}[]} counts
 * @property {Finding[]} findings
 * @property {string[]} warnings
 *
 * @typedef {object} Look what a file was taken for
 * @property {string} upload
 * @property {string} fileName
 * @property {number} bytes
 * @property {string} format
 * @property {{value: string, origin: 'declared' | 'detected' | 'asked'}} encoding
 * @property {{value: string | null, title: string | null, origin: 'file' | 'asked' | 'profile' | 'guessed' | 'unknown', candidates: {value: string, title: string}[]}} crs
 * @property {string[]} tables
 * @property {string} table
 * @property {string | null} layer
 * @property {{id: string, title: Title | string} | null} profile
 * @property {{id: string, title: Title | string, layer: string}[]} profiles
 * @property {{name: string, title: Title | string, unit: string | null, required: boolean}[]} attributes
 * @property {{name: string, samples: string[], use: string, attribute: string | null, why: string}[]} columns
 * @property {string[][]} rows
 * @property {{features: GeoFeature[]}} features
 * @property {string[]} warnings
 *
 * @typedef {object} ImportReport
 * @property {string} layer
 * @property {boolean} dryRun
 * @property {boolean} stored
 * @property {boolean} wouldStore
 * @property {number} read
 * @property {number} accepted
 * @property {number} added
 * @property {number} updated
 * @property {number} unchanged
 * @property {number} repaired
 * @property {number} refused
 * @property {number} removed
 * @property {{what: string, rows: number, firstRows: number[]}[]} repairs
 * @property {{row: number, column: string, value: string, reason: string}[]} refusedRows
 * @property {string[]} warnings
 * @property {string[]} lines
 * @property {string} workbook
 * @property {number | null} changeSet
 * @property {number} count
 * @property {number} millis
 *
 * @typedef {object} Wish how a file shall be taken; what is left out is found out
 * @property {string} [layer]
 * @property {string} [crs]
 * @property {string} [encoding]
 * @property {string} [table]
 * @property {string} [profile]
 * @property {Record<string, string | null>} [columns]
 */

import { language, locale, t } from './i18n.js';

/** Addresses are those of the service's root, whatever the page's own address is. */
const ROOT = new URL('./', import.meta.url);

const GEOJSON = 'application/geo+json';
const EXCEL = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet';

/** What went wrong, in words: what, why, how to mend it, and each single mistake with its place. */
export class Problem extends Error {
    /**
     * @param {{title: string, detail?: string, help?: string, mistakes?: {where: string, what: string}[],
     *     status?: number, technical?: string, type?: string}} said
     */
    constructor(said) {
        super(said.title);
        this.title = said.title;
        this.detail = said.detail ?? '';
        this.help = said.help ?? '';
        this.mistakes = said.mistakes ?? [];
        this.status = said.status ?? 0;
        this.type = said.type ?? '';
        this.technical = said.technical ?? '';
    }
}

/**
 * @param {unknown} error
 * @returns {boolean} whether the user stopped it
 */
export function isStop(error) {
    return error instanceof DOMException && error.name === 'AbortError';
}

/**
 * Where to go from a place.
 *
 * @param {{lon: number, lat: number, hazard: string | null, people: number}} question
 * @param {AbortSignal} [signal]
 * @returns {Promise<import('./shelter/card.js').Answer>}
 */
export async function nearestShelter(question, signal) {
    const query = new URLSearchParams({ lon: String(question.lon), lat: String(question.lat), people: String(question.people) });
    if (question.hazard) query.set('hazard', question.hazard);
    return getJson('api/nearest-shelter?' + query, signal ? { signal } : {});
}

/**
 * What a phone keeps for the hour without a network.
 *
 * @param {{lon: number, lat: number} | null} near
 * @returns {Promise<import('./shelter/offline.js').Pack>}
 */
export async function fetchShelterPack(near) {
    return getJson('api/shelters/offline' + (near ? `?lon=${near.lon.toFixed(1)}&lat=${near.lat.toFixed(1)}` : ''));
}

/**
 * @typedef {object} ShelterStates
 * @property {(import('./shelter/keeper.js').Row & {lon: number, lat: number})[]} shelters
 * @property {{name: string, drill: boolean, shelters: string[], startedAt: string}[]} events that go on
 * @property {boolean} drill whether a drill goes on and nothing real
 * @property {number} staleAfterHours
 *
 * @typedef {object} ShelterWish
 * @property {'open' | 'ready' | 'closed'} status
 * @property {string[]} shelters ids
 * @property {string} [event] for what they are opened
 * @property {boolean} [drill]
 */

/**
 * Reads the layer files anew, for administrators.
 *
 * @returns {Promise<{added: string[], changed: string[], removed: string[],
 *     problems: {layer: string, title: string, detail: string, help: string, mistakes: {where: string, what: string}[]}[]}>}
 */
export async function reloadLayers() {
    const answer = await postJson('api/layers/reload', {}, 'application/json');
    return answer.json();
}

/**
 * Shelters that receive people or are full.
 *
 * @returns {Promise<ShelterStates>}
 */
export async function fetchActiveShelters() {
    return getJson('api/shelters?active=true&limit=500');
}

/**
 * @param {string} words
 * @returns {Promise<{shelters: import('./shelter/keeper.js').Row[], matched: number}>}
 */
export async function fetchShelterStates(words) {
    return getJson('api/shelters?limit=50&q=' + encodeURIComponent(words));
}

/**
 * @param {string} id
 * @param {{in?: number, out?: number, total?: number, key: string, at: string}} count
 * @returns {Promise<import('./shelter/keeper.js').Row & {again: boolean, notTaken: number}>}
 */
export async function countPeople(id, count) {
    const answer = await postJson(`api/shelters/${encodeURIComponent(id)}/count`, count, 'application/json');
    return answer.json();
}

/**
 * @param {string} id
 * @param {string} status
 */
export async function setShelterState(id, status) {
    await postJson(`api/shelters/${encodeURIComponent(id)}/state`, { status }, 'application/json');
}

/**
 * Opens or closes a set of shelters as one action.
 *
 * @param {ShelterWish} wish
 * @returns {Promise<{changeSet: number, changed: {id: string, name: string}[], warnings: string[]}>}
 */
export async function setShelters(wish) {
    return (await postJson('api/shelters/state', wish, 'application/json')).json();
}

/** @param {number} changeSet */
export async function undoShelters(changeSet) {
    await postJson(`api/shelters/state/${changeSet}/undo`, {}, 'application/json');
}

/**
 * @param {string} id
 * @returns {Promise<import('./shelter/keeper.js').Row>}
 */
export async function fetchShelterCount(id) {
    return getJson(`api/shelters/${encodeURIComponent(id)}/count`);
}

/** @returns {Promise<Info>} */
export async function fetchInfo() {
    const said = await getJson('api/info');
    const layers = said.groups.flatMap((/** @type {any} */ group) => group.layers.map((/** @type {any} */ layer) => ({ ...layer, group: group.id })));
    return { ...said, layers };
}

/**
 * @param {Language} language
 * @returns {Promise<Record<string, string>>}
 */
export async function fetchWords(language) {
    return getJson(`i18n/${language}.json`);
}

/**
 * @param {string} layer
 * @returns {Promise<Style>}
 */
export async function fetchStyle(layer) {
    return getJson('styles/' + encodeURIComponent(layer));
}

/** @type {Map<string, Promise<Attribute[]>>} */
const schemas = new Map();

/** Whoever signs in or out sees other attributes. */
export function forgetSchemas() {
    schemas.clear();
}

/**
 * The attributes of a layer, named in the language of the page.
 *
 * @param {string} layer
 * @returns {Promise<Attribute[]>}
 */
export function fetchAttributes(layer) {
    const key = locale() + ' ' + layer;
    let asked = schemas.get(key);
    if (!asked) {
        asked = getJson(`ogc/collections/${encodeURIComponent(layer)}/schema`, { accept: 'application/schema+json, application/json' })
            .then(attributesOf);
        schemas.set(key, asked);
        asked.catch(() => schemas.delete(key));
    }
    return asked;
}

/**
 * @param {any} schema JSON Schema
 * @returns {Attribute[]}
 */
function attributesOf(schema) {
    const found = [];
    for (const [name, property] of Object.entries(schema.properties ?? {})) {
        const one = /** @type {any} */ (property);
        const type = [one.type].flat().find((/** @type {string} */ a) => a && a !== 'null') ?? 'string';
        if (one['x-ogc-role'] === 'primary-geometry' || one['x-ogc-role'] === 'id' || one.format?.startsWith('geometry') || name === 'id' || one.$ref) {
            continue;
        }
        const choices = one.oneOf ?? one.anyOf ?? one.items?.oneOf ?? one.items?.anyOf ?? [];
        const values = choices
            .filter((/** @type {any} */ choice) => 'const' in choice)
            .map((/** @type {any} */ choice) => ({ value: String(choice.const), title: choice.title ?? String(choice.const) }));
        if (!values.length) for (const value of one.enum ?? one.items?.enum ?? []) values.push({ value: String(value), title: String(value) });
        found.push({
            name, type, values,
            title: one.title ?? name,
            format: one.format ?? null,
            unit: one['x-ogc-unit'] ?? null,
            note: one.description ?? null,
            required: (schema.required ?? []).includes(name),
            min: one.minimum ?? null,
            max: one.maximum ?? null,
            longest: one.maxLength ?? null,
            sensitivity: one['x-anquan-sensitivity'] ?? 'public',
            source: one['x-anquan-source'] ?? null,
            derived: derivedOf(one),
        });
    }
    return found;
}

/**
 * A computed attribute is read only; its formula and clause are said where the service gives them.
 *
 * @param {any} property of the schema
 * @returns {Derived | null}
 */
function derivedOf(property) {
    const said = property['x-anquan-derived'] ?? property.derived ?? null;
    if (said === null || said === false) return property.readOnly === true ? { formula: '', clause: '' } : null;
    const words = (/** @type {any} */ value) => (typeof value === 'string' ? value : value?.[language()] ?? value?.zh ?? '');
    if (typeof said === 'string') return { formula: said, clause: property['x-anquan-source'] ?? '' };
    return { formula: words(said.texts ?? said.text ?? said.formula ?? ''), clause: words(said.clause ?? said.source ?? property['x-anquan-source'] ?? '') };
}

/** @param {string} layer */
function collection(layer) {
    return `ogc/collections/${encodeURIComponent(layer)}`;
}

/**
 * @param {string} layer
 * @param {string} id
 */
function item(layer, id) {
    return `${collection(layer)}/items/${encodeURIComponent(id).replaceAll('%2F', '/')}`;
}

/**
 * @param {string} layer
 * @param {{limit: number, offset?: number, filter?: string, bbox?: Box, then?: string, sort?: {key: string, down: boolean} | null}} query `then`: as the layer was at that time
 * @param {AbortSignal} [signal]
 * @returns {Promise<Page>}
 */
export async function fetchItems(layer, query, signal) {
    const asked = new URLSearchParams({ limit: String(query.limit) });
    if (query.offset) asked.set('offset', String(query.offset));
    if (query.filter) asked.set('filter', query.filter);
    if (query.bbox) asked.set('bbox', query.bbox.join(','));
    if (query.then) asked.set('datetime', query.then);
    if (query.sort) asked.set('sortby', (query.sort.down ? '-' : '') + query.sort.key);
    return pageOf(await getJson(`${collection(layer)}/items?${asked}`, { accept: GEOJSON, signal }));
}

/**
 * The page after a page. The address is taken as a path of this host, whatever name the service goes by.
 *
 * @param {string} next
 * @returns {Promise<Page>}
 */
export async function fetchNext(next) {
    const address = new URL(next, document.baseURI);
    return pageOf(await getJson(address.pathname + address.search, { accept: GEOJSON }));
}

/**
 * @param {any} collection
 * @returns {Page}
 */
function pageOf(collection) {
    const next = (collection.links ?? []).find((/** @type {any} */ link) => link.rel === 'next');
    return { features: collection.features ?? [], matched: collection.numberMatched ?? null, next: next?.href ?? null };
}

/**
 * @param {string} layer
 * @param {string} id
 * @param {string} [then] as it was at that time
 * @returns {Promise<GeoFeature>}
 */
export async function fetchFeature(layer, id, then = '') {
    return getJson(item(layer, id) + (then ? '?datetime=' + encodeURIComponent(then) : ''), { accept: GEOJSON });
}

/**
 * A feature with the name of its state, for an edit.
 *
 * @param {string} layer
 * @param {string} id
 * @returns {Promise<Tagged>}
 */
export async function fetchTagged(layer, id) {
    const answer = await ask(item(layer, id), { headers: { Accept: GEOJSON }, cache: 'no-store' });
    return { feature: await answer.json(), tag: answer.headers.get('ETag') ?? '' };
}

/**
 * @param {string} layer
 * @param {{geometry: GeoFeature['geometry'], properties: Record<string, any>}} feature
 * @param {string} why
 * @returns {Promise<Saved>}
 */
export async function createFeature(layer, feature, why) {
    return saved(await write('POST', collection(layer) + '/items', { type: 'Feature', ...feature }, GEOJSON, why));
}

/**
 * Only what is named is changed; null makes unknown.
 *
 * @param {string} layer
 * @param {string} id
 * @param {{geometry?: GeoFeature['geometry'], properties?: Record<string, any>}} patch
 * @param {string} tag of the state that the editor saw
 * @param {string} why
 * @returns {Promise<Saved>}
 */
export async function patchFeature(layer, id, patch, tag, why) {
    return saved(await write('PATCH', item(layer, id), patch, 'application/merge-patch+json', why, tag));
}

/**
 * @param {string} layer
 * @param {string} id
 * @param {string} tag
 * @param {string} why
 * @returns {Promise<number>} the change set
 */
export async function deleteFeature(layer, id, tag, why) {
    return changeSetOf(await write('DELETE', item(layer, id), null, '', why, tag));
}

/**
 * Many changes to one layer at once: all or none, one change set, undone together.
 *
 * @param {string} layer
 * @param {object[]} changes `{create: feature}`, `{id, ifMatch, patch}`, `{id, expect, patch}`, `{id, ifMatch, delete: true}`
 * @param {string} why
 * @returns {Promise<{changeSet: number, ids: string[]}>}
 */
export async function changeMany(layer, changes, why) {
    const answer = await write('POST', collection(layer) + '/changes', { changes }, 'application/json', why);
    return answer.json();
}

/**
 * @param {string} layer
 * @param {string} id
 * @returns {Promise<{deleted: boolean, history: HistoryEntry[]}>} newest first
 */
export async function fetchHistory(layer, id) {
    return getJson(item(layer, id) + '/history');
}

/**
 * @param {string} layer
 * @param {number} limit
 * @returns {Promise<ChangeSet[]>} newest first
 */
export async function fetchChanges(layer, limit) {
    return (await getJson(`${collection(layer)}/changes?limit=${limit}`)).changes;
}

/**
 * @param {string} layer
 * @param {number} changeSet
 * @returns {Promise<{changeSet: number, ids: string[]}>}
 */
export async function undoChange(layer, changeSet) {
    return (await write('POST', `${collection(layer)}/changes/${changeSet}/undo`, null, '', '')).json();
}

/**
 * @param {string} words
 * @param {number} limit
 * @param {AbortSignal} [signal]
 * @returns {Promise<{hits: Found[], more: boolean}>}
 */
export async function find(words, limit, signal) {
    const said = await getJson('api/find?' + new URLSearchParams({ q: words, limit: String(limit) }), { signal });
    return { hits: said.hits ?? [], more: Boolean(said.more) };
}

/**
 * A layer, or what a filter lets through, as a file.
 *
 * @param {string} layer
 * @param {{format: string, crs?: string, encoding?: string, filter?: string, then?: string}} wish
 * @returns {Promise<{content: Blob, name: string}>}
 */
export async function exportLayer(layer, wish) {
    const asked = new URLSearchParams({ format: wish.format });
    if (wish.crs) asked.set('crs', wish.crs);
    if (wish.encoding) asked.set('encoding', wish.encoding);
    if (wish.filter) asked.set('filter', wish.filter);
    if (wish.then) asked.set('datetime', wish.then);
    const answer = await ask(`api/export/${encodeURIComponent(layer)}?${asked}`, { headers: { Accept: '*/*' } });
    return { content: await answer.blob(), name: fileName(answer) ?? `${layer}.${wish.format === 'shp' ? 'zip' : wish.format}` };
}

/** @param {Response} answer */
function fileName(answer) {
    const said = answer.headers.get('Content-Disposition') ?? '';
    const encoded = /filename\*=UTF-8''([^;]+)/i.exec(said)?.[1];
    return encoded ? decodeURIComponent(encoded) : /filename="?([^";]+)"?/i.exec(said)?.[1];
}

/**
 * A map sheet to print.
 *
 * @param {SheetWish} wish
 * @returns {Promise<{content: Blob, name: string, notes: string[]}>}
 */
export async function makeSheet(wish) {
    const answer = await postJson('api/sheet', wish, '*/*');
    const notes = decodeURIComponent(answer.headers.get('Anquan-Notes') ?? '');
    return { content: await answer.blob(), name: fileName(answer) ?? 'sheet.' + wish.format, notes: notes ? notes.split('\n') : [] };
}

/**
 * @param {string} method
 * @param {string} address
 * @param {any} body null for none
 * @param {string} type of the body
 * @param {string} why
 * @param {string} [tag]
 */
function write(method, address, body, type, why, tag) {
    /** @type {Record<string, string>} */
    const headers = { Accept: 'application/geo+json, application/json' };
    if (body !== null) headers['Content-Type'] = type;
    if (tag) headers['If-Match'] = tag;
    if (why) headers['Anquan-Reason'] = encodeURIComponent(why);
    return ask(address, { method, headers, body: body === null ? null : JSON.stringify(body) });
}

/**
 * @param {Response} answer
 * @returns {Promise<Saved>}
 */
async function saved(answer) {
    return { feature: await answer.json(), tag: answer.headers.get('ETag') ?? '', changeSet: changeSetOf(answer) };
}

/** @param {Response} answer */
function changeSetOf(answer) {
    return Number(answer.headers.get('Anquan-Change-Set'));
}

/**
 * @param {CircleInputs} inputs
 * @param {AbortSignal} [signal]
 * @returns {Promise<CircleAnswer>}
 */
export async function runCircle(inputs, signal) {
    const answer = await postJson('ogc/processes/rescue-circle/execution', { inputs }, 'application/json', signal);
    return answer.json();
}

/**
 * @param {Record<string, {default: number}>} of
 * @returns {import('./state.js').Air}
 */
function usualAir(of) {
    return { launchMinutes: of.launchMinutes.default, speedKmh: of.speedKmh.default, at: '' };
}

/**
 * What the circle may be asked, as its description says.
 *
 * @returns {Promise<{profiles: string[], mostMinutes: number, mostTimes: number, air: import('./state.js').Air | null}>}
 */
export async function fetchCircleLimits() {
    const { inputs } = await getJson('ogc/processes/rescue-circle');
    return {
        profiles: inputs.profile.schema.enum,
        mostMinutes: inputs.minutes.schema.items.maximum,
        mostTimes: inputs.minutes.schema.maxItems,
        air: usualAir(inputs.helicopters.schema.oneOf[1].properties),
    };
}

/**
 * Asks any process.
 *
 * @param {string} process
 * @param {any} inputs
 * @param {AbortSignal} [signal]
 * @returns {Promise<any>}
 */
export async function runProcess(process, inputs, signal) {
    const answer = await postJson(`ogc/processes/${encodeURIComponent(process)}/execution`, { inputs }, 'application/json', signal);
    return answer.json();
}

/**
 * The answer of a process as a file.
 *
 * @param {string} process
 * @param {any} inputs
 * @param {string} mediaType
 * @returns {Promise<Blob>}
 */
export async function processAsFile(process, inputs, mediaType) {
    const answer = await postJson(`ogc/processes/${encodeURIComponent(process)}/execution`, { inputs }, mediaType);
    return answer.blob();
}

/**
 * A stored scenario: as an inline one, with title, reason, author and version.
 *
 * @param {string} name
 * @returns {Promise<any>}
 */
export async function fetchScenario(name) {
    return getJson('api/scenarios/' + encodeURIComponent(name));
}

/**
 * @typedef {object} StoredScenario a scenario that is kept under a name, without its parts
 * @property {string} name `now` is the live one and always there
 * @property {string} title
 * @property {string} reason
 * @property {string} author
 * @property {string | null} changedAt ISO 8601
 * @property {number} version 0: never saved
 * @property {string | null} validFrom
 * @property {string | null} validUntil
 * @property {'valid' | 'ended' | 'notYet'} state
 * @property {number} closures
 * @property {number} factors
 */

/** @returns {Promise<StoredScenario[]>} */
export async function fetchScenarios() {
    return (await getJson('api/scenarios')).scenarios;
}

/**
 * @param {string} name
 * @param {any} body an inline scenario with title, reason, validUntil
 * @param {number} version the one that the writer saw; 0: none
 */
export async function saveScenario(name, body, version) {
    await ask('api/scenarios/' + encodeURIComponent(name), {
        method: 'PUT',
        headers: { 'Content-Type': 'application/json', Accept: 'application/json', ...(version ? { 'If-Match': await scenarioTag(name) } : {}) },
        body: JSON.stringify(body),
    });
}

/** @param {string} name */
export async function deleteScenario(name) {
    await ask('api/scenarios/' + encodeURIComponent(name), { method: 'DELETE', headers: { 'If-Match': await scenarioTag(name) } });
}

/** @param {string} name */
async function scenarioTag(name) {
    const answer = await ask('api/scenarios/' + encodeURIComponent(name), { headers: { Accept: 'application/json' }, cache: 'no-store' });
    return answer.headers.get('ETag') ?? '*';
}

/**
 * @typedef {object} PublishingRun
 * @property {boolean} running
 * @property {boolean} dryRun
 * @property {boolean} stopped
 * @property {string} address
 * @property {string} workspace
 * @property {number} share 0 to 1
 * @property {string} doing
 * @property {string | null} endedAt ISO 8601
 * @property {string[] | null} writes
 * @property {string[] | null} warnings
 * @property {number} layers
 * @property {any} problem
 *
 * @typedef {{url: string, workspace: string, account: boolean, run: PublishingRun | null}} Publishing
 */

/** @returns {Promise<Publishing>} */
export async function fetchPublishing() {
    return (await ask('api/geoserver', { headers: { Accept: 'application/json' }, cache: 'no-store' })).json();
}

/**
 * @param {{url: string, workspace: string, user: string, password: string, dryRun: boolean}} wish
 * @returns {Promise<Publishing>}
 */
export async function startPublishing(wish) {
    return (await ask('api/geoserver/runs', { method: 'POST', headers: { 'Content-Type': 'application/json', Accept: 'application/json' }, body: JSON.stringify(wish) })).json();
}

/** @returns {Promise<Publishing>} */
export async function stopPublishing() {
    return (await ask('api/geoserver/runs', { method: 'DELETE', headers: { Accept: 'application/json' } })).json();
}

/**
 * @typedef {object} RiskRecipe how a risk map is made, as it is written
 * @property {string} name
 * @property {string} title
 * @property {'shipped' | 'file' | 'stored'} origin
 * @property {string} [author]
 * @property {string} [changedAt] ISO 8601
 * @property {number} version
 * @property {any} recipe
 */

/**
 * @param {string} name
 * @returns {Promise<{written: RiskRecipe, tag: string}>}
 */
export async function fetchRecipe(name) {
    const answer = await ask('api/risk-recipes/' + encodeURIComponent(name), { headers: { Accept: 'application/json' }, cache: 'no-store' });
    return { written: await answer.json(), tag: answer.headers.get('ETag') ?? '*' };
}

/**
 * @param {string} name
 * @param {any} recipe
 * @param {string} tag of the one that it takes the place of; empty for a new one
 */
export async function saveRecipe(name, recipe, tag) {
    await ask('api/risk-recipes/' + encodeURIComponent(name), {
        method: 'PUT',
        headers: { 'Content-Type': 'application/json', Accept: 'application/json', ...(tag ? { 'If-Match': tag } : {}) },
        body: JSON.stringify(recipe),
    });
}

/**
 * @param {string} name
 * @param {string} tag
 */
export async function deleteRecipe(name, tag) {
    await ask('api/risk-recipes/' + encodeURIComponent(name), { method: 'DELETE', headers: { 'If-Match': tag } });
}

/**
 * Asks a process that may take long: as a job, looked after until it ends. A stop dismisses the job.
 *
 * @param {string} process
 * @param {any} inputs
 * @param {(share: number, words: string) => void} onProgress share 0 to 1
 * @param {AbortSignal} signal
 * @returns {Promise<any>}
 */
export async function runJob(process, inputs, onProgress, signal) {
    const started = await ask(`ogc/processes/${encodeURIComponent(process)}/execution`, {
        method: 'POST',
        headers: { 'Content-Type': 'application/json', Accept: 'application/json', Prefer: 'respond-async' },
        body: JSON.stringify({ inputs }),
        signal,
    });
    const job = 'ogc/jobs/' + encodeURIComponent((await started.json()).jobID);
    const dismiss = () => void ask(job, { method: 'DELETE', headers: { Accept: 'application/json' } }).catch(() => {});
    signal.addEventListener('abort', dismiss, { once: true });
    try {
        for (let wait = 60; ; wait = Math.min(1000, wait * 1.6)) {
            const said = await getJson(job, { signal });
            onProgress((said.progress ?? 0) / 100, said.message ?? '');
            if (said.status !== 'accepted' && said.status !== 'running') break;
            await pause(wait, signal);
        }
        return await getJson(job + '/results', { signal });
    } finally {
        signal.removeEventListener('abort', dismiss);
    }
}

/**
 * @param {number} milliseconds
 * @param {AbortSignal} signal
 * @returns {Promise<void>}
 */
function pause(milliseconds, signal) {
    return new Promise((done, stop) => {
        const timer = setTimeout(done, milliseconds);
        signal.addEventListener('abort', () => {
            clearTimeout(timer);
            stop(new DOMException('stopped', 'AbortError'));
        }, { once: true });
    });
}

/** @type {Map<string, Promise<any>>} */
const descriptions = new Map();

/**
 * What a process asks for and gives, in the language of the page; null where the service has no such process.
 *
 * @param {string} process
 * @returns {Promise<any>}
 */
export function describeProcess(process) {
    const key = locale() + ' ' + process;
    let asked = descriptions.get(key);
    if (!asked) {
        asked = getJson('ogc/processes/' + encodeURIComponent(process)).catch((error) => {
            if (error instanceof Problem && error.status === 404) return null;
            descriptions.delete(key);
            throw error;
        });
        descriptions.set(key, asked);
    }
    return asked;
}

/** Layers larger than this are examined as a job, with progress. */
const LARGE = 20_000;

/**
 * What is wrong with a layer.
 *
 * @param {string} layer
 * @param {number} count of its features
 * @param {(share: number, what: string) => void} onProgress
 * @param {AbortSignal} signal
 * @returns {Promise<Diagnosis>}
 */
export async function examine(layer, count, onProgress, signal) {
    if (count <= LARGE) return runProcess('data-doctor', { layer }, signal);
    return asJob('ogc/processes/data-doctor/execution', { inputs: { layer } }, onProgress, signal);
}

/**
 * @param {string} layer
 * @returns {Promise<Blob>}
 */
export function examineAsExcel(layer) {
    return processAsFile('data-doctor', { layer }, EXCEL);
}

/**
 * @param {string} layer
 * @param {{findings?: string[], checks?: string[], version: number}} what
 * @returns {Promise<{changeSet: number | null, mended: number, features: number, left: {id: string, reason: string}[]}>}
 */
export async function mend(layer, what) {
    return (await write('POST', `api/doctor/${encodeURIComponent(layer)}/mend`, what, 'application/json', '')).json();
}

/**
 * @param {File[]} files one file, or the parts of a shapefile
 * @returns {Promise<{upload: string, fileName: string, bytes: number}>}
 */
export async function uploadFiles(files) {
    const form = new FormData();
    for (const file of files) form.append('file', file, file.name);
    const answer = await ask('api/import/uploads', { method: 'POST', headers: { Accept: 'application/json' }, body: form });
    return answer.json();
}

/**
 * What a file is taken for.
 *
 * @param {string} upload
 * @param {Wish} wish
 * @param {AbortSignal} [signal]
 * @returns {Promise<Look>}
 */
export async function lookAtUpload(upload, wish, signal) {
    const asked = new URLSearchParams();
    for (const name of /** @type {const} */ (['layer', 'crs', 'encoding', 'table', 'profile'])) if (wish[name]) asked.set(name, wish[name]);
    if (wish.columns && Object.keys(wish.columns).length) asked.set('columns', JSON.stringify(wish.columns));
    return getJson(`api/import/uploads/${encodeURIComponent(upload)}?${asked}`, { signal });
}

/**
 * @param {string} upload
 * @param {Wish & {mode: string, allOrNothing: boolean, dryRun: boolean, why: string}} wish
 * @param {(share: number, what: string) => void} onProgress
 * @param {AbortSignal} signal
 * @returns {Promise<ImportReport>}
 */
export function runImport(upload, wish, onProgress, signal) {
    return asJob(`api/import/uploads/${encodeURIComponent(upload)}`, wish, onProgress, signal);
}

/** @param {string} upload that is not needed any more */
export async function dropUpload(upload) {
    await ask(`api/import/uploads/${encodeURIComponent(upload)}`, { method: 'DELETE' });
}

/** How often a job is asked after, in milliseconds: often at first, since most are short. */
const FIRST_WAIT = 150;
const LONGEST_WAIT = 1500;

/**
 * Starts long work, tells how far it is, and gives its answer. When it is stopped, the service stops too.
 *
 * @param {string} address
 * @param {any} body
 * @param {(share: number, what: string) => void} onProgress
 * @param {AbortSignal} signal
 * @returns {Promise<any>}
 */
async function asJob(address, body, onProgress, signal) {
    const started = await ask(address, {
        method: 'POST',
        headers: { 'Content-Type': 'application/json', Accept: 'application/json', Prefer: 'respond-async' },
        body: JSON.stringify(body),
        signal,
    });
    const answer = await started.json();
    // A service that does not queue answers at once.
    if (started.status === 200) return answer;
    const job = 'ogc/jobs/' + encodeURIComponent(answer.jobID);
    const stop = () => void ask(job, { method: 'DELETE' }).catch(() => {});
    signal.addEventListener('abort', stop);
    try {
        for (let wait = FIRST_WAIT; ; wait = Math.min(LONGEST_WAIT, wait * 1.3)) {
            signal.throwIfAborted();
            const now = await getJson(job, { signal });
            onProgress((now.progress ?? 0) / 100, now.message ?? '');
            if (now.status === 'successful' || now.status === 'failed') return await getJson(job + '/results', { signal });
            if (now.status === 'dismissed') throw new DOMException('dismissed', 'AbortError');
            await new Promise((done) => { setTimeout(done, wait); });
        }
    } finally {
        signal.removeEventListener('abort', stop);
    }
}

/** @returns {Promise<Session>} */
export async function fetchSession() {
    return sessionOf(await getJson('api/session'));
}

/**
 * @param {string} name
 * @param {string} password
 * @returns {Promise<Session>}
 */
export async function signIn(name, password) {
    const answer = await postJson('api/session', { user: name, password }, 'application/json');
    return sessionOf(await answer.json());
}

export async function signOut() {
    await ask('api/session', { method: 'DELETE' });
}

/**
 * @param {any} said
 * @returns {Session}
 */
function sessionOf(said) {
    return { signedIn: Boolean(said?.user), name: said?.user ?? null, roles: said?.roles ?? [] };
}

/**
 * What forces can do, and what is usually needed by kind of incident.
 *
 * @returns {Promise<{skills: {id: string, title: Title}[], usualNeeds: Record<string, {skill: string, units: number, people: number}[]>}>}
 */
export async function fetchSkills() {
    return getJson('api/skills');
}

/**
 * Where changes are told as they happen.
 *
 * @param {string} last id of the last event that was heard; empty for none
 */
export function eventsAddress(last) {
    return 'api/events' + (last ? '?lastEventId=' + encodeURIComponent(last) : '');
}

/**
 * @param {string} address
 * @param {{accept?: string, signal?: AbortSignal | undefined}} [options]
 */
async function getJson(address, options = {}) {
    const answer = await ask(address, { headers: { Accept: options.accept ?? 'application/json' }, signal: options.signal ?? null });
    try {
        return await answer.json();
    } catch (error) {
        if (isStop(error)) throw error;
        throw new Problem({ title: t('app.unreadable'), detail: address, help: t('app.noService.help'), technical: String(error) });
    }
}

/**
 * @param {string} address
 * @param {any} body
 * @param {string} accept
 * @param {AbortSignal} [signal]
 */
function postJson(address, body, accept, signal) {
    return ask(address, {
        method: 'POST',
        headers: { 'Content-Type': 'application/json', Accept: accept },
        body: JSON.stringify(body),
        signal: signal ?? null,
    });
}

/**
 * @param {string} address
 * @param {RequestInit} options
 * @returns {Promise<Response>}
 */
async function ask(address, options) {
    const headers = new Headers(options.headers);
    headers.set('Accept-Language', locale());
    // A page of another site cannot set this header: the service asks for it before it believes the cookie.
    headers.set('X-Requested-With', 'anquan');
    const method = options.method ?? 'GET';
    /** @type {Response} */
    let answer;
    try {
        answer = await fetch(new URL(address, ROOT), { ...options, headers });
    } catch (error) {
        if (isStop(error)) throw error;
        throw new Problem({
            title: t('app.noService'),
            detail: t('app.noService.detail', { what: address.split('?')[0] }),
            help: t('app.noService.help'),
            technical: `${method} ${address}: ${error}`,
        });
    }
    if (!answer.ok) throw await problemOf(answer, `${method} ${address}`);
    return answer;
}

/**
 * @param {Response} answer
 * @param {string} request
 */
async function problemOf(answer, request) {
    const technical = `${request}: HTTP ${answer.status}`;
    try {
        const said = await answer.json();
        return new Problem({ ...said, title: said.title ?? t('app.noService'), status: answer.status, technical });
    } catch {
        return new Problem({
            title: t('app.noService'),
            detail: t('app.noService.detail', { what: request }),
            help: t('app.noService.help'),
            status: answer.status,
            technical,
        });
    }
}
