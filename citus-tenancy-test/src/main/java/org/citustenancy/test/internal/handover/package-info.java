/** The one place through which a test framework's databases reach those whom it does not call. */
@NullMarked
package org.citustenancy.test.internal.handover;

import org.jspecify.annotations.NullMarked;
