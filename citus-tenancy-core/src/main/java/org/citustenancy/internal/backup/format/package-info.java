/**
 * Defines the format of a backup: the manifest, its text as JSON, and the statements that create the layout in the
 * manifest. No class in this package opens a file or a session.
 */
@NullMarked
package org.citustenancy.internal.backup.format;

import org.jspecify.annotations.NullMarked;
