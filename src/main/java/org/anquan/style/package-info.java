/** Floor 6: SLD styles turned into map styles and legends. */
@NullMarked
package org.anquan.style;

import org.jspecify.annotations.NullMarked;
