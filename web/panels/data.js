/**
 * The county's data, layer by layer: how much there is, how old, from where; and what can be done with it. What needs a
 * panel of its own (import, check, edit, changes) is offered where that panel is registered.
 *
 * @typedef {import('../api.js').LayerInfo} LayerInfo
 * @typedef {import('./index.js').Page} Page
 * @typedef {import('./index.js').Panel} Panel
 */

import { fetchItems, Problem, reloadLayers } from '../api.js';
import { data, el, fill, icon } from '../dom.js';
import { exportForm } from '../export.js';
import { asOf, asOfDay, number } from '../format.js';
import { pick, t } from '../i18n.js';
import { layerSymbol } from '../legend.js';
import { asProblem, problemBox } from '../problem.js';

/** Features that are looked at for the sources that a layer names. */
const LOOKED_AT = 500;

/**
 * @param {HTMLElement} root
 * @param {Page} page
 * @returns {Panel}
 */
export function dataPanel(root, page) {
    let open = '';
    let sought = '';
    let exporting = false;
    /** @type {Map<string, string[]>} */
    const sources = new Map();

    const search = el('input', { type: 'search', class: 'input', oninput: () => { sought = search.value.trim().toLocaleLowerCase(); drawList(); } });
    const head = el('div', { class: 'data-head' });
    const list = el('div', { class: 'data-list' });
    const foot = el('div', { class: 'data-foot' });
    root.append(head, list, foot);

    function draw() {
        search.placeholder = t('data.filter');
        search.setAttribute('aria-label', t('data.filter'));
        fill(head,
            page.has('import') && el('button', { type: 'button', class: 'button primary', id: 'data-import', onclick: () => page.openPanel('import', open) }, icon('upload', 16), t('data.import')),
            page.account.canAdminister() && page.has('publish') && el('button', { type: 'button', class: 'button', id: 'data-publish', onclick: () => page.openPanel('publish') }, icon('upload', 16), t('publish.title')),
            search);
        drawList();
        drawFoot();
    }

    /** The administrator's: layer files that were put into the data folder come into force without a restart. */
    function drawFoot() {
        if (!page.account.canAdminister()) return fill(foot);
        const told = el('div', { 'aria-live': 'polite' });
        const button = el('button', {
            type: 'button', class: 'button', id: 'data-reload',
            onclick: async () => {
                button.disabled = true;
                try {
                    const done = await reloadLayers();
                    const parts = /** @type {const} */ (['added', 'changed', 'removed']).filter((kind) => done[kind].length)
                        .map((kind) => el('li', {}, t('data.reload.' + kind, { layers: done[kind].join(t('value.separator')) })));
                    fill(told,
                        parts.length ? el('ul', {}, parts) : !done.problems.length && el('p', { class: 'quiet' }, t('data.reload.nothing')),
                        parts.length > 0 && el('button', { type: 'button', class: 'link', onclick: () => location.reload() }, t('data.reload.again')),
                        done.problems.map((one) => problemBox(placed(new Problem(one)))));
                } catch (error) {
                    fill(told, problemBox(placed(asProblem(error))));
                }
                button.disabled = false;
            },
        }, icon('layers', 16), t('data.reload'));
        fill(foot, el('h3', {}, t('data.reload.title')), el('p', { class: 'quiet small' }, t('data.reload.why')), button, told);
    }

    function drawList() {
        const info = page.info();
        const focused = document.activeElement?.closest('[data-row]')?.getAttribute('data-row');
        const groups = [...info.groups, { id: '', title: { zh: t('layers.other'), en: t('layers.other') } }];
        const known = new Set(info.groups.map((group) => group.id));
        const fits = (/** @type {LayerInfo} */ layer) => !sought || [layer.id, layer.title.zh, layer.title.en].some((name) => name.toLocaleLowerCase().includes(sought));
        fill(list, groups.map((group) => {
            const mine = info.layers.filter((layer) => fits(layer) && (known.has(layer.group) ? layer.group === group.id : group.id === ''));
            mine.sort((a, b) => Number(a.count === 0) - Number(b.count === 0) || a.order - b.order);
            return mine.length > 0 && el('section', { class: 'layer-group' }, el('h3', {}, pick(group.title)), el('ul', {}, mine.map(row)));
        }));
        if (!list.childElementCount) fill(list, el('p', { class: 'quiet' }, t('data.nothing')));
        if (focused) /** @type {HTMLElement | null} */ (list.querySelector(`[data-row="${CSS.escape(focused)}"] > button`))?.focus();
    }

    /**
     * With the file and line before each mistake: here is no form beside which they could stand.
     *
     * @param {Problem} problem
     */
    function placed(problem) {
        return new Problem({ ...problem, mistakes: problem.mistakes.map((one) => ({ where: one.where, what: one.where + ' ' + one.what })) });
    }

    /** @param {LayerInfo} layer */
    function row(layer) {
        const is = layer.id === open;
        const picture = el('span', { class: 'layer-symbol' });
        page.map.styleOf(layer.id).then((style) => fill(picture, layerSymbol(style, layer, page.theme())), () => {});
        return el('li', { class: layer.count ? 'data-row' : 'data-row without-data', 'data-row': layer.id },
            el('button', {
                type: 'button', class: 'data-title', 'aria-expanded': String(is),
                onclick: () => {
                    exporting = false;
                    page.state.set({ subject: is ? '' : layer.id });
                },
            }, picture, el('span', { class: 'layer-words' },
                el('span', { class: 'layer-name' }, pick(layer.title)),
                el('span', { class: 'layer-note quiet' }, layer.count ? `${t('layers.count', { n: number(layer.count) })} · ${asOfDay(layer.asOf)}` : t('layers.empty'))),
            icon('down', 16)),
            is && details(layer));
    }

    /** @param {LayerInfo} layer */
    function details(layer) {
        const may = page.account.canEdit();
        const from = sources.get(layer.id);
        const action = (/** @type {string} */ picture, /** @type {string} */ words, /** @type {() => void} */ onclick, /** @type {string} */ name) =>
            el('button', { type: 'button', class: 'button', 'data-action': name, onclick }, icon(picture, 16), words);
        return el('div', { class: 'data-details' },
            layer.count > 0 && el('dl', { class: 'facts' },
                el('div', {}, el('dt', {}, t('data.asOf')), el('dd', {}, asOf(layer.asOf))),
                el('div', {}, el('dt', {}, t('data.source')), el('dd', {}, !from ? t('popup.loading') : from.length ? from.slice(0, 3).flatMap((one, i) => [i ? t('value.separator') : '', data(one)]) : t('value.unknown'), from && from.length > 3 && ' ' + t('data.source.more', { n: from.length - 3 }))),
                layer.illustrative && el('div', {}, el('dt', {}, ''), el('dd', {}, el('span', { class: 'badge' }, t('app.illustrative'))))),
            el('div', { class: 'data-actions' },
                layer.count > 0 && action('table', t('data.table'), () => page.openTable('layer:' + layer.id), 'table'),
                may && page.has('edit') && action('edit', t('data.edit'), () => page.openPanel('edit', layer.id), 'edit'),
                may && page.has('import') && action('upload', t('data.import'), () => page.openPanel('import', layer.id), 'import'),
                layer.count > 0 && page.has('doctor') && action('doctor', t('data.doctor'), () => page.openPanel('doctor', layer.id), 'doctor'),
                layer.count > 0 && action('download', t('data.export'), () => { exporting = !exporting; drawList(); }, 'export'),
                page.account.signedIn() && page.has('changes') && action('history', t('data.changes'), () => page.openPanel('changes', layer.id), 'changes')),
            !may && el('p', { class: 'quiet small' }, t(page.account.signedIn() ? 'data.mayNot' : 'data.signIn'), ' ', !page.account.signedIn() && el('button', { type: 'button', class: 'link', onclick: () => page.account.ask() }, t('app.signIn'))),
            exporting && exportForm(() => ({ layer: layer.id, title: pick(layer.title), box: layer.bbox ?? page.info().bbox })));
    }

    /** @param {string} layer */
    async function lookForSources(layer) {
        try {
            const found = await fetchItems(layer, { limit: LOOKED_AT });
            /** @type {Map<string, number>} */
            const counts = new Map();
            for (const feature of found.features) {
                const source = feature.properties.source;
                if (source) counts.set(String(source), (counts.get(String(source)) ?? 0) + 1);
            }
            sources.set(layer, [...counts].sort((a, b) => b[1] - a[1]).map(([name]) => name));
        } catch {
            sources.set(layer, []);
        }
        drawList();
    }

    return {
        draw,
        show(subject) {
            open = subject.split('/')[0];
            setTimeout(() => list.querySelector('[aria-expanded=true]')?.scrollIntoView({ block: 'nearest' }), 0);
            if (open && page.info().layers.some((one) => one.id === open && one.count > 0)) void lookForSources(open);
        },
    };
}
