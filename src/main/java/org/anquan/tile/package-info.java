/** Floor 6: vector tiles. */
@NullMarked
package org.anquan.tile;

import org.jspecify.annotations.NullMarked;
