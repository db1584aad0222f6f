/** Floor 5: how long from place to place, and which way: the processes {@code travel-time-matrix} and {@code route}. */
@NullMarked
package org.anquan.travel;

import org.jspecify.annotations.NullMarked;
