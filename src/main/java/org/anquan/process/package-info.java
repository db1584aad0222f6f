/** Floor 3: what every question on the API has in common: its description, inputs, progress and provenance. */
@NullMarked
package org.anquan.process;

import org.jspecify.annotations.NullMarked;
