/**
 * Failures that occur only in a Spring application.
 */
@NullMarked
package org.citustenancy.spring.errors;

import org.jspecify.annotations.NullMarked;
