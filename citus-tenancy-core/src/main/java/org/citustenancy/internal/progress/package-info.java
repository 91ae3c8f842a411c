/** Reports of progress to listeners and to the log, which never disturb the operation. */
@NullMarked
package org.citustenancy.internal.progress;

import org.jspecify.annotations.NullMarked;
