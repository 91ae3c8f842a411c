/** The options and reports of the service that suspends unused projects. */
@NullMarked
package org.citustenancy.suspending;

import org.jspecify.annotations.NullMarked;
