/**
 * Combines the failures of several projects into one report. The classes that compare and format such failures belong
 * here.
 */
@NullMarked
package org.citustenancy.internal.failures;

import org.jspecify.annotations.NullMarked;
