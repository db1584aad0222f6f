/** Floor 6: OGC API Features and Processes. No rules of its own. */
@NullMarked
package org.anquan.ogcapi;

import org.jspecify.annotations.NullMarked;
