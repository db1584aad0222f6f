/** Floor 4: the sample district, loaded into an empty home. */
@NullMarked
package org.anquan.sample;

import org.jspecify.annotations.NullMarked;
