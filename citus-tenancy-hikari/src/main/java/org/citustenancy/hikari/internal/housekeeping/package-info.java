/** Threads for work that no borrower waits for. */
@NullMarked
package org.citustenancy.hikari.internal.housekeeping;

import org.jspecify.annotations.NullMarked;
