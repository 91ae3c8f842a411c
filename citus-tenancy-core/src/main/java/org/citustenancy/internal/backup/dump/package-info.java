/**
 * Makes backups: the moment that they show, and what is read of it into a directory.
 */
@NullMarked
package org.citustenancy.internal.backup.dump;

import org.jspecify.annotations.NullMarked;
