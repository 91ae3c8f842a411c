/**
 * The directory of a backup: which files lie where in it, and when it is whole.
 */
@NullMarked
package org.citustenancy.internal.backup.store;

import org.jspecify.annotations.NullMarked;
