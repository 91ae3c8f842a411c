/**
 * Reports the progress of operations to listeners and to the log. A report never disturbs the operation. The classes
 * that create, repeat and send reports belong here.
 */
@NullMarked
package org.citustenancy.internal.progress;

import org.jspecify.annotations.NullMarked;
