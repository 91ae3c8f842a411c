/** Ports of this machine. */
@NullMarked
package org.citustenancy.embedded.internal.ports;

import org.jspecify.annotations.NullMarked;
