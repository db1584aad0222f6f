/** Floor 6: what has just changed, told to every open map (server-sent events). */
@NullMarked
package org.anquan.live;

import org.jspecify.annotations.NullMarked;
