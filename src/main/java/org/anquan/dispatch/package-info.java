/** Floor 5: who comes first, with the right people and equipment: the process {@code nearest-resources}. */
@NullMarked
package org.anquan.dispatch;

import org.jspecify.annotations.NullMarked;
