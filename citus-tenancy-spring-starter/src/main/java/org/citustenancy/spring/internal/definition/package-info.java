/** The checked properties with their passwords: the desired state, independent of its notation. */
@NullMarked
package org.citustenancy.spring.internal.definition;

import org.jspecify.annotations.NullMarked;
