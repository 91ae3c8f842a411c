/**
 * Compares the observed with the desired state: one class per kind of finding. Nothing here changes
 * anything.
 */
@NullMarked
package org.citustenancy.internal.verifying;

import org.jspecify.annotations.NullMarked;
