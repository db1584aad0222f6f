/** Small worlds in metres for tests. */
@NullMarked
package org.anquan.town;

import org.jspecify.annotations.NullMarked;
