/**
 * Defines the desired state: what the caller requests, checked and immutable. A class belongs here if it describes a
 * part of a request.
 */
@NullMarked
package org.citustenancy.internal.desired;

import org.jspecify.annotations.NullMarked;
