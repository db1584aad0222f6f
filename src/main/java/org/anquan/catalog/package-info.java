/** Floor 1: layer definitions, features, edits, history, versions. */
@NullMarked
package org.anquan.catalog;

import org.jspecify.annotations.NullMarked;
