/** How the failures of this library are reported when they stop an application. */
@NullMarked
package org.citustenancy.spring.internal.diagnostics;

import org.jspecify.annotations.NullMarked;
