/** What servers keep of passwords, so that a password itself need not travel. */
@NullMarked
package org.citustenancy.internal.passwords;

import org.jspecify.annotations.NullMarked;
