/** Flows of people at least cost: the exact engine of shelter-assignment. Knows numbers only, no shelters. */
@NullMarked
package org.anquan.shelter.flow;

import org.jspecify.annotations.NullMarked;
