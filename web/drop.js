/**
 * Files may be dropped anywhere on the page.
 *
 * @param {(files: File[]) => void} onFiles
 */
export function createDrop(onFiles) {
    document.addEventListener('dragover', (event) => {
        if (!hasFiles(event)) return;
        event.preventDefault();
        document.body.classList.add('dropping');
    });
    document.addEventListener('dragleave', (event) => { if (event.relatedTarget === null) document.body.classList.remove('dropping'); });
    document.addEventListener('drop', (event) => {
        document.body.classList.remove('dropping');
        if (!hasFiles(event)) return;
        event.preventDefault();
        onFiles([...(event.dataTransfer?.files ?? [])]);
    });
}

/** @param {DragEvent} event */
function hasFiles(event) {
    return event.dataTransfer?.types.includes('Files') ?? false;
}
