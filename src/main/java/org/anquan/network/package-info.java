/** Floor 3: road graph, travel times, routes. */
@NullMarked
package org.anquan.network;

import org.jspecify.annotations.NullMarked;
