/** The finder for the public: the nearest shelter that is open, not full, fit and safely reached; and its state. */
@NullMarked
package org.anquan.shelter.finder;

import org.jspecify.annotations.NullMarked;
