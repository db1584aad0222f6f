/** Ground floor: the folder that holds everything a running service writes. */
@NullMarked
package org.anquan.home;

import org.jspecify.annotations.NullMarked;
