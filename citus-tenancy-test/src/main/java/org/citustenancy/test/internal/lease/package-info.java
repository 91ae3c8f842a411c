/** Detection of dead processes and removal of their databases. */
@NullMarked
package org.citustenancy.test.internal.lease;

import org.jspecify.annotations.NullMarked;
