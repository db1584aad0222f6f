/** Floor 6: files in and out over HTTP: uploads, previews, imports, their reports, exports. No rules of its own. */
@NullMarked
package org.anquan.files;

import org.jspecify.annotations.NullMarked;
