/**
 * Compares the observed state with the desired state and returns findings. Each class covers one kind of finding. No
 * class in this package changes a node.
 */
@NullMarked
package org.citustenancy.internal.verifying;

import org.jspecify.annotations.NullMarked;
