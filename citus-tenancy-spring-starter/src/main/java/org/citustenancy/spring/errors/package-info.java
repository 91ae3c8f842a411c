/**
 * What goes wrong in a Spring application beyond what goes wrong without it.
 */
@NullMarked
package org.citustenancy.spring.errors;

import org.jspecify.annotations.NullMarked;
