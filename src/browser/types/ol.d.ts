import olFull from 'ol/dist/ol.js';

/** OpenLayers, as its one full build puts it on the page. */
declare global {
    const ol: typeof olFull;
}
