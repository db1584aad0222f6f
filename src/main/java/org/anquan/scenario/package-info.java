/** Floor 4: what-if, an immutable set of changes to the world. */
@NullMarked
package org.anquan.scenario;

import org.jspecify.annotations.NullMarked;
