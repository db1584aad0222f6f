/**
 * Why a place has its level: what each hazard adds, and the numbers behind it with their sources.
 */

import { data, el } from '../dom.js';
import { fixed, people, percent } from '../format.js';
import { t } from '../i18n.js';

const PARTS = ['hazard', 'exposure', 'vulnerability', 'capacity'];

/**
 * @param {any} reason answer of risk-reason
 */
export function reasonBox(reason) {
    const shown = reason.hazards.filter((/** @type {any} */ one) => one.share > 0 || reason.hazards.length === 1);
    const most = Math.max(0.0001, ...shown.map((/** @type {any} */ one) => one.contribution ?? 0));
    const value = (/** @type {number | null} */ one) => (one === null ? t('risk.unknown') : fixed(one, 2));
    return el('section', { class: 'risk-reason', 'aria-live': 'polite' },
        el('h3', { id: 'risk-reason-title' }, t('risk.why', { level: reason.levelName })),
        el('p', {}, [reason.township, reason.village].filter(Boolean).flatMap((/** @type {string} */ one, i) => [i ? ' · ' : '', data(one)]),
            ' ', t('risk.why.cell', { risk: value(reason.risk), people: people(reason.people === null ? null : Math.round(reason.people)) })),
        el('ul', { class: 'risk-hazards' }, shown.map((/** @type {any} */ one) => {
            const bar = el('span', { class: 'risk-bar' });
            bar.style.width = `${Math.round(100 * (one.contribution ?? 0) / most)}%`;
            return el('li', {}, el('details', { 'data-reason': one.id },
                el('summary', {}, el('span', { class: 'risk-hazard' }, one.title, ' ', el('small', { class: 'quiet' }, t('risk.why.share', { share: percent(one.share) }))),
                    el('strong', {}, one.contribution === null ? t('risk.unknown') : '+' + fixed(one.contribution, 3)), el('span', { class: 'risk-track' }, bar)),
                el('dl', { class: 'facts' }, PARTS.map((part) => el('div', {}, el('dt', {}, t('risk.part.' + part)), el('dd', {}, value(one[part]))))),
                el('ul', { class: 'risk-factors' }, one.factors.map((/** @type {any} */ factor) => el('li', { class: factor.share === 0 ? 'quiet' : '' },
                    el('span', {}, t('risk.part.' + factor.part), t('risk.colon'), factor.title),
                    el('strong', {}, value(factor.value)),
                    el('small', { class: 'quiet' }, factor.value === null ? t('risk.factor.leftOut') : factor.combine === 'max' ? t('risk.factor.max') : t('risk.factor.share', { share: percent(factor.share) }), ' · ', factor.source, '（', t('risk.mark.' + factor.mark), '）'))))));
        })),
        el('p', { class: 'quiet small' }, t('risk.why.how')));
}
