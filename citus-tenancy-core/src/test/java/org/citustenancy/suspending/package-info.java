/** Suspended projects, and what keeps a project awake. */
@NullMarked
package org.citustenancy.suspending;

import org.jspecify.annotations.NullMarked;
