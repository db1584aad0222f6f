/**
 * The layer tree: what can be shown, how much there is, and how old it is.
 *
 * @typedef {import('../api.js').Info} Info
 * @typedef {import('../api.js').LayerInfo} LayerInfo
 * @typedef {import('../state.js').StateStore} StateStore
 * @typedef {import('../map.js').AnquanMap} AnquanMap
 * @typedef {import('../colours.js').Theme} Theme
 */

import { el, fill, iconButton } from '../dom.js';
import { asOf, asOfDay, number } from '../format.js';
import { pick, t } from '../i18n.js';
import { layerSymbol } from '../legend.js';

/** On when the address says nothing: the ground to stand on and who helps. */
const USUAL = ['district', 'township', 'flood_channel', 'road', 'rescue_station', 'village'];

/**
 * The layers that are on.
 *
 * @param {Info} info
 * @param {string[] | null} chosen
 * @returns {LayerInfo[]}
 */
export function layersOn(info, chosen) {
    const ids = new Set(chosen ?? USUAL);
    return info.layers.filter((layer) => ids.has(layer.id) && layer.count > 0);
}

/**
 * @param {HTMLElement} root
 * @param {{info: () => Info, state: StateStore, map: AnquanMap, theme: () => Theme, openTable: (layer: string) => void}} page
 */
export function layersPanel(root, page) {
    /** @param {LayerInfo[]} layers */
    function setOn(layers) {
        page.state.set({ layers: layers.map((layer) => layer.id) });
    }

    /** @param {LayerInfo} layer */
    function line(layer) {
        const on = layersOn(page.info(), page.state.get().layers);
        const is = on.some((one) => one.id === layer.id);
        const empty = layer.count === 0;
        const far = is && page.map.isTooFar(layer.id);
        const picture = el('span', { class: 'layer-symbol' });
        if (!empty) page.map.styleOf(layer.id).then((style) => fill(picture, layerSymbol(style, layer, page.theme())), () => {});
        return el('li', { class: empty ? 'layer empty' : 'layer' },
            el('label', { class: 'layer-check' },
                el('input', {
                    type: 'checkbox', checked: is, disabled: empty, 'data-layer': layer.id,
                    onchange: (/** @type {Event} */ event) => {
                        const now = /** @type {HTMLInputElement} */ (event.currentTarget).checked;
                        setOn(page.info().layers.filter((one) => (one.id === layer.id ? now : on.some((other) => other.id === one.id))));
                    },
                }),
                picture,
                el('span', { class: 'layer-words' },
                    el('span', { class: 'layer-name' }, pick(layer.title)),
                    el('span', { class: 'layer-note quiet', title: empty ? null : asOf(layer.asOf) }, empty ? t('layers.empty') : [t('layers.count', { n: number(layer.count) }), far ? t('layers.zoomIn') : asOfDay(layer.asOf)].join(' · ')))),
            !empty && el('span', { class: 'layer-tools' },
                layer.bbox && iconButton('target', t('layers.fit', { layer: pick(layer.title) }), () => layer.bbox && page.map.fit(layer.bbox)),
                iconButton('table', t('layers.table', { layer: pick(layer.title) }), () => page.openTable(layer.id))));
    }

    function draw() {
        const info = page.info();
        if (!info.layers.length) return fill(root, el('p', { class: 'quiet' }, t('layers.none')));
        const on = layersOn(info, page.state.get().layers);
        const known = new Set(info.groups.map((group) => group.id));
        const groups = [...info.groups, { id: '', title: { zh: t('layers.other'), en: t('layers.other') } }];
        const scroll = root.scrollTop;
        const focused = document.activeElement?.getAttribute('data-layer');
        fill(root,
            el('div', { class: 'layers-head' },
                el('span', { class: 'quiet' }, t('layers.on', { n: on.length })),
                el('button', { type: 'button', class: 'link', onclick: () => setOn([]) }, t('layers.allOff')),
                el('button', { type: 'button', class: 'link', onclick: () => page.state.set({ layers: null }) }, t('layers.defaults'))),
            groups.map((group) => {
                const mine = info.layers.filter((layer) => (known.has(layer.group) ? layer.group === group.id : group.id === ''));
                // Whoever looks for a layer looks for what there is; layers without data stand last.
                mine.sort((a, b) => Number(a.count === 0) - Number(b.count === 0) || a.order - b.order);
                return mine.length > 0 && el('section', { class: 'layer-group' }, el('h3', {}, pick(group.title)), el('ul', {}, mine.map(line)));
            }));
        root.scrollTop = scroll;
        if (focused) /** @type {HTMLElement | null} */ (root.querySelector(`[data-layer="${CSS.escape(focused)}"]`))?.focus();
    }

    return { draw };
}
