/** What happens to the projects when the application starts, and afterwards to those that are not available. */
@NullMarked
package org.citustenancy.spring.internal.start;

import org.jspecify.annotations.NullMarked;
