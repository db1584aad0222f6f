/** Floor 5: where is it dangerous? Risk zoning by recipes, its runs, and the lists that follow from the same data. */
@NullMarked
package org.anquan.risk;

import org.jspecify.annotations.NullMarked;
