/**
 * Colours of what is drawn on the map. Styles of layers come from the service in day colours; at night their greys
 * change places and their dark colours grow lighter, so that one style file serves both.
 *
 * @typedef {'day' | 'night'} Theme
 * @typedef {[number, number, number, number]} Rgba
 */

/** One hue, dark (near) to light (far). */
const NEAR = { day: [8, 56, 118], night: [22, 84, 164] };
const FAR = { day: [160, 200, 242], night: [150, 194, 240] };

/**
 * @param {number} index 0 is the nearest
 * @param {number} count of bands
 * @param {Theme} theme
 */
export function bandColour(index, count, theme) {
    const share = count < 2 ? 0.55 : index / (count - 1);
    const [r, g, b] = NEAR[theme].map((from, i) => from + (FAR[theme][i] - from) * share);
    return css([r, g, b, 1]);
}

/** Light colours that colour-blind readers can tell apart; every area also wears its name. */
const AREAS = ['#8cc2e8', '#f2c078', '#9dd3b0', '#dfa6cf', '#f0e08a', '#b7b0e3', '#eaa795', '#a6d9d9', '#cdd08f', '#c9b79f'];

/**
 * Gives each area a colour that its neighbours do not have, as far as the colours last.
 *
 * @param {[number, number, number, number][]} boxes extent of each area
 * @returns {string[]}
 */
export function areaColours(boxes) {
    /** @type {number[]} */
    const chosen = [];
    boxes.forEach((box, i) => {
        const uses = AREAS.map(() => 0);
        for (let j = 0; j < i; j++) if (touch(box, boxes[j])) uses[chosen[j]] += 1000;
        for (let j = 0; j < i; j++) uses[chosen[j]]++;
        chosen.push(uses.indexOf(Math.min(...uses)));
    });
    return chosen.map((one) => AREAS[one]);
}

/**
 * @param {[number, number, number, number]} a
 * @param {[number, number, number, number]} b
 */
function touch(a, b) {
    return a[0] <= b[2] && b[0] <= a[2] && a[1] <= b[3] && b[1] <= a[3];
}

/**
 * A flat style in the colours of the theme.
 *
 * @param {any} style rules or a plain flat style
 * @param {Theme} theme
 * @returns {any}
 */
export function themed(style, theme) {
    return theme === 'day' ? style : walk(style, '');
}

/**
 * @param {any} part
 * @param {string} key the property it stands in
 * @returns {any}
 */
function walk(part, key) {
    const isColour = key.endsWith('-color');
    if (typeof part === 'string') return isColour ? atNight(part, key) : part;
    if (Array.isArray(part)) {
        const plain = isColour && part.length >= 3 && part.every((one) => typeof one === 'number');
        return plain ? atNight(css([part[0], part[1], part[2], part[3] ?? 1]), key) : part.map((one) => walk(one, key));
    }
    if (part && typeof part === 'object') return Object.fromEntries(Object.entries(part).map(([name, value]) => [name, walk(value, name)]));
    return part;
}

/**
 * @param {string} colour
 * @param {string} key the property it stands in
 * @returns {string} unchanged where it is no colour
 */
function atNight(colour, key) {
    const rgba = parse(colour);
    if (!rgba) return colour;
    const [h, s, l] = toHsl(rgba);
    const chroma = (Math.max(rgba[0], rgba[1], rgba[2]) - Math.min(rgba[0], rgba[1], rgba[2])) / 255;
    // Greys and pale grounds turn over (white paper becomes the dark ground); colours keep their hue and are lifted
    // off the dark (words further than lines), but light lines must not outshine what lies on them.
    const turned = chroma < 0.16 || l > 0.82;
    const isText = key === 'text-fill-color';
    const lightness = turned ? 0.95 - l * 0.84 : isText ? Math.max(l, 0.72) : Math.min(Math.max(l, 0.46), 0.58);
    return css(fromHsl(h, s * (turned ? 0.6 : 0.9), lightness, rgba[3]));
}

/**
 * @param {string} colour `#rgb`, `#rrggbb`, `#rrggbbaa`, `rgb(…)`, `rgba(…)`
 * @returns {Rgba | null}
 */
function parse(colour) {
    const hex = /^#([0-9a-f]{3,8})$/i.exec(colour)?.[1];
    if (hex) {
        const wide = hex.length < 6 ? [...hex].map((c) => c + c).join('') : hex;
        const [r, g, b, a = 255] = (wide.match(/../g) ?? []).map((two) => parseInt(two, 16));
        return [r, g, b, a / 255];
    }
    const parts = /^rgba?\(([^)]+)\)$/i.exec(colour)?.[1].split(/[\s,/]+/).map(Number);
    return parts && parts.length >= 3 && parts.every(Number.isFinite) ? [parts[0], parts[1], parts[2], parts[3] ?? 1] : null;
}

/** @param {Rgba} rgba */
function css(rgba) {
    return `rgba(${rgba.map((one, i) => (i === 3 ? one : Math.round(one))).join(',')})`;
}

/**
 * @param {Rgba} rgba
 * @returns {[number, number, number]} hue in degrees, saturation and lightness 0 to 1
 */
function toHsl([r, g, b]) {
    const max = Math.max(r, g, b) / 255;
    const min = Math.min(r, g, b) / 255;
    const l = (max + min) / 2;
    const d = max - min;
    if (d === 0) return [0, 0, l];
    const s = d / (1 - Math.abs(2 * l - 1));
    const [red, green, blue] = [r / 255, g / 255, b / 255];
    const sector = max === red ? ((green - blue) / d + 6) % 6 : max === green ? (blue - red) / d + 2 : (red - green) / d + 4;
    return [sector * 60, s, l];
}

/**
 * @param {number} h
 * @param {number} s
 * @param {number} l
 * @param {number} alpha
 * @returns {Rgba}
 */
function fromHsl(h, s, l, alpha) {
    const reach = s * Math.min(l, 1 - l);
    const part = (/** @type {number} */ n) => {
        const k = (n + h / 30) % 12;
        return 255 * (l - reach * Math.max(-1, Math.min(k - 3, 9 - k, 1)));
    };
    return [part(0), part(8), part(4), alpha];
}
