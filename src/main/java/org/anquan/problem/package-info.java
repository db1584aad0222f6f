/** Ground floor: the one error type, and the texts that people read, in Chinese and English. */
@NullMarked
package org.anquan.problem;

import org.jspecify.annotations.NullMarked;
