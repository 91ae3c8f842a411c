/** Digests of preparations, and secrets that each process derives from shared values. */
@NullMarked
package org.citustenancy.test.internal.fingerprint;

import org.jspecify.annotations.NullMarked;
