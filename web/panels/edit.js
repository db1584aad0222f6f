/**
 * Editing one layer: draw a new thing or change one that is there, its shape on the map and its attributes in a form
 * made from the layer's schema. What is not saved yet is kept in this browser; when somebody else has changed the same
 * thing meanwhile, both versions are shown and one chooses, attribute by attribute.
 *
 * @typedef {import('../api.js').Attribute} Attribute
 * @typedef {import('../api.js').GeoFeature} GeoFeature
 * @typedef {import('../api.js').LayerInfo} LayerInfo
 * @typedef {import('../fields.js').Field} Field
 * @typedef {import('../sketch.js').Tool} Tool
 * @typedef {NonNullable<GeoFeature['geometry']>} Geometry
 * @typedef {import('./index.js').Page} Page
 * @typedef {import('./index.js').Panel} Panel
 *
 * @typedef {object} Draft what is being changed, as it is kept in the browser
 * @property {string} layer
 * @property {string | null} id null for a new thing
 * @property {string} tag of the state that was read; empty for a new thing
 * @property {GeoFeature | null} base as it was read
 * @property {Geometry | null} shape
 * @property {Geometry[]} pieces that a cut has made besides
 * @property {Record<string, any>} values changed ones only; null for unknown
 * @property {string} why
 * @property {string} at ISO 8601
 * @property {string} by the account
 *
 * @typedef {object} Conflict
 * @property {string} title
 * @property {string} said who changed it, when and why
 * @property {GeoFeature} theirs
 * @property {string} tag
 * @property {Record<string, 'mine' | 'theirs'>} choice by attribute; `geometry` for the shape
 */

import { changeMany, createFeature, deleteFeature, fetchAttributes, fetchHistory, fetchItems, fetchTagged, patchFeature, undoChange } from '../api.js';
import { byId, calmly, data, el, fill, icon, iconButton, say } from '../dom.js';
import { fieldOf, same } from '../fields.js';
import { area, dateTime, metres, number } from '../format.js';
import { has, pick, t } from '../i18n.js';
import { asProblem, problemBox } from '../problem.js';
import { forget, recall, remember, remembered } from '../state.js';
import { inWords, isOwnWords, isProvenance, ownFirst, unitInWords } from '../values.js';
import { layersOn } from './layers.js';

/** Shapes nearby that one may snap to. */
const MOST_AROUND = 500;
/** Farther out than this zoom there would be too many of them. */
const NEAR_ZOOM = 12;

/**
 * @param {HTMLElement} root
 * @param {Page} page
 * @returns {Panel}
 */
export function editPanel(root, page) {
    const sketch = page.map.sketch;
    const tools = byId('tools');
    let layer = '';
    /** @type {Attribute[]} */
    let attributes = [];
    /** @type {Draft | null} */
    let draft = null;
    /** @type {Map<string, Field>} */
    let fields = new Map();
    /** @type {Conflict | null} */
    let conflict = null;
    /** @type {unknown} */
    let failure = null;
    let busy = false;
    let refusal = '';
    let shownFor = '';
    /** Whether the fields of source and validity were unfolded, which then holds for the next thing too. */
    let provenanceOpen = false;
    /** What is being fetched to be changed. */
    let waiting = '';
    let round = 0;
    /** @type {{title: string, detail: string, changeSet: number, undone: boolean}[]} */
    let done = [];

    const shapeBox = el('div', { class: 'edit-shape' });
    const status = el('div', { class: 'edit-status', role: 'status' });
    const actions = el('div', { class: 'edit-actions' });

    addEventListener('keydown', (event) => {
        if (!draft || page.state.get().panel !== 'edit') return;
        if ((event.ctrlKey || event.metaKey) && event.key.toLowerCase() === 's') {
            event.preventDefault();
            void save();
        }
    });

    function info() {
        return page.info().layers.find((one) => one.id === layer);
    }

    // ---- drafts -------------------------------------------------------------------------------------------------

    /** @param {Draft} of */
    function keyOf(of) {
        return `draft.${of.layer}/${of.id ?? ''}`;
    }

    /** @param {string} key */
    function readDraft(key) {
        try {
            const kept = JSON.parse(recall(key) ?? 'null');
            return kept && typeof kept.layer === 'string' && kept.by === page.account.name() ? /** @type {Draft} */ (kept) : null;
        } catch {
            return null;
        }
    }

    function drafts() {
        return remembered(`draft.${layer}/`).flatMap((key) => readDraft(key) ?? []);
    }

    /** @param {Draft} of */
    function isChanged(of) {
        return Object.keys(of.values).length > 0 || of.pieces.length > 0 || !same(of.shape, of.base?.geometry ?? null);
    }

    const keepSoon = calmly(keep, 300);

    function keep() {
        if (!draft) return;
        draft.at = new Date().toISOString();
        if (isChanged(draft)) remember(keyOf(draft), JSON.stringify(draft));
        else forget(keyOf(draft));
    }

    // ---- beginning and ending -----------------------------------------------------------------------------------

    /** @param {string} subject */
    async function show(subject) {
        const cut = subject.indexOf('/');
        const wanted = cut < 0 ? subject : subject.slice(0, cut);
        const id = cut < 0 ? '' : subject.slice(cut + 1);
        // An unfinished new thing stays while the same layer stays open.
        if (shownFor === subject && (draft || !id)) return;
        leave();
        shownFor = subject;
        if (layer !== wanted) done = [];
        layer = wanted;
        const mine = ++round;
        if (!layer || !info()) return draw();
        const on = layersOn(page.info(), page.state.get().layers);
        if (!on.some((one) => one.id === layer) && info()?.count) page.state.adjust({ layers: [...on.map((one) => one.id), layer] });
        waiting = subject;
        try {
            attributes = await fetchAttributes(layer);
            if (mine !== round) return;
            if (id && page.account.canEdit()) await begin(id, mine);
        } catch (error) {
            if (mine !== round) return;
            failure = error;
        }
        waiting = '';
        draw();
    }

    /**
     * @param {string} id
     * @param {number} mine
     */
    async function begin(id, mine) {
        const kept = readDraft(`draft.${layer}/${id}`);
        const { feature, tag } = kept ? { feature: /** @type {GeoFeature} */ (kept.base), tag: kept.tag } : await fetchTagged(layer, id);
        if (mine !== round) return;
        take(kept ?? { layer, id, tag, base: clean(feature), shape: feature.geometry, pieces: [], values: {}, why: '', at: '', by: page.account.name() ?? '' });
        page.map.goTo(feature, 17);
        if (kept) say(t('edit.resumed', { when: dateTime(kept.at) }));
    }

    /** @param {GeoFeature} feature */
    function clean(feature) {
        return { id: feature.id, geometry: feature.geometry, properties: feature.properties };
    }

    /** @param {Geometry | null} shape */
    function beginNew(shape) {
        const kept = readDraft(`draft.${layer}/`);
        take({ layer, id: null, tag: '', base: null, shape, pieces: [], values: {}, why: '', at: '', by: page.account.name() ?? '', ...(shape ? {} : kept) });
        draw();
        page.map.focus();
    }

    /** @param {Draft} wanted */
    function take(wanted) {
        draft = wanted;
        conflict = null;
        failure = null;
        refusal = '';
        page.map.outline(null);
        if (draft.id) page.map.withhold({ layer, id: draft.id });
        sketch.begin({
            kind: info()?.geometry ?? 'point',
            geometry: draft.shape,
            onChange: () => {
                if (!draft) return;
                const shape = sketch.shape();
                // A shape that went to the map and back differs in the last digit: untouched, it is what was read.
                draft.shape = shape && draft.base?.geometry && rounded(shape) === rounded(draft.base.geometry) ? draft.base.geometry : shape;
                draft.pieces = sketch.pieces();
                refusal = '';
                keepSoon();
                drawTools();
                drawShape();
                drawActions();
            },
            onRefuse: (words) => {
                refusal = t(words);
                drawShape();
                say(refusal);
            },
        });
        if (draft.pieces.length) sketch.set(draft.shape, draft.pieces);
        tools.hidden = false;
        void lookAround();
    }

    async function lookAround() {
        if ((page.map.view()?.zoom ?? 0) < NEAR_ZOOM || !draft) return;
        const id = draft.id;
        try {
            const found = await fetchItems(layer, { limit: MOST_AROUND, bbox: page.map.window() });
            if (draft?.id === id) sketch.showAround(found.features.filter((one) => String(one.id) !== id));
        } catch {
            // Without neighbours there is nothing to snap to; drawing works all the same.
        }
    }

    /** Ends without saving; what was changed stays kept as a draft. */
    function leave() {
        keep();
        draft = null;
        conflict = null;
        failure = null;
        shownFor = '';
        fields = new Map();
        sketch.end();
        page.map.withhold(null);
        tools.hidden = true;
        fill(tools);
    }

    /** @param {Draft} of */
    function discard(of) {
        forget(keyOf(of));
        if (draft === of) {
            draft = null;
            leave();
            page.openPanel('edit', layer);
        }
        draw();
    }

    // ---- what is on the panel -----------------------------------------------------------------------------------

    function draw() {
        root.lang = '';
        if (!page.account.canEdit()) {
            return fill(root, el('div', { class: 'empty' }, el('strong', {}, t(page.account.signedIn() ? 'data.mayNot' : 'data.signIn')),
                !page.account.signedIn() && el('button', { type: 'button', class: 'button primary', onclick: () => page.account.ask() }, t('app.signIn'))));
        }
        const of = info();
        if (!of) return fill(root, el('p', { class: 'quiet' }, t('edit.noLayer')));
        if (!draft) return drawIdle(of);
        if (conflict) return drawConflict(of, conflict);
        drawForm(of);
    }

    /** @param {LayerInfo} of */
    function drawIdle(of) {
        const kept = drafts();
        const kind = of.geometry;
        fill(root,
            el('h3', { class: 'edit-layer' }, pick(of.title), el('span', { class: 'quiet' }, ' ' + t('layers.count', { n: number(of.count) }))),
            failure !== null && problemBox(failure, { retry: () => { shownFor = ''; void show(page.state.get().subject); } }),
            kept.length > 0 && el('section', { class: 'note drafts' }, el('strong', {}, t('edit.unsaved')), kept.map((one) => el('div', { class: 'draft' },
                el('span', {}, one.id ? data(String(one.values.name ?? one.base?.properties.name ?? one.id)) : t('edit.newOf', { layer: pick(of.title) }), el('small', { class: 'quiet' }, ' ' + dateTime(one.at))),
                el('span', { class: 'draft-actions' },
                    el('button', { type: 'button', class: 'link', onclick: () => (one.id ? page.openPanel('edit', `${layer}/${one.id}`) : beginNew(null)) }, t('edit.resume')),
                    el('button', { type: 'button', class: 'link', onclick: () => discard(one) }, t('edit.discard')))))),
            el('div', { class: 'edit-begin' },
                el('button', { type: 'button', class: 'button primary', id: 'edit-new', onclick: () => { forget(`draft.${layer}/`); beginNew(null); } }, icon(kind, 18), t('edit.new.' + kind)),
                kind === 'point' && 'geolocation' in navigator && el('button', { type: 'button', class: 'button', id: 'edit-here', disabled: busy, onclick: here }, icon('locate', 18), t('edit.here'))),
            el('p', { class: 'quiet intro' }, t('edit.choose', { layer: pick(of.title) })),
            status,
            done.length > 0 && el('section', {}, el('h4', {}, t('edit.done')), el('ul', { class: 'done-list' }, done.map((one) => el('li', {}, el('span', {}, data(one.title), el('small', { class: 'quiet' }, ' ' + one.detail)),
                one.undone ? el('span', { class: 'quiet' }, t('edit.undone')) : el('button', { type: 'button', class: 'link', onclick: () => void undo(one) }, t('edit.undo')))))));
    }

    /** The place where the phone is. */
    function here() {
        busy = true;
        fill(status, el('p', { class: 'quiet' }, t('edit.locating')));
        navigator.geolocation.getCurrentPosition((found) => {
            busy = false;
            fill(status);
            const at = [Number(found.coords.longitude.toFixed(7)), Number(found.coords.latitude.toFixed(7))];
            beginNew({ type: 'Point', coordinates: at });
            page.map.flyTo(at[0], at[1], 17);
            refusal = t('edit.accuracy', { metres: number(Math.ceil(found.coords.accuracy)) });
            drawShape();
        }, () => {
            busy = false;
            fill(status, el('p', { class: 'mistake', role: 'alert' }, t('edit.noPosition')));
        }, { enableHighAccuracy: true, timeout: 20_000, maximumAge: 5_000 });
    }

    /** @param {LayerInfo} of */
    function drawForm(of) {
        const now = /** @type {Draft} */ (draft);
        // The pieces of a split go as a list of changes; the first is this form.
        const mistakes = failure === null ? [] : asProblem(failure).mistakes.map((one) => ({ ...one, where: one.where.replace(/^changes\[0\]\.(patch|create)\./, '') }));
        /** @type {Set<{where: string, what: string}>} */
        const placed = new Set();
        /** @param {string} where */
        const beside = (where) => {
            const mine = mistakes.filter((one) => one.where === where || one.where.startsWith(where + '.') || one.where.startsWith(where + '['));
            mine.forEach((one) => placed.add(one));
            return mine.map((one) => one.what).join(' ');
        };
        fields = new Map();
        const asked = ownFirst(attributes).filter((one) => one.name !== 'illustrative');
        /** @param {Attribute} one */
        const row = (one) => fieldRow(one, now, beside('properties.' + one.name));
        const rows = asked.filter((one) => !isProvenance(one)).map(row);
        const folded = asked.filter(isProvenance);
        const wrong = folded.some((one) => beside('properties.' + one.name) !== '' || one.name in now.values);
        const provenance = folded.length > 0 && el('details', { class: 'edit-provenance', open: wrong || provenanceOpen, ontoggle: (/** @type {Event} */ event) => { provenanceOpen = /** @type {HTMLDetailsElement} */ (event.currentTarget).open; } },
            el('summary', {}, t('edit.provenance')), el('div', { class: 'edit-form' }, folded.map(row)));
        const shapeWrong = beside('geometry');
        const why = el('textarea', { class: 'input', rows: 2, id: 'edit-why', maxlength: 500, value: now.why, oninput: () => { now.why = why.value; keepSoon(); } }, now.why);
        fill(root,
            el('h3', { class: 'edit-layer' }, now.id ? data(String(now.base?.properties.name ?? now.id)) : t('edit.newOf', { layer: pick(of.title) }), el('span', { class: 'quiet' }, ' ' + (now.id ? pick(of.title) : ''))),
            shapeBox,
            shapeWrong && el('p', { class: 'mistake', role: 'alert' }, shapeWrong),
            failure !== null && problemBox(failure, { without: (one) => [...placed].some((other) => other.what === one.what) }),
            el('form', { class: 'edit-form', novalidate: true, onsubmit: (/** @type {Event} */ event) => { event.preventDefault(); void save(); } }, rows, provenance,
                el('label', { class: 'field' }, el('span', {}, t('edit.why')), why),
                el('button', { hidden: true })),
            actions);
        drawTools();
        drawShape();
        drawActions();
    }

    /**
     * @param {Attribute} attribute
     * @param {Draft} now
     * @param {string} wrong what the service said of it
     */
    function fieldRow(attribute, now, wrong) {
        const name = attribute.name;
        const present = name in now.values ? now.values[name] : now.base?.properties[name] ?? null;
        const id = 'field-' + name;
        const mistake = el('span', { class: 'mistake', id: id + '-wrong', role: 'alert' }, wrong);
        const unit = attribute.unit ? ` (${unitInWords(attribute.unit)})` : '';
        const head = el(attribute.derived || attribute.type === 'array' ? 'span' : 'label', { class: 'edit-label', for: id }, el('span', {}, attribute.title + unit),
            attribute.required && !attribute.derived && el('span', { class: 'required', title: t('field.required') }, '*'),
            attribute.sensitivity !== 'public' && el('span', { class: 'badge sensitive', title: t(`edit.${attribute.sensitivity}.why`) }, t('edit.' + attribute.sensitivity)));
        const hints = [limits(attribute), attribute.note, attribute.derived ? null : attribute.source].filter((one) => one);
        const hint = hints.length > 0 && el('small', { class: 'quiet edit-hint', id: id + '-hint' }, hints.join(' · '));
        if (attribute.derived) {
            return el('div', { class: 'field edit-field derived', 'data-field': name }, head,
                el('output', { class: isOwnWords(present, attribute) ? 'data' : '' }, inWords(present, attribute)),
                el('small', { class: 'quiet edit-hint' }, [t('edit.derived'), attribute.derived.formula, attribute.derived.clause].filter(Boolean).join(' · ')));
        }
        const field = fieldOf(attribute, present, {
            id, label: attribute.title, describedBy: [hint && id + '-hint', id + '-wrong'].filter(Boolean).join(' '),
            onInput: () => {
                const value = field.value();
                if (same(value, now.base?.properties[name] ?? null)) delete now.values[name];
                else now.values[name] = value;
                mistake.textContent = field.mistake();
                row.classList.toggle('changed', name in now.values);
                keepSoon();
                drawActions();
            },
        });
        fields.set(name, field);
        const row = el('div', { class: 'field edit-field', 'data-field': name }, head, field.root, mistake, hint);
        row.classList.toggle('changed', name in now.values);
        return row;
    }

    /** @param {Attribute} attribute */
    function limits(attribute) {
        if (attribute.min !== null && attribute.max !== null) return t('edit.between', { min: number(attribute.min, 6), max: number(attribute.max, 6) });
        if (attribute.min !== null && attribute.min !== 0) return t('edit.atLeast', { min: number(attribute.min, 6) });
        if (attribute.max !== null) return t('edit.atMost', { max: number(attribute.max, 6) });
        return null;
    }

    function drawShape() {
        if (!draft || conflict) return;
        const kind = info()?.geometry ?? 'point';
        const figures = sketch.figures();
        const wrong = figures ? sketch.mistake() : null;
        const tool = sketch.tool();
        const hint = (tool === '' ? 'none' : tool) + (tool === 'draw' || tool === 'part' ? '.' + kind : '');
        const focused = document.activeElement?.id;
        if (focused === 'edit-lon' || focused === 'edit-lat') return;
        fill(shapeBox,
            kind === 'point' && figures ? pointFields() : figures && el('p', { class: 'edit-figures' }, [
                figures.metres !== null ? metres(figures.metres) : figures.squareMetres !== null ? areaInWords(figures.squareMetres) : '',
                t('edit.corners', { n: number(figures.corners) }),
                figures.parts > 1 ? t('edit.parts', { n: figures.parts }) : '',
                figures.holes > 0 ? t('edit.holes', { n: figures.holes }) : '',
            ].filter(Boolean).join(' · ')),
            draft.pieces.length > 0 && el('p', { class: 'note' }, t('edit.pieces', { n: draft.pieces.length })),
            wrong && el('p', { class: 'mistake', role: 'alert' }, t('edit.wrong.' + wrong)),
            refusal && el('p', { class: 'note', role: 'status' }, refusal),
            el('p', { class: 'quiet small' }, t('edit.hint.' + hint), matchMedia('(pointer: fine)').matches && has('edit.keys.' + hint) && ' ' + t('edit.keys.' + hint)));
    }

    /** @param {number} squareMetres */
    function areaInWords(squareMetres) {
        return squareMetres < 1e6 ? t('edit.squareMetres', { n: number(squareMetres) }) : area(squareMetres);
    }

    function pointFields() {
        const at = draft?.shape?.coordinates ?? [0, 0];
        const set = () => {
            const [x, y] = [Number(lon.value), Number(lat.value)];
            const fits = lon.value.trim() !== '' && lat.value.trim() !== '' && Math.abs(x) <= 180 && Math.abs(y) <= 90;
            wrong.textContent = fits ? '' : t('edit.wrong.place');
            if (fits) sketch.set({ type: 'Point', coordinates: [x, y] });
        };
        const wrong = el('span', { class: 'mistake', role: 'alert' });
        const lon = el('input', { class: 'input', id: 'edit-lon', inputmode: 'decimal', value: String(at[0]), onchange: set });
        const lat = el('input', { class: 'input', id: 'edit-lat', inputmode: 'decimal', value: String(at[1]), onchange: set });
        return el('div', {}, el('div', { class: 'field-row' }, el('label', { class: 'field' }, el('span', {}, t('edit.lon')), lon), el('label', { class: 'field' }, el('span', {}, t('edit.lat')), lat)), wrong);
    }

    function drawActions() {
        if (!draft || conflict) return;
        const changed = isChanged(draft);
        const focused = document.activeElement?.id;
        fill(actions,
            el('button', { type: 'button', class: 'button primary', id: 'edit-save', disabled: busy || !changed || (!draft.shape), title: t('edit.save.key'), onclick: () => void save() }, icon('check', 16), t(busy ? 'edit.saving' : 'edit.save')),
            el('button', { type: 'button', class: 'button', id: 'edit-cancel', disabled: busy, onclick: () => discard(/** @type {Draft} */ (draft)) }, t(changed ? 'edit.discard' : 'edit.close')),
            draft.id && el('button', { type: 'button', class: 'button', id: 'edit-history', onclick: () => page.openPanel('changes', `${layer}/${draft?.id}`) }, icon('history', 16), t('popup.history')),
            draft.id && iconButton('trash', t('edit.delete'), () => void remove(), { id: 'edit-delete', class: 'icon-button danger' }));
        if (focused?.startsWith('edit-')) /** @type {HTMLElement | null} */ (document.getElementById(focused))?.focus();
    }

    function drawTools() {
        if (!draft || conflict) return fill(tools);
        const kind = info()?.geometry ?? 'point';
        const drawn = draft.shape !== null;
        const now = sketch.tool();
        const focused = document.activeElement?.getAttribute('data-tool');
        tools.setAttribute('aria-label', t('edit.tools'));
        /**
         * @param {Tool} tool
         * @param {string} picture
         */
        const choose = (tool, picture) => el('button', {
            type: 'button', class: 'edit-tool', 'data-tool': tool, 'aria-pressed': String(now === tool), title: t('edit.tool.' + tool),
            onclick: () => { sketch.use(tool); page.map.focus(); },
        }, icon(picture, 20), el('span', {}, t('edit.tool.' + tool)));
        /**
         * @param {string} name
         * @param {string} picture
         * @param {() => void} onclick
         * @param {boolean} off
         */
        const act = (name, picture, onclick, off) => el('button', { type: 'button', class: 'edit-tool', 'data-tool': name, disabled: off, title: t('edit.tool.' + name), onclick }, icon(picture, 20), el('span', {}, t('edit.tool.' + name)));
        const drawing = now === 'draw' || now === 'part' || now === 'hole' || now === 'split';
        fill(tools,
            !drawn && choose('draw', kind),
            drawn && kind !== 'point' && choose('corners', 'vertices'),
            drawn && kind !== 'point' && choose('remove', 'minus'),
            drawn && choose('move', 'move'),
            drawn && kind !== 'point' && choose('part', 'part'),
            drawn && kind === 'polygon' && choose('hole', 'hole'),
            drawn && kind !== 'point' && choose('split', 'split'),
            el('span', { class: 'edit-tool-gap' }),
            act('undo', 'undo', () => sketch.back(), !sketch.canBack()),
            act('redo', 'redo', () => sketch.forward(), !sketch.canForward()),
            drawing && kind !== 'point' && act('finish', 'check', () => sketch.finish(), !sketch.drawing()),
            drawing && drawn && act('stop', 'close', () => sketch.stop(), false));
        if (focused) /** @type {HTMLElement | null} */ (tools.querySelector(`[data-tool="${focused}"]:not(:disabled)`))?.focus();
    }

    // ---- saving -------------------------------------------------------------------------------------------------

    async function save() {
        const now = draft;
        if (!now || busy || conflict || !now.shape || !isChanged(now)) return;
        const wrong = [...fields].filter(([, field]) => field.mistake() !== '');
        for (const [name, field] of wrong) byId(`field-${name}-wrong`).textContent = field.mistake();
        const shape = sketch.mistake();
        if (shape || wrong.length) {
            say(shape ? t('edit.wrong.' + shape) : t('edit.wrong.fields', { n: wrong.length }));
            if (shape) shapeBox.scrollIntoView({ block: 'nearest' });
            else {
                wrong[0][1].root.closest('details')?.setAttribute('open', '');
                wrong[0][1].focus();
            }
            return;
        }
        busy = true;
        failure = null;
        drawActions();
        try {
            const { changeSet, name } = await store(now);
            const detail = t(now.pieces.length ? 'edit.split' : now.id ? 'edit.changed' : 'edit.created', { changeSet, n: now.pieces.length + 1 });
            done = [{ title: name, detail, changeSet, undone: false }, ...done].slice(0, 10);
            await finished(now);
            page.tell(t('edit.saved', { name }), t('edit.undo'), () => void undo(done.find((one) => one.changeSet === changeSet) ?? done[0]));
        } catch (error) {
            const problem = asProblem(error);
            if (problem.status === 412 && now.id) await disagree(now, problem);
            else failure = error;
            if (problem.status === 401 || problem.status === 403) page.account.ask();
        }
        busy = false;
        draw();
        if (failure !== null) /** @type {HTMLElement | null} */ (root.querySelector('.problem, .mistake:not(:empty)'))?.scrollIntoView({ block: 'nearest' });
    }

    /**
     * The pieces of a split go together with what is left of the whole, as one change.
     *
     * @param {Draft} now
     * @returns {Promise<{changeSet: number, name: string}>}
     */
    async function store(now) {
        const properties = known({ ...now.base?.properties, ...now.values });
        const pieces = now.pieces.map((geometry) => ({ create: { type: 'Feature', geometry, properties } }));
        if (pieces.length) {
            const whole = now.id ? { id: now.id, ifMatch: now.tag, patch: patchOf(now) } : { create: { type: 'Feature', geometry: now.shape, properties } };
            const { changeSet } = await changeMany(layer, [whole, ...pieces], now.why);
            return { changeSet, name: String(properties.name ?? now.id) };
        }
        const { feature, changeSet } = now.id
            ? await patchFeature(layer, now.id, patchOf(now), now.tag, now.why)
            : await createFeature(layer, { geometry: now.shape, properties: known(now.values) }, now.why);
        return { changeSet, name: String(feature.properties.name ?? feature.id) };
    }

    /** @param {Draft} now */
    async function finished(now) {
        forget(keyOf(now));
        draft = null;
        leave();
        shownFor = layer;
        page.state.set({ subject: layer });
        await page.changed(layer);
    }

    /** @param {Draft} now */
    function patchOf(now) {
        return {
            ...(same(now.shape, now.base?.geometry ?? null) ? {} : { geometry: now.shape }),
            ...(Object.keys(now.values).length ? { properties: now.values } : {}),
        };
    }

    /** @param {Record<string, any>} values */
    function known(values) {
        const derived = new Set(attributes.filter((one) => one.derived).map((one) => one.name));
        return Object.fromEntries(Object.entries(values).filter(([name, value]) => value !== null && value !== undefined && !derived.has(name)));
    }

    async function remove() {
        const now = draft;
        if (!now?.id || busy) return;
        busy = true;
        drawActions();
        const name = String(now.base?.properties.name ?? now.id);
        try {
            const changeSet = await deleteFeature(layer, now.id, now.tag, now.why);
            done = [{ title: name, detail: t('edit.deleted', { changeSet }), changeSet, undone: false }, ...done].slice(0, 10);
            await finished(now);
            page.tell(t('edit.deletedNow', { name }), t('edit.undo'), () => void undo(done.find((one) => one.changeSet === changeSet) ?? done[0]));
        } catch (error) {
            const problem = asProblem(error);
            if (problem.status === 412) await disagree(now, problem);
            else failure = error;
        }
        busy = false;
        draw();
    }

    /** @param {{title: string, detail: string, changeSet: number, undone: boolean}} what */
    async function undo(what) {
        try {
            await undoChange(layer, what.changeSet);
            what.undone = true;
            page.tell(t('edit.undoneNow', { name: what.title }));
            await page.changed(layer);
        } catch (error) {
            failure = error;
        }
        draw();
    }

    // ---- somebody else was faster -------------------------------------------------------------------------------

    /**
     * @param {Draft} now
     * @param {import('../api.js').Problem} problem
     */
    async function disagree(now, problem) {
        try {
            const id = /** @type {string} */ (now.id);
            const [{ feature, tag }, past] = await Promise.all([fetchTagged(layer, id), fetchHistory(layer, id)]);
            const last = past.history[0];
            const said = !last ? problem.detail : t(last.why ? 'edit.conflict.whoWhy' : 'edit.conflict.who', { who: last.who, when: dateTime(last.at), why: last.why });
            conflict = { title: problem.title, said, theirs: clean(feature), tag, choice: {} };
            sketch.compare(feature.geometry && now.shape && !same(feature.geometry, now.base?.geometry) ? [{ geometry: feature.geometry, role: 'before' }] : []);
            fill(tools);
        } catch (error) {
            failure = error;
        }
    }

    /**
     * What both have changed, each in their own way.
     *
     * @param {Draft} now
     * @param {Conflict} with_
     */
    function disputed(now, with_) {
        const base = now.base?.properties ?? {};
        const names = Object.keys(now.values).filter((name) => !same(with_.theirs.properties[name], base[name]) && !same(with_.theirs.properties[name], now.values[name]));
        const moved = !same(now.shape, now.base?.geometry) && !same(with_.theirs.geometry, now.base?.geometry) && !same(with_.theirs.geometry, now.shape);
        return moved ? [...names, 'geometry'] : names;
    }

    /**
     * @param {LayerInfo} of
     * @param {Conflict} with_
     */
    function drawConflict(of, with_) {
        const now = /** @type {Draft} */ (draft);
        const names = disputed(now, with_);
        const open = names.filter((name) => !with_.choice[name]);
        const onlyTheirs = attributes.filter((one) => !same(with_.theirs.properties[one.name], now.base?.properties[one.name]) && !(one.name in now.values));
        const words = (/** @type {string} */ name, /** @type {any} */ value) => {
            const attribute = attributes.find((one) => one.name === name);
            return attribute ? inWords(value, attribute) : '';
        };
        const option = (/** @type {string} */ name, /** @type {'mine' | 'theirs'} */ whose, /** @type {string} */ value) => el('button', {
            type: 'button', class: 'choice', role: 'radio', 'aria-checked': String(with_.choice[name] === whose), 'data-choice': whose,
            onclick: () => {
                with_.choice[name] = whose;
                drawConflict(of, with_);
                /** @type {HTMLElement | null} */ (root.querySelector(`[data-dispute="${CSS.escape(name)}"] [data-choice="${whose}"]`))?.focus();
            },
        }, el('small', {}, t('edit.' + whose)), el('span', { class: 'data' }, value));
        fill(root,
            el('h3', { class: 'edit-layer' }, data(String(now.base?.properties.name ?? now.id)), el('span', { class: 'quiet' }, ' ' + pick(of.title))),
            el('div', { class: 'problem conflict', role: 'alert' }, el('strong', {}, with_.title), el('p', {}, with_.said)),
            names.length > 0 ? el('p', {}, t('edit.conflict.choose')) : el('p', {}, t('edit.conflict.none')),
            names.map((name) => el('div', { class: 'dispute', role: 'radiogroup', 'data-dispute': name, 'aria-label': name === 'geometry' ? t('edit.shape') : attributes.find((one) => one.name === name)?.title ?? name },
                el('div', { class: 'dispute-name' }, name === 'geometry' ? t('edit.shape') : attributes.find((one) => one.name === name)?.title ?? name,
                    name !== 'geometry' && el('small', { class: 'quiet' }, ' ' + t('edit.before', { value: words(name, now.base?.properties[name]) }))),
                el('div', { class: 'dispute-choices' },
                    option(name, 'mine', name === 'geometry' ? t('edit.shape.mine') : words(name, now.values[name])),
                    option(name, 'theirs', name === 'geometry' ? t('edit.shape.theirs') : words(name, with_.theirs.properties[name]))))),
            onlyTheirs.length > 0 && el('details', {}, el('summary', {}, t('edit.conflict.theirs', { n: onlyTheirs.length })),
                el('dl', { class: 'facts' }, onlyTheirs.map((one) => el('div', {}, el('dt', {}, one.title), el('dd', {}, `${inWords(now.base?.properties[one.name], one)} → ${inWords(with_.theirs.properties[one.name], one)}`))))),
            el('div', { class: 'edit-actions' },
                el('button', { type: 'button', class: 'button primary', id: 'edit-merge', disabled: open.length > 0 || busy, onclick: () => void merge(with_) }, t('edit.conflict.save')),
                el('button', { type: 'button', class: 'button', id: 'edit-theirs', onclick: () => discard(now) }, t('edit.conflict.drop'))));
    }

    /** @param {Conflict} with_ */
    async function merge(with_) {
        const now = /** @type {Draft} */ (draft);
        for (const name of disputed(now, with_)) if (with_.choice[name] === 'theirs' && name !== 'geometry') delete now.values[name];
        // What both made the same needs no change any more.
        for (const name of Object.keys(now.values)) if (same(now.values[name], with_.theirs.properties[name])) delete now.values[name];
        const keepMine = !same(now.shape, now.base?.geometry) && with_.choice.geometry !== 'theirs';
        const shape = keepMine ? now.shape : with_.theirs.geometry;
        take({ ...now, base: with_.theirs, tag: with_.tag, shape, pieces: now.pieces });
        sketch.compare([]);
        draw();
        if (draft && isChanged(draft)) await save();
        else if (draft) discard(draft);
    }

    return {
        draw() {
            // Whoever has just signed in may now change what the address names.
            const { panel, subject } = page.state.get();
            if (panel === 'edit' && subject.includes('/') && !draft && failure === null && page.account.canEdit() && waiting !== subject) {
                shownFor = '';
                void show(subject);
            }
            draw();
        },
        show: (subject) => void show(subject),
        hide: () => leave(),
        unsaved: () => draft !== null && isChanged(draft),
        onClick(hits) {
            const hit = hits.find((one) => one.layer === layer);
            if (draft || !hit || !page.account.canEdit()) return false;
            page.openPanel('edit', `${layer}/${hit.id}`);
            return true;
        },
    };
}

/** @param {Geometry} geometry */
function rounded(geometry) {
    return JSON.stringify(geometry.coordinates, (_, value) => (typeof value === 'number' ? Math.round(value * 1e7) / 1e7 : value));
}
