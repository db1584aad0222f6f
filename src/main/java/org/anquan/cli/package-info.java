/** Floor 6: the command line. */
@NullMarked
package org.anquan.cli;

import org.jspecify.annotations.NullMarked;
