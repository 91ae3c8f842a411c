/** Methods of beans that run in the scope of a project. */
@NullMarked
package org.citustenancy.spring.internal.methods;

import org.jspecify.annotations.NullMarked;
