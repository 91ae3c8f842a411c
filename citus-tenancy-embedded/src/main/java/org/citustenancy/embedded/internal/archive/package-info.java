/** PostgreSQL as it is packed into Maven artifacts, and where it is unpacked. Starts nothing. */
@NullMarked
package org.citustenancy.embedded.internal.archive;

import org.jspecify.annotations.NullMarked;
