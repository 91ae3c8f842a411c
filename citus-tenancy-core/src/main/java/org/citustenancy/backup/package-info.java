/**
 * Backups of projects as callers see them: how one is made and restored, how far it has come, and what came of it.
 */
@NullMarked
package org.citustenancy.backup;

import org.jspecify.annotations.NullMarked;
