/** The transfer of a test framework's databases to code that the framework does not call. */
@NullMarked
package org.citustenancy.test.internal.handover;

import org.jspecify.annotations.NullMarked;
