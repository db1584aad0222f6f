/** Floor 5: where does help reach? */
@NullMarked
package org.anquan.coverage;

import org.jspecify.annotations.NullMarked;
