/**
 * The task panels, in one place. To add one: write `panels/x.js` with a function `(root, page) => Panel`, put its line
 * here and its name into the words as `task.x`. A panel is fetched and made when it is first opened. A panel with `rail` has its own button on the rail; one with `under`
 * is reached from another panel (the data panel offers a button for `import`, `doctor`, `edit` and `changes` as soon as
 * they stand here) and has a button that leads back.
 *
 * @typedef {import('../api.js').Info} Info
 * @typedef {import('../api.js').LayerInfo} LayerInfo
 * @typedef {import('../api.js').GeoFeature} GeoFeature
 * @typedef {import('../account.js').Account} Account
 * @typedef {import('../state.js').StateStore} StateStore
 * @typedef {import('../map.js').AnquanMap} AnquanMap
 * @typedef {import('../colours.js').Theme} Theme
 *
 * @typedef {object} Page what a panel may use of the page
 * @property {() => Info} info
 * @property {StateStore} state
 * @property {AnquanMap} map
 * @property {Account} account who is signed in and what they may do
 * @property {() => Theme} theme
 * @property {() => string} county
 * @property {(layer: string) => string} titleOf
 * @property {(key: string) => void} openTable `layer:<id>`, `uncovered`, `stations`
 * @property {(panel: string, subject?: string) => void} openPanel the subject is a layer, or `layer/feature`
 * @property {(panel: string) => boolean} has whether such a panel is registered
 * @property {(layer: string, id: string) => Promise<void>} showFeature goes there, selects it, opens its pop-up
 * @property {(layer: string) => Promise<void>} changed data of the layer changed: counts, map and table are fetched anew
 * @property {(words: string, action?: string, run?: () => void) => void} tell a short notice above the map that goes by itself, with a button where one is named
 * @property {(layer: string, ids: string[] | null) => void} mark rows of the table
 * @property {(id: string) => void} markRow the row of this id in the table that is open
 * @property {() => void} showTable the open panel's tables have changed
 * @property {(rows: import('../legend.js').Explained[]) => void} explain what the panel has drawn, in the legend; empty for nothing
 *
 * @typedef {object} Panel
 * @property {() => void} draw all words anew: after a change of language, theme, account or data
 * @property {(subject: string) => void} [show] it was opened, or its subject changed
 * @property {() => void} [hide] another panel was opened, or none
 * @property {() => boolean} [unsaved] whether something would be lost that is not kept anywhere
 * @property {(hits: {layer: string, id: string}[], at: [number, number]) => boolean} [onClick] on the map while it is open; true
 *     where the panel has dealt with it and no pop-up is wanted
 * @property {() => import('../table.js').Table[]} [tables] of its answer, while it is open
 * @property {(files: File[]) => void} [take] files that were dropped on the page
 *
 * @typedef {object} PanelEntry
 * @property {string} id
 * @property {boolean} [rail]
 * @property {string} [under]
 * @property {() => Promise<(root: HTMLElement, page: Page) => Panel>} load
 */

/** Coverage is put together by app.js: its tables and its circle belong to the whole page. */
/** @type {PanelEntry[]} */
export const PANELS = [
    { id: 'layers', rail: true, load: async () => (await import('./layers.js')).layersPanel },
    { id: 'shelter', rail: true, load: async () => (await import('./shelter.js')).shelterPanel },
    { id: 'risk', rail: true, load: async () => (await import('./risk.js')).riskPanel },
    { id: 'data', rail: true, load: async () => (await import('./data.js')).dataPanel },
    { id: 'edit', under: 'data', load: async () => (await import('./edit.js')).editPanel },
    { id: 'changes', under: 'data', load: async () => (await import('./changes.js')).changesPanel },
    { id: 'doctor', under: 'data', load: async () => (await import('./doctor.js')).doctorPanel },
    { id: 'import', under: 'data', load: async () => (await import('./import.js')).importPanel },
    { id: 'publish', under: 'data', load: async () => (await import('./publish.js')).publishPanel },
];

/** Where a file that is dropped on the page goes. */
export const FILES_GO_TO = 'import';

/** The buttons on the rail, in this order. */
export const RAIL = ['layers', 'coverage', 'shelter', 'risk', 'data'];
