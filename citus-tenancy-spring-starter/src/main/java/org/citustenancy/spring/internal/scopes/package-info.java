/** Objects of Spring that use the scope of the thread. */
@NullMarked
package org.citustenancy.spring.internal.scopes;

import org.jspecify.annotations.NullMarked;
