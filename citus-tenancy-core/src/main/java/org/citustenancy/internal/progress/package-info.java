/** Reports of progress to listeners and to the log, which never get in the way of the operation. */
@NullMarked
package org.citustenancy.internal.progress;

import org.jspecify.annotations.NullMarked;
