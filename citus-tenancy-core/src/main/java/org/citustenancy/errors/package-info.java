/** The exceptions of this library: what happened, where, what is done already, and what to do. */
@NullMarked
package org.citustenancy.errors;

import org.jspecify.annotations.NullMarked;
