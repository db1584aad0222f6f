/** Ground floor: places, boxes, metric coordinate systems, GeoJSON. */
@NullMarked
package org.anquan.geo;

import org.jspecify.annotations.NullMarked;
