/** The progress of long operations, with one kind of listener for all of them. */
@NullMarked
package org.citustenancy.progress;

import org.jspecify.annotations.NullMarked;
