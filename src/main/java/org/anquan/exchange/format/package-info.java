/**
 * File formats: files in, records out, and back. Knows nothing of layers. A {@code RecordSource} says what a file holds
 * and streams its records in source coordinates; a {@code RecordSink} writes records in a coordinate system asked for.
 */
@NamedInterface("format")
@NullMarked
package org.anquan.exchange.format;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.NamedInterface;
