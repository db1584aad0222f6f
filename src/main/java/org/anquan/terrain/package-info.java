/** Floor 2: what the ground is like: heights and land cover, and rasters in and out. */
@NullMarked
package org.anquan.terrain;

import org.jspecify.annotations.NullMarked;
