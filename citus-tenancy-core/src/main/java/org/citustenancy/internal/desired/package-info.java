/** The desired state: what the caller requests, checked and immutable. */
@NullMarked
package org.citustenancy.internal.desired;

import org.jspecify.annotations.NullMarked;
