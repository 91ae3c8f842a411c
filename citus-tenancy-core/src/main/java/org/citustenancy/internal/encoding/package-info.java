/** Encodings of text that several packages need: percent-encoding and digests. */
@NullMarked
package org.citustenancy.internal.encoding;

import org.jspecify.annotations.NullMarked;
