/**
 * The administrator publishes the layers to a GeoServer: where to, what would be done, how far it is, what came of it.
 * Name and password stay in their fields and are gone with the panel.
 *
 * @typedef {import('../api.js').Publishing} Publishing
 * @typedef {import('../api.js').PublishingRun} PublishingRun
 * @typedef {import('./index.js').Page} Page
 * @typedef {import('./index.js').Panel} Panel
 */

import { fetchPublishing, Problem, startPublishing, stopPublishing } from '../api.js';
import { el, fill, icon, say } from '../dom.js';
import { number, percent } from '../format.js';
import { t } from '../i18n.js';
import { problemBox } from '../problem.js';

/** How often a run is looked after, in milliseconds. */
const LOOK_EVERY = 500;

/**
 * @param {HTMLElement} root
 * @param {Page} page
 * @returns {Panel}
 */
export function publishPanel(root, page) {
    /** @type {Publishing | null} */
    let known = null;
    /** @type {unknown} */
    let failure = null;
    let timer = 0;
    let shown = false;
    const wish = { url: '', workspace: '', user: '', password: '' };

    /** @param {() => Promise<Publishing>} work */
    async function attempt(work) {
        const was = known?.run?.running ?? false;
        failure = null;
        try {
            known = await work();
        } catch (error) {
            failure = error;
        }
        const run = known?.run;
        if (was && run && !run.running) say(sentence(run));
        draw();
        clearTimeout(timer);
        if (shown && run?.running) timer = window.setTimeout(() => void attempt(fetchPublishing), LOOK_EVERY);
    }

    /** @param {boolean} dryRun */
    function start(dryRun) {
        void attempt(() => startPublishing({ ...wish, dryRun }));
    }

    /** @param {PublishingRun} run */
    function sentence(run) {
        if (run.running) return t(run.dryRun ? 'publish.trying' : 'publish.working');
        if (run.stopped) return t('publish.stopped');
        if (run.problem) return t('publish.failed');
        const n = run.writes?.length ?? 0;
        if (n === 0) return t('publish.unchanged', { layers: number(run.layers), workspace: run.workspace });
        return t(run.dryRun ? 'publish.would' : 'publish.done', { n: number(n), layers: number(run.layers), workspace: run.workspace });
    }

    /** @param {Publishing} of */
    function form(of) {
        const busy = of.run?.running ?? false;
        const field = (/** @type {'url' | 'workspace' | 'user' | 'password'} */ name, /** @type {string} */ usual, /** @type {Record<string, any>} */ more = {}) => {
            const input = el('input', { class: 'input', id: 'publish-' + name, placeholder: usual, disabled: busy, spellcheck: 'false', ...more, oninput: () => { wish[name] = input.value; } });
            input.value = wish[name];
            return el('label', { class: 'field' }, el('span', {}, t('publish.' + name)), input);
        };
        const account = of.account ? t('publish.asSet') : '';
        return el('form', { class: 'form publish-form', autocomplete: 'off', onsubmit: (/** @type {Event} */ event) => {
            event.preventDefault();
            start(true);
        } },
        field('url', of.url || t('publish.url.example'), { type: 'url', required: !of.url }),
        field('workspace', of.workspace, { pattern: '[A-Za-z][A-Za-z0-9_\\-]{0,40}', title: t('publish.workspace.help') }),
        el('div', { class: 'field-row' }, field('user', account, { autocomplete: 'off' }), field('password', account, { type: 'password', autocomplete: 'new-password' })),
        el('p', { class: 'quiet small' }, t('publish.secret')),
        el('div', { class: 'run-row' },
            !busy && el('button', { class: 'button', id: 'publish-try' }, t('publish.try')),
            !busy && el('button', { type: 'button', class: 'button primary', id: 'publish-run', onclick: () => { if (root.querySelector('form')?.reportValidity()) start(false); } }, t('publish.run')),
            busy && el('button', { type: 'button', class: 'button', id: 'publish-stop', onclick: () => void attempt(stopPublishing) }, icon('stop', 16), t('coverage.stop'))));
    }

    /** @param {PublishingRun} run */
    function progress(run) {
        const bar = el('div', { class: 'slow-bar', role: 'progressbar', 'aria-label': t('publish.title'), 'aria-valuemin': '0', 'aria-valuemax': '100', 'aria-valuenow': String(Math.round(run.share * 100)) }, el('span'));
        bar.style.setProperty('--share', run.share * 100 + '%');
        return [bar, el('p', { class: 'quiet small' }, `${percent(run.share)} ${run.doing}`)];
    }

    /** @param {PublishingRun} run */
    function outcome(run) {
        const writes = run.writes ?? [];
        const warnings = run.warnings ?? [];
        return el('section', { class: 'publish-outcome' },
            el('p', { class: 'effect-sentence', id: 'publish-sentence', role: 'status' }, sentence(run)),
            el('p', { class: 'quiet small' }, t('publish.where', { address: run.address, workspace: run.workspace })),
            run.running && progress(run),
            run.problem && !run.stopped && problemBox(new Problem(run.problem)),
            run.stopped && run.problem?.mistakes?.length > 0 && steps(run.problem.mistakes.map((/** @type {{what: string}} */ one) => one.what)),
            warnings.map((one) => el('p', { class: 'note' }, one)),
            writes.length > 0 && steps(writes));
    }

    /** @param {string[]} words */
    function steps(words) {
        return el('ol', { class: 'publish-steps', id: 'publish-steps', tabindex: '0', 'aria-label': t('publish.steps') }, words.map((one) => el('li', {}, one)));
    }

    function draw() {
        if (!page.account.canAdminister()) {
            return fill(root, el('div', { class: 'empty' }, el('strong', {}, t('publish.signIn')),
                !page.account.signedIn() && el('button', { type: 'button', class: 'button primary', onclick: () => page.account.ask() }, t('app.signIn'))));
        }
        const focused = root.contains(document.activeElement) ? document.activeElement?.id : '';
        fill(root,
            el('p', { class: 'quiet small' }, t('publish.intro')),
            known ? form(known) : failure === null && el('p', { class: 'quiet' }, t('popup.loading')),
            failure !== null && problemBox(failure, known ? {} : { retry: () => void attempt(fetchPublishing) }),
            known?.run && outcome(known.run));
        if (focused) document.getElementById(focused)?.focus();
    }

    return {
        draw() {
            if (shown && !known && page.account.canAdminister()) void attempt(fetchPublishing);
            draw();
        },
        show() {
            shown = true;
            if (page.account.canAdminister()) void attempt(fetchPublishing);
            else draw();
        },
        hide() {
            shown = false;
            clearTimeout(timer);
            wish.user = wish.password = '';
        },
    };
}
