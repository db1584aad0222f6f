/** Ground floor: accounts, roles, who may see and change what. */
@NullMarked
package org.anquan.security;

import org.jspecify.annotations.NullMarked;
