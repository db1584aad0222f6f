/** Floor 5: what is wrong with a layer's data, and what can be mended safely? */
@NullMarked
package org.anquan.doctor;

import org.jspecify.annotations.NullMarked;
