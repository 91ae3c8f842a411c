/**
 * Finds out whether what the nodes say is what was asked for: one class per kind of finding. Nothing here changes
 * anything.
 */
@NullMarked
package org.citustenancy.internal.verifying;

import org.jspecify.annotations.NullMarked;
