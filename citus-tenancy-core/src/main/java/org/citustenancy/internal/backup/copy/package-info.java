/**
 * Copies of projects on other clusters, or under other names, after which the source may go.
 */
@NullMarked
package org.citustenancy.internal.backup.copy;

import org.jspecify.annotations.NullMarked;
