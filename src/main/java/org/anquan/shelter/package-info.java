/** Floor 5: is there room in the shelters, are they fit, who goes where; and the finder for the public. */
@NullMarked
package org.anquan.shelter;

import org.jspecify.annotations.NullMarked;
