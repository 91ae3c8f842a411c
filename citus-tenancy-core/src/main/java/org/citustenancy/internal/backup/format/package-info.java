/**
 * What a backup looks like: the manifest, its text as JSON, and the statements that make the layout that it says. Nothing
 * here opens a file or a session.
 */
@NullMarked
package org.citustenancy.internal.backup.format;

import org.jspecify.annotations.NullMarked;
