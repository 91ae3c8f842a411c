/** Digests of what test databases are prepared with, and secrets that follow from what every process knows. */
@NullMarked
package org.citustenancy.test.internal.fingerprint;

import org.jspecify.annotations.NullMarked;
