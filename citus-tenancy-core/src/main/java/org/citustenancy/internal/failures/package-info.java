/** Failures of several projects in one report. */
@NullMarked
package org.citustenancy.internal.failures;

import org.jspecify.annotations.NullMarked;
