/**
 * What the caller asked for, checked and immutable: the desired state.
 */
@NullMarked
package org.citustenancy.internal.desired;

import org.jspecify.annotations.NullMarked;
