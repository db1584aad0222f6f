/** Floor 6: printable map sheets, PDF and PNG. Draws what others worked out; has no rules of its own. */
@NullMarked
package org.anquan.report;

import org.jspecify.annotations.NullMarked;
