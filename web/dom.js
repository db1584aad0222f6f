/**
 * Building the page. Everything that is data goes in as text, never as HTML.
 *
 * @typedef {Node | string | number | null | undefined | false} Child
 */

const SVG = 'http://www.w3.org/2000/svg';

/**
 * An element with attributes, listeners and children. `onclick`, `oninput` … are listeners; `class` and `data-…` are
 * attributes; a property that an element has (`value`, `checked`, `disabled` …) is set as such; `false`, `null` and
 * `undefined` leave the attribute out.
 *
 * @template {keyof HTMLElementTagNameMap} K
 * @param {K} tag
 * @param {Record<string, any>} [attributes]
 * @param {...(Child | Child[])} children
 * @returns {HTMLElementTagNameMap[K]}
 */
export function el(tag, attributes = {}, ...children) {
    const element = document.createElement(tag);
    for (const [name, value] of Object.entries(attributes)) {
        if (value === false || value === null || value === undefined) continue;
        if (name.startsWith('on')) element.addEventListener(name.slice(2), value);
        else if (name in element && name !== 'list' && name !== 'form' && typeof value !== 'string') {
            /** @type {any} */ (element)[name] = value;
        } else element.setAttribute(name, value === true ? '' : String(value));
    }
    append(element, children);
    return element;
}

/**
 * @param {Element} parent
 * @param {(Child | Child[])[]} children
 */
function append(parent, children) {
    for (const child of children.flat()) {
        if (child === null || child === undefined || child === false) continue;
        parent.append(child instanceof Node ? child : String(child));
    }
}

/**
 * Puts these children in the place of all that were there.
 *
 * @param {Element} parent
 * @param {...(Child | Child[])} children
 */
export function fill(parent, ...children) {
    parent.replaceChildren();
    append(parent, children);
}

/**
 * A picture from icons.svg. It says nothing to a screen reader: the words beside it do.
 *
 * @param {string} name
 * @param {number} [size] in pixels
 */
export function icon(name, size = 18) {
    const svg = document.createElementNS(SVG, 'svg');
    svg.setAttribute('class', 'icon');
    svg.setAttribute('width', String(size));
    svg.setAttribute('height', String(size));
    svg.setAttribute('aria-hidden', 'true');
    const use = document.createElementNS(SVG, 'use');
    use.setAttribute('href', 'icons.svg#' + name);
    svg.append(use);
    return svg;
}

/**
 * A button with a picture only; its words are its label and its tooltip.
 *
 * @param {string} picture
 * @param {string} label
 * @param {(event: MouseEvent) => void} onclick
 * @param {Record<string, any>} [attributes]
 */
export function iconButton(picture, label, onclick, attributes = {}) {
    return el('button', { type: 'button', class: 'icon-button', title: label, 'aria-label': label, onclick, ...attributes },
        icon(picture));
}

/**
 * Words that are data (names of places, of files): they keep their own language when the interface changes its.
 *
 * @param {string} words
 * @param {string} [className]
 */
export function data(words, className = '') {
    return el('span', { class: ('data ' + className).trim(), lang: 'zh' }, words);
}

/** @param {string} id */
export function byId(id) {
    const found = document.getElementById(id);
    if (!found) throw new Error('no element #' + id);
    return found;
}

/**
 * Gives a file to the user.
 *
 * @param {Blob} content
 * @param {string} name
 */
export function saveFile(content, name) {
    const address = URL.createObjectURL(content);
    const link = el('a', { href: address, download: name });
    document.body.append(link);
    link.click();
    link.remove();
    setTimeout(() => URL.revokeObjectURL(address), 10_000);
}

/**
 * Says something to those who cannot see it change.
 *
 * @param {string} words
 */
export function say(words) {
    const region = byId('saying');
    region.textContent = '';
    setTimeout(() => { region.textContent = words; }, 50);
}

/**
 * Calls later, and only once however often it is asked meanwhile.
 *
 * @param {() => void} work
 * @param {number} milliseconds
 */
export function calmly(work, milliseconds) {
    let timer = 0;
    return () => {
        clearTimeout(timer);
        timer = window.setTimeout(work, milliseconds);
    };
}

/** Whether the user asked for less movement. */
export function calmMotion() {
    return matchMedia('(prefers-reduced-motion: reduce)').matches;
}
