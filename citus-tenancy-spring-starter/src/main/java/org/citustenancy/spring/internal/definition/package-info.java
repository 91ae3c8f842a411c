/** The properties, checked, with their passwords: what is to be, independent of how it was written. */
@NullMarked
package org.citustenancy.spring.internal.definition;

import org.jspecify.annotations.NullMarked;
