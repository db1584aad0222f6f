/**
 * What changes elsewhere, as it happens (server-sent events). One connection for the whole page, opened by the first who
 * asks; it comes back by itself after a gap and is told what was missed. A page that nobody looks at gives its connection
 * back after half a minute, since browsers have only six for all tabs together; it catches up when it is looked at again.
 *
 * Kinds: `layer` {layer, version}, `scenario` {name, version}, and `away` {} or `back` {} when the connection is lost or
 * there again. Those who want to look by themselves while it is away ask `connected()`.
 */

import { eventsAddress } from './api.js';

/** How long a hidden page keeps its connection, in milliseconds. */
const HIDDEN_AFTER = 30_000;
/** After a refusal (too many listeners, no service) it is tried again so much later. */
const AGAIN_AFTER = 30_000;

/** @type {Map<string, Set<(data: any) => void>>} */
const listeners = new Map();
/** @type {EventSource | null} */
let source = null;
let isConnected = false;
let last = '';
let timer = 0;

/** Whether news come by themselves at present. */
export function connected() {
    return isConnected;
}

/**
 * @param {string} kind
 * @param {(data: any) => void} listener
 * @returns {() => void} ends it
 */
export function subscribe(kind, listener) {
    const all = listeners.get(kind) ?? new Set();
    listeners.set(kind, all);
    all.add(listener);
    if (!source) open();
    return () => all.delete(listener);
}

/**
 * @param {string} kind
 * @param {any} data
 */
function tell(kind, data) {
    for (const one of [...(listeners.get(kind) ?? [])]) {
        try {
            one(data);
        } catch (error) {
            console.info('live', kind, error);
        }
    }
}

function open() {
    clearTimeout(timer);
    if (document.hidden && last) return;
    const mine = source = new EventSource(eventsAddress(last));
    const heard = (/** @type {MessageEvent} */ event) => {
        if (event.lastEventId) last = event.lastEventId;
        return JSON.parse(event.data);
    };
    for (const kind of ['layer', 'scenario']) mine.addEventListener(kind, (event) => tell(kind, heard(/** @type {MessageEvent} */ (event))));
    for (const kind of ['ready', 'reset']) {
        mine.addEventListener(kind, (event) => {
            const stand = heard(/** @type {MessageEvent} */ (event));
            isConnected = true;
            tell('back', {});
            // Who listens compares with what they have: most of it is no news.
            for (const [layer, version] of Object.entries(stand.layers)) tell('layer', { layer, version });
            for (const [name, version] of Object.entries(stand.scenarios)) tell('scenario', { name, version });
        });
    }
    mine.addEventListener('error', () => {
        if (mine !== source) return;
        if (isConnected) tell('away', {});
        isConnected = false;
        // A browser comes back after a gap, but not after a refusal.
        if (mine.readyState === EventSource.CLOSED) {
            source = null;
            timer = window.setTimeout(open, AGAIN_AFTER);
        }
    });
}

function close() {
    source?.close();
    source = null;
    isConnected = false;
}

addEventListener('pagehide', close);
addEventListener('pageshow', () => { if (!source && listeners.size) open(); });
document.addEventListener('visibilitychange', () => {
    clearTimeout(timer);
    if (!document.hidden) {
        if (!source && listeners.size) open();
    } else if (source) timer = window.setTimeout(close, HIDDEN_AFTER);
});
