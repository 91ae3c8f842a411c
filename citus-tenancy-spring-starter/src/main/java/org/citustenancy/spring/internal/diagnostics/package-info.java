/** The reports of this library's failures that stop an application. */
@NullMarked
package org.citustenancy.spring.internal.diagnostics;

import org.jspecify.annotations.NullMarked;
