/** The workspace in a real browser, on the real service with the sample district. */
@NullMarked
package org.anquan.browser;

import org.jspecify.annotations.NullMarked;
