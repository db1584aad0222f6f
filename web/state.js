/**
 * What the user looks at, kept in the address: a link opens the same map, layers, question and answer, and Back works.
 *
 * @typedef {import('./i18n.js').Language} Language
 * @typedef {{lon: number, lat: number, zoom: number}} MapView degrees; zoom as on web maps
 *
 * @typedef {object} Condition
 * @property {string} attribute
 * @property {'is' | 'isNot' | 'atLeast' | 'atMost' | 'contains'} operator
 * @property {string} value
 *
 * @typedef {object} Question what the circle panel asks
 * @property {string} layer of the stations
 * @property {string} filter CQL2 text; empty for all
 * @property {number[]} minutes
 * @property {string} profile
 * @property {string} direction
 * @property {boolean} turnout
 * @property {Air | null} air helicopters beside the stations
 *
 * @typedef {object} Air
 * @property {number} launchMinutes
 * @property {number} speedKmh
 * @property {string} at ISO 8601: whether it is day then; empty: by daylight
 *
 * @typedef {object} State
 * @property {Language} language
 * @property {MapView | null} view null: the whole county
 * @property {string[] | null} layers the layers that are on; null: the usual ones
 * @property {string} panel the open task, or empty
 * @property {Question | null} question that was asked last; null: none
 * @property {'bands' | 'areas'} shading
 * @property {string} subject what the open task is about: a layer, or `layer/feature`
 * @property {string} then `layer@time`: that layer is shown as it was at that time (ISO 8601); or empty
 * @property {string} table `layer:<id>`, `uncovered`, `stations` … or empty
 * @property {string} whatIf the changes of the what-if as whatif.js writes them; empty: none
 * @property {number | null} swipe where before and after meet, in percent of the map's width; null: no swipe
 * @property {number | null} slide minutes that the time slider stands at; null: no slider
 * @property {string} together several kinds of help that must come, as panels/critical.js writes them; empty: not asked
 * @property {[number, number] | null} who the place (lon, lat) for which it was asked who comes
 *
 * @typedef {(now: State, before: State) => void} Listener
 */

/** @type {Question} */
export const FIRST_QUESTION = {
    layer: 'rescue_station',
    filter: '',
    minutes: [15, 30, 60],
    profile: 'fire_engine',
    direction: 'from',
    turnout: true,
    air: null,
};

export function createState() {
    /** @type {Listener[]} */
    const listeners = [];
    let state = read(new URLSearchParams(location.search), recall('language'));

    /** @param {State} next */
    function become(next) {
        const before = state;
        state = next;
        for (const listener of listeners) listener(state, before);
    }

    addEventListener('popstate', () => become(read(new URLSearchParams(location.search), null)));

    return {
        get: () => state,

        /** @param {Listener} listener */
        onChange: (listener) => void listeners.push(listener),

        /**
         * A step that Back takes back.
         *
         * @param {Partial<State>} part
         */
        set(part) {
            const next = { ...state, ...part };
            const address = addressOf(next);
            if (address !== addressOf(state)) history.pushState(null, '', address);
            become(next);
        },

        /**
         * A change too small for a step of its own, such as a movement of the map.
         *
         * @param {Partial<State>} part
         */
        adjust(part) {
            const next = { ...state, ...part };
            history.replaceState(null, '', addressOf(next));
            become(next);
        },
    };
}

/** @typedef {ReturnType<typeof createState>} StateStore */

/**
 * @param {URLSearchParams} asked
 * @param {string | null} usualLanguage where the address says none
 * @returns {State}
 */
function read(asked, usualLanguage) {
    const wanted = asked.get('lang') ?? usualLanguage;
    return {
        language: wanted === 'en' ? 'en' : 'zh',
        view: readView(asked.get('at')),
        layers: asked.has('on') ? list(asked.get('on')) : null,
        panel: asked.get('task') ?? 'coverage',
        question: asked.has('from') ? readQuestion(asked) : null,
        shading: asked.get('by') === 'station' ? 'areas' : 'bands',
        subject: asked.get('of') ?? '',
        then: asked.get('then') ?? '',
        table: asked.get('table') ?? '',
        whatIf: asked.get('if') ?? '',
        swipe: readNumber(asked.get('swipe'), 0, 100),
        slide: readNumber(asked.get('t'), 1, 600),
        together: asked.get('with') ?? '',
        who: readPlace(asked.get('who')),
    };
}

/**
 * @param {string | null} text lon,lat,zoom
 * @returns {MapView | null}
 */
function readView(text) {
    const [lon, lat, zoom] = list(text).map(Number);
    const usable = [lon, lat, zoom].every(Number.isFinite) && Math.abs(lon) <= 180 && Math.abs(lat) <= 85;
    return usable ? { lon, lat, zoom } : null;
}

/**
 * @param {string | null} text
 * @param {number} least
 * @param {number} most
 */
function readNumber(text, least, most) {
    const value = Number(text);
    return text && Number.isFinite(value) && value >= least && value <= most ? value : null;
}

/**
 * @param {string | null} text lon,lat
 * @returns {[number, number] | null}
 */
function readPlace(text) {
    const [lon, lat] = list(text).map(Number);
    return [lon, lat].every(Number.isFinite) && Math.abs(lon) <= 180 && Math.abs(lat) <= 85 ? [lon, lat] : null;
}

/**
 * @param {URLSearchParams} asked
 * @returns {Question}
 */
function readQuestion(asked) {
    const minutes = list(asked.get('minutes')).map(Number).filter(Number.isFinite);
    return {
        layer: asked.get('from') || FIRST_QUESTION.layer,
        filter: asked.get('where') ?? '',
        minutes: minutes.length ? minutes : FIRST_QUESTION.minutes,
        profile: asked.get('profile') || FIRST_QUESTION.profile,
        direction: asked.get('direction') === 'to' ? 'to' : 'from',
        turnout: asked.get('turnout') !== 'no',
        air: readAir(asked.get('air')),
    };
}

/**
 * @param {string | null} text minutes,km/h or minutes,km/h,time
 * @returns {Air | null}
 */
function readAir(text) {
    const [launch, speed, at = ''] = list(text);
    const [launchMinutes, speedKmh] = [launch, speed].map(Number);
    return text && launchMinutes >= 0 && speedKmh > 0 ? { launchMinutes, speedKmh, at } : null;
}

/** @param {State} state */
function addressOf(state) {
    const said = new URLSearchParams();
    if (state.view) said.set('at', `${state.view.lon.toFixed(4)},${state.view.lat.toFixed(4)},${state.view.zoom.toFixed(2)}`);
    if (state.layers) said.set('on', state.layers.join(','));
    if (state.panel !== 'coverage') said.set('task', state.panel);
    if (state.question) {
        const question = state.question;
        said.set('from', question.layer);
        if (question.filter) said.set('where', question.filter);
        said.set('minutes', question.minutes.join(','));
        if (question.profile !== FIRST_QUESTION.profile) said.set('profile', question.profile);
        if (question.direction !== FIRST_QUESTION.direction) said.set('direction', question.direction);
        if (!question.turnout) said.set('turnout', 'no');
        if (question.air) said.set('air', [question.air.launchMinutes, question.air.speedKmh, question.air.at].filter((one) => one !== '').join(','));
        if (state.shading === 'areas') said.set('by', 'station');
        if (state.whatIf) said.set('if', state.whatIf);
        if (state.swipe !== null) said.set('swipe', String(Math.round(state.swipe)));
        if (state.slide !== null) said.set('t', String(state.slide));
        if (state.together) said.set('with', state.together);
        if (state.who) said.set('who', state.who.map((one) => one.toFixed(5)).join(','));
    }
    if (state.subject) said.set('of', state.subject);
    if (state.then) said.set('then', state.then);
    if (state.table) said.set('table', state.table);
    if (state.language !== 'zh') said.set('lang', state.language);
    const text = said.toString().replaceAll('%2C', ',').replaceAll('%3A', ':').replaceAll('%2F', '/').replaceAll('%40', '@');
    return location.pathname + (text ? '?' + text : '');
}

/** @param {string | null} text */
function list(text) {
    return (text ?? '').split(',').filter((part) => part !== '');
}

/**
 * What this browser remembers between visits: the colours, the language, the latest searches and what was drawn but not
 * yet saved.
 *
 * @param {string} name
 */
export function recall(name) {
    try {
        return localStorage.getItem('anquan.' + name);
    } catch {
        return null;
    }
}

/**
 * @param {string} name
 * @param {string} value
 */
export function remember(name, value) {
    try {
        localStorage.setItem('anquan.' + name, value);
    } catch {
        // A browser that keeps nothing still works; it only asks again.
    }
}

/** @param {string} name */
export function forget(name) {
    try {
        localStorage.removeItem('anquan.' + name);
    } catch {
        // As above.
    }
}

/**
 * The names that are remembered under a prefix.
 *
 * @param {string} prefix
 * @returns {string[]}
 */
export function remembered(prefix) {
    try {
        return Object.keys(localStorage).filter((key) => key.startsWith('anquan.' + prefix)).map((key) => key.slice('anquan.'.length)).sort();
    } catch {
        return [];
    }
}
