/** Floor 2: who lives where. */
@NullMarked
package org.anquan.population;

import org.jspecify.annotations.NullMarked;
