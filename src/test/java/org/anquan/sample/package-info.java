/** Makes the sample district {@code data-samples/lizhou} and checks that the committed files are what it makes. */
@NullMarked
package org.anquan.sample;

import org.jspecify.annotations.NullMarked;
