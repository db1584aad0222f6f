/**
 * Counts that wait to be sent. Each is kept on the phone before it is sent and carries a key of its own, so that it is
 * neither lost with the connection nor counted twice when it is sent again.
 *
 * @typedef {{shelter: string, in?: number, out?: number, total?: number, key: string, at: string}} Waiting
 */

const PLACE = 'shelter-counts';

/** @returns {Waiting[]} */
export function waiting() {
    try {
        return JSON.parse(localStorage.getItem(PLACE) ?? '[]');
    } catch {
        return [];
    }
}

/** @param {Waiting[]} all */
function keep(all) {
    localStorage.setItem(PLACE, JSON.stringify(all));
}

/** @param {Omit<Waiting, 'key' | 'at'>} count */
export function add(count) {
    keep([...waiting(), { ...count, key: key(), at: new Date().toISOString() }]);
}

/** @param {string} sent its key */
export function remove(sent) {
    keep(waiting().filter((one) => one.key !== sent));
}

/** Random, also where the page came over plain HTTP and `randomUUID` is missing. */
function key() {
    const bytes = crypto.getRandomValues(new Uint8Array(16));
    return [...bytes].map((one) => one.toString(16).padStart(2, '0')).join('');
}
