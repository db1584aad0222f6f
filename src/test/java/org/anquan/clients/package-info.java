/** Programs of others as clients of the running service with the sample district. */
@NullMarked
package org.anquan.clients;

import org.jspecify.annotations.NullMarked;
