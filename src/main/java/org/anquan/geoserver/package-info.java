/** Floor 6: publishing layers, styles and a group of them to a GeoServer. */
@NullMarked
package org.anquan.geoserver;

import org.jspecify.annotations.NullMarked;
