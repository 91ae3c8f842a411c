/** The handling of the projects when the application starts, and the retries of unavailable ones. */
@NullMarked
package org.citustenancy.spring.internal.start;

import org.jspecify.annotations.NullMarked;
