/** Problems that occur while Spring Boot binds the properties: values of another type, and unknown names. */
@NullMarked
package org.citustenancy.spring.internal.binding;

import org.jspecify.annotations.NullMarked;
