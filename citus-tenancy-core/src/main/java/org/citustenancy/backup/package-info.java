/**
 * Backups of projects as callers see them: how to make and restore one, its progress, and its outcome.
 */
@NullMarked
package org.citustenancy.backup;

import org.jspecify.annotations.NullMarked;
