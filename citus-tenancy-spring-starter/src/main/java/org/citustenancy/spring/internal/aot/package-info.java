/** Hints for ahead-of-time processing: elements that are accessed by reflection or by name only. */
@NullMarked
package org.citustenancy.spring.internal.aot;

import org.jspecify.annotations.NullMarked;
