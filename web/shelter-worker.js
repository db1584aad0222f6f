/**
 * Keeps the pages of the shelter finder on the phone, so that they open without a network. What is newer on the service
 * is taken where it can be reached within a moment; the words and shelters are kept by the page itself.
 */

const CACHE = 'anquan-shelter';
const PATIENCE = 4000;
const FILES = [
    'shelter', 'tokens.css', 'logo.svg', 'api.js', 'dom.js', 'i18n.js', 'format.js', 'problem.js', 'coordinates.js', 'i18n/zh.json', 'i18n/en.json',
    'shelter/shelter.css', 'shelter/hazards.svg', 'shelter/page.js', 'shelter/card.js', 'shelter/compass.js', 'shelter/offline.js', 'shelter/map.js',
    'shelter/keeper', 'shelter/keeper.js', 'shelter/queue.js',
];
const worker = /** @type {any} */ (self);
const root = new URL('./', worker.location.href);
const ours = new Set(FILES.map((file) => new URL(file, root).pathname));

worker.addEventListener('install', (/** @type {any} */ event) => {
    event.waitUntil(caches.open(CACHE).then((cache) => cache.addAll(FILES.map((file) => new URL(file, root).href))).then(() => worker.skipWaiting()));
});

worker.addEventListener('activate', (/** @type {any} */ event) => {
    event.waitUntil(worker.clients.claim());
});

worker.addEventListener('fetch', (/** @type {any} */ event) => {
    const url = new URL(event.request.url);
    if (event.request.method !== 'GET' || url.origin !== root.origin || !ours.has(url.pathname)) return;
    event.respondWith(newest(url.origin + url.pathname));
});

/** @param {string} address without a query: the page reads that itself */
async function newest(address) {
    const cache = await caches.open(CACHE);
    const waited = new Promise((done) => { setTimeout(done, PATIENCE); });
    await Promise.race([cache.add(address).catch(() => undefined), waited]);
    return (await cache.match(address)) ?? Response.error();
}
