/**
 * Writes manifests as JSON and reads them again.
 */
@NullMarked
package org.citustenancy.internal.backup.manifest;

import org.jspecify.annotations.NullMarked;
