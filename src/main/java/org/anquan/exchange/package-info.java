/** Floor 2: files in and out. */
@NullMarked
package org.anquan.exchange;

import org.jspecify.annotations.NullMarked;
