/**
 * jOOQ for the library itself, with the classes that it needs to load. An application may have another version of jOOQ, one that its
 * JDK cannot load, or none. Who uses jOOQ beside the library uses {@code org.jooq}.
 */
@NullMarked
package org.citustenancy.internal.shaded;

import org.jspecify.annotations.NullMarked;
