/**
 * The legend: only what is on the map now. Its symbols are drawn with the styles of the map itself.
 *
 * @typedef {import('./api.js').LayerInfo} LayerInfo
 * @typedef {import('./api.js').LegendEntry} LegendEntry
 * @typedef {import('./api.js').Style} Style
 * @typedef {import('./colours.js').Theme} Theme
 *
 * @typedef {object} Explained what a panel has drawn
 * @property {HTMLCanvasElement} swatch a tile of its pattern, or the sign itself
 * @property {boolean} [sign] whether it is the sign itself, from `plainSwatch`
 * @property {string} words
 */

import { bandColour, themed } from './colours.js';
import { el, fill, icon } from './dom.js';
import { limit } from './format.js';
import { pick, t } from './i18n.js';
import { danger, hatchTile } from './map.js';
import { changeTile } from './whatifmap.js';

export const WIDTH = 28;
export const HEIGHT = 20;

/** Edge of lines, grey on any ground. */
const EDGE = '#8696a5';

/**
 * @param {HTMLElement} root
 * @param {{styleOf: (layer: string) => Promise<Style>, signsSeen: (layer: string, entries: LegendEntry[]) => boolean[]}} map
 */
export function createLegend(root, map) {
    let open = !matchMedia('(max-width: 760px)').matches;
    let round = 0;

    /**
     * @param {LayerInfo[]} layers that are on, the uppermost first
     * @param {{minutes: number[], shading: 'bands' | 'areas', uncovered: number, outside: boolean, compared?: boolean, words?: string} | null} circle
     * @param {Theme} theme
     * @param {Explained[]} [more] what panels have drawn beside the layers
     */
    async function show(layers, circle, theme, more = []) {
        const mine = ++round;
        const found = await Promise.all(layers.map(async (info) => ({ info, style: await map.styleOf(info.id).catch(() => null) })));
        if (mine !== round) return;
        const rows = [
            ...(circle ? circleRows(circle, theme) : []),
            ...more.map((one) => row(one.sign ? one.swatch : plainSwatch((context) => paint(context, context.createPattern(one.swatch, 'repeat') ?? '#888')), one.words)),
            ...found.flatMap(({ info, style }) => layerRows(info, style && withSignsSeen(info, style), theme)),
        ];
        const list = el('ul', { id: 'legend-list', class: 'legend-list', hidden: !open, tabindex: '0' },
            rows.length ? rows : el('li', { class: 'quiet' }, t('legend.empty')));
        const toggle = el('button', {
            type: 'button', class: 'legend-toggle', 'aria-expanded': String(open), 'aria-controls': 'legend-list',
            title: t(open ? 'legend.hide' : 'legend.show'),
            onclick: () => {
                open = !open;
                toggle.setAttribute('aria-expanded', String(open));
                toggle.title = t(open ? 'legend.hide' : 'legend.show');
                list.hidden = !open;
            },
        }, el('span', {}, t('legend.title')), icon('down', 16));
        root.setAttribute('aria-label', t('legend.title'));
        fill(root, toggle, list);
    }

    /**
     * @param {LayerInfo} info
     * @param {Style} style
     * @returns {Style}
     */
    function withSignsSeen(info, style) {
        const there = map.signsSeen(info.id, style.legend);
        return { ...style, legend: style.legend.filter((_, i) => there[i]) };
    }

    return { show };
}

/**
 * @param {{minutes: number[], shading: 'bands' | 'areas', uncovered: number, outside: boolean, compared?: boolean, words?: string}} circle
 * @param {Theme} theme
 */
function circleRows(circle, theme) {
    const minutes = [...circle.minutes].sort((a, b) => a - b);
    const rows = circle.shading === 'bands'
        ? minutes.map((one, i) => row(plainSwatch((context) => paint(context, bandColour(i, minutes.length, theme))), circle.words || t('legend.within', { time: limit(one) })))
        : [el('li', { class: 'legend-note' }, t('legend.areas'))];
    if (circle.outside) rows.push(row(plainSwatch((context) => paint(context, context.createPattern(hatchTile(theme), 'repeat') ?? '#888')), t('legend.outside')));
    if (circle.compared) {
        rows.push(row(plainSwatch((context) => paint(context, context.createPattern(changeTile('lost'), 'repeat') ?? '#888')), t('whatif.lostGround')));
        rows.push(row(plainSwatch((context) => paint(context, context.createPattern(changeTile('gained'), 'repeat') ?? '#888')), t('whatif.gainedGround')));
    }
    if (circle.uncovered > 0) rows.push(row(plainSwatch((context) => ring(context, danger(theme))), t('legend.uncovered')));
    return rows;
}

/**
 * @param {LayerInfo} info
 * @param {Style | null} style
 * @param {Theme} theme
 */
function layerRows(info, style, theme) {
    const entries = style?.legend ?? [{ title: info.title, style: {}, geometry: info.geometry }];
    if (entries.length === 0) return [];
    if (entries.length === 1) return [row(keptSymbol(entries[0], info, theme), pick(info.title))];
    return [
        el('li', { class: 'legend-group' }, pick(info.title)),
        ...entries.map((entry) => row(keptSymbol(entry, info, theme), pick(entry.title))),
    ];
}

/**
 * Signs of the legend that were drawn before: they are put where they are wanted, not drawn again.
 *
 * @type {WeakMap<LegendEntry, {key: string, canvas: HTMLCanvasElement}>}
 */
const kept = new WeakMap();

/**
 * @param {LegendEntry} entry
 * @param {LayerInfo} info
 * @param {Theme} theme
 */
function keptSymbol(entry, info, theme) {
    const key = theme + ' ' + ratio();
    const before = kept.get(entry);
    if (before?.key === key) return before.canvas;
    const canvas = symbol(entry, info, theme);
    kept.set(entry, { key, canvas });
    return canvas;
}

/**
 * @param {Element} picture
 * @param {string} words
 */
function row(picture, words) {
    return el('li', {}, picture, el('span', {}, words));
}

/**
 * The first symbol of a layer, for the layer tree.
 *
 * @param {Style} style
 * @param {LayerInfo} info
 * @param {Theme} theme
 */
export function layerSymbol(style, info, theme) {
    const entry = style.legend[0] ?? { title: info.title, style: {}, geometry: info.geometry };
    return symbol(entry, info, theme);
}

/**
 * @param {LegendEntry} entry
 * @param {LayerInfo} info
 * @param {Theme} theme
 */
function symbol(entry, info, theme) {
    const canvas = sheet();
    const flat = smallEnough(themed(entry.style ?? {}, theme));
    /** @type {(import('ol/style/Style').default)[]} */
    const styles = [];
    const draw = () => {
        const context = /** @type {CanvasRenderingContext2D} */ (canvas.getContext('2d'));
        context.clearRect(0, 0, canvas.width, canvas.height);
        const vector = ol.render.toContext(context, { size: [WIDTH, HEIGHT], pixelRatio: ratio() });
        for (const style of styles) {
            const line = style.getStroke();
            if (line && !line.getLineDash() && (entry.geometry ?? info.geometry) === 'line') {
                // A light road has its edge from a style below its own; on the paper of the legend it would be lost.
                vector.setStyle(new ol.style.Style({ stroke: new ol.style.Stroke({ color: EDGE, width: (line.getWidth() ?? 1) + 1.4 }) }));
                vector.drawGeometry(shape('line'));
            }
            vector.setStyle(style);
            vector.drawGeometry(shape(entry.geometry ?? info.geometry));
        }
    };
    try {
        const toStyles = ol.render.canvas.style.flatStylesToStyleFunction([flat].flat());
        const made = toStyles(new ol.Feature(shape(entry.geometry ?? info.geometry)), 1);
        styles.push(...[made ?? []].flat());
        draw();
        for (const style of styles) {
            const image = style.getImage();
            if (!image) continue;
            image.listenImageChange(draw);
            image.load();
        }
    } catch (error) {
        console.info('legend', info.id, error);
    }
    return canvas;
}

/** The largest that a sign may be in the legend, in pixels. */
const LARGEST = /** @type {Record<string, number>} */ ({ 'icon-height': HEIGHT, 'circle-radius': 8, 'shape-radius': 8, 'stroke-width': 5 });

/**
 * A flat style that fits into the legend, without its text: names stand beside the symbol.
 *
 * @param {any} flat
 * @returns {any}
 */
function smallEnough(flat) {
    if (Array.isArray(flat)) return flat.map(smallEnough);
    const kept = Object.entries(flat).filter(([name]) => !name.startsWith('text-'));
    return Object.fromEntries(kept.map(([name, value]) => [name, typeof value === 'number' && name in LARGEST ? Math.min(value, LARGEST[name]) : value]));
}

/** @param {string} geometry */
function shape(geometry) {
    if (geometry === 'point') return new ol.geom.Point([WIDTH / 2, HEIGHT / 2]);
    if (geometry === 'line') return new ol.geom.LineString([[2, HEIGHT - 5], [9, 7], [17, HEIGHT - 7], [WIDTH - 2, 5]]);
    return new ol.geom.Polygon([[[2, 3], [WIDTH - 2, 3], [WIDTH - 2, HEIGHT - 3], [2, HEIGHT - 3], [2, 3]]]);
}

function ratio() {
    return Math.max(1, Math.ceil(window.devicePixelRatio || 1));
}

function sheet() {
    const canvas = el('canvas', { class: 'symbol', 'aria-hidden': 'true' });
    canvas.width = WIDTH * ratio();
    canvas.height = HEIGHT * ratio();
    canvas.style.width = WIDTH + 'px';
    canvas.style.height = HEIGHT + 'px';
    return canvas;
}

/** @param {(context: CanvasRenderingContext2D) => void} draw */
export function plainSwatch(draw) {
    const canvas = sheet();
    const context = /** @type {CanvasRenderingContext2D} */ (canvas.getContext('2d'));
    context.scale(ratio(), ratio());
    draw(context);
    return canvas;
}

/**
 * @param {CanvasRenderingContext2D} context
 * @param {string | CanvasPattern} colour
 */
export function paint(context, colour) {
    context.globalAlpha = typeof colour === 'string' ? 0.75 : 1;
    context.fillStyle = colour;
    context.fillRect(2, 3, WIDTH - 4, HEIGHT - 6);
}

/**
 * @param {CanvasRenderingContext2D} context
 * @param {string} colour
 */
function ring(context, colour) {
    context.beginPath();
    context.arc(WIDTH / 2, HEIGHT / 2, 6, 0, Math.PI * 2);
    context.lineWidth = 2.5;
    context.strokeStyle = colour;
    context.stroke();
}
