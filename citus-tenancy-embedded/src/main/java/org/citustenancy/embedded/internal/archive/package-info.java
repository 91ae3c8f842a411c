/** PostgreSQL from Maven artifacts, and its unpacking. This package starts nothing. */
@NullMarked
package org.citustenancy.embedded.internal.archive;

import org.jspecify.annotations.NullMarked;
