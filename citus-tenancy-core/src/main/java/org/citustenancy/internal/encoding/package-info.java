/**
 * Encodes text for several packages: percent-encoding and digests. A class belongs here if it converts text and has no
 * other dependency.
 */
@NullMarked
package org.citustenancy.internal.encoding;

import org.jspecify.annotations.NullMarked;
